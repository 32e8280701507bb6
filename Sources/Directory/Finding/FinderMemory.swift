/// What searches have read from the database, so that the next of them need not: the directory's version for a quarter of a
/// second, and where postcodes lie for as long as the version stays (a load of postcodes moves it on).
struct FinderMemory: Sendable {
    private static let span = Duration.milliseconds(250)
    private static let most = 10_000

    private var version: Int?
    private var writes: UInt64 = 0
    private var readAt: ContinuousClock.Instant?
    private var places: [String: FinderScope] = [:]

    /// The version, unless it was read too long ago or this process has written since.
    func version(writes: UInt64, now: ContinuousClock.Instant) -> Int? {
        guard let readAt, self.writes == writes, now - readAt < FinderMemory.span else { return nil }
        return version
    }

    /// What was found near this place under that version.
    func scope(near: String, version: Int) -> FinderScope? {
        if near.isEmpty { return FinderScope() }
        return self.version == version ? places[near] : nil
    }

    /// Keeps what was read. `writes` and `now` are those of the moment before the reading.
    mutating func keep(_ scope: FinderScope?, near: String, version: Int, writes: UInt64, now: ContinuousClock.Instant) {
        // A slow reading that began before another's must not take the memory back in time.
        if let known = self.version, known > version { return }
        if self.version != version || places.count >= FinderMemory.most { places.removeAll() }
        self.version = version
        self.writes = writes
        readAt = now
        if let scope { places[near] = scope }
    }
}
