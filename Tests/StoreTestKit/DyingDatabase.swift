public import Store
internal import Synchronization

/// A database that dies once, at the end of a chosen writing transaction: what it wrote is not kept, as when the program is killed
/// just before.
public final class DyingDatabase: Database {
    public struct Died: Error {}

    private let whole: any Database
    private let left: Mutex<Int>

    /// `writes` transactions are kept before it dies.
    public init(_ whole: any Database, after writes: Int) {
        self.whole = whole
        left = Mutex(writes)
    }

    public var engine: Engine { whole.engine }
    public var identity: ObjectIdentifier { whole.identity }
    public var writes: UInt64 { whole.writes }

    public func read<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await whole.read(work)
    }

    public func write<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        let dies = left.withLock { left in
            left -= 1
            return left < 0
        }
        return try await whole.write { session in
            let result = try work(session)
            if dies { throw Died() }
            return result
        }
    }

    public func close() async {}
}
