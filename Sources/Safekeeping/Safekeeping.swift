public import Civil
public import Store

/// The front door: one picture of the whole database out, and back in.
public struct Safekeeping: Sendable {
    /// The version of this program, for the files' heads.
    let program: String
    /// The steps this program knows, in their order.
    let migrations: [Migration]
    let clock: Clock
    let secrets: Secrets
    let progress: KeepingProgress
    /// What must happen to a picture that was brought back, in the same transaction: what was waiting to leave must not leave again.
    let settle: @Sendable (any Session) throws -> Void

    public init(
        program: String, migrations: [Migration], clock: Clock, secrets: Secrets = .standard, progress: KeepingProgress = .silent,
        settle: @escaping @Sendable (any Session) throws -> Void = { _ in }
    ) {
        self.program = program
        self.migrations = migrations
        self.clock = clock
        self.secrets = secrets
        self.progress = progress
        self.settle = settle
    }

    /// What was written or brought back.
    public struct Outcome: Sendable, Equatable {
        public let tables: Int
        public let rows: Int
        /// Bytes on disk; 0 for what was brought back.
        public let bytes: Int
        /// What the person should know besides, a sentence each.
        public let remarks: [String]
    }
}
