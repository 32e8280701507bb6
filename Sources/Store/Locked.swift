internal import Foundation

/// A value that one thread at a time touches.
///
/// In place of `Synchronization.Mutex`, which goes wrong in async functions of a release build with Swift's libraries in it (6.3, Linux): the
/// compiler keeps the place of the thread's own number over an `await`, takes the lock in the name of a thread that it has left, and
/// the program stops when it lets go. This lock asks for no number.
public final class Locked<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    // Only ever touched with the lock held, which the compiler cannot see: hence unchecked.
    private var value: Value

    public init(_ value: Value) { self.value = value }

    /// Reads or changes the value while nobody else does. The closure must not come back here.
    public func withLock<Result: Sendable, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result) throws(Failure) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
