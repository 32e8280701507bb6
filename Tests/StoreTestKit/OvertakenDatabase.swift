public import Store
internal import Synchronization

/// A database of somebody who is overtaken: after their first reading, and before they see what it found, something else happens.
public final class OvertakenDatabase: Database {
    private let whole: any Database
    private let happens: @Sendable () async throws -> Void
    private let isOver = Mutex(false)

    public init(_ whole: any Database, by happens: @escaping @Sendable () async throws -> Void) {
        self.whole = whole
        self.happens = happens
    }

    public var engine: Engine { whole.engine }
    public var identity: ObjectIdentifier { whole.identity }
    public var writes: UInt64 { whole.writes }

    public func read<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        let found = try await whole.read(work)
        let isFirst = isOver.withLock { isOver in
            defer { isOver = true }
            return !isOver
        }
        if isFirst { try await happens() }
        return found
    }

    public func write<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await whole.write(work)
    }

    public func close() async {}
}
