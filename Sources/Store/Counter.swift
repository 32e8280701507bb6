/// Counts 1, 2, 3, … from any thread.
final class Counter: Sendable {
    private let value = Locked<UInt64>(0)

    /// How far it has counted.
    var count: UInt64 { value.withLock { $0 } }

    @discardableResult func next() -> UInt64 {
        value.withLock {
            $0 += 1
            return $0
        }
    }
}
