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

    public init(
        program: String, migrations: [Migration], clock: Clock, secrets: Secrets = .standard, progress: KeepingProgress = .silent
    ) {
        self.program = program
        self.migrations = migrations
        self.clock = clock
        self.secrets = secrets
        self.progress = progress
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
