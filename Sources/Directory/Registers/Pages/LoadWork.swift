internal import House
internal import Store

/// The loads this copy of the program is working on just now: how far each has come, and whether somebody wants it stopped.
///
/// Only what is shown lives here. What counts is in the database: after a restart a load that was being worked on waits there.
final class LoadWork: Sendable {
    /// One load of one database: tests, and some day a copy that serves several hubs, have many.
    struct Key: Hashable, Sendable {
        private let database: ObjectIdentifier
        private let load: String

        init(_ database: any Database, _ load: String) {
            self.database = database.identity
            self.load = load
        }
    }

    struct Progress: Sendable, Equatable {
        let isApplying: Bool
        var stage = "Getting ready"
        /// From 0 to 1.
        var fraction = 0.0
        var isStopping = false
    }

    static let shared = LoadWork()

    private let jobs = Locked<[Key: Progress]>([:])
    private let tasks = Locked<[Key: Task<Void, Never>]>([:])

    /// False when it is being worked on already.
    func begin(_ key: Key, isApplying: Bool) -> Bool {
        jobs.withLock { jobs in
            guard jobs[key] == nil else { return false }
            jobs[key] = Progress(isApplying: isApplying)
            return true
        }
    }

    /// Keeps the task, so that it can be waited for. It ends itself.
    func hold(_ task: Task<Void, Never>, _ key: Key) {
        tasks.withLock { $0[key] = task }
        // It may have come to its end before it was held.
        if progress(key) == nil { tasks.withLock { $0[key] = nil } }
    }

    func end(_ key: Key) {
        jobs.withLock { $0[key] = nil }
        tasks.withLock { $0[key] = nil }
    }

    func progress(_ key: Key) -> Progress? { jobs.withLock { $0[key] } }

    /// Keeps how far it has come; throws `LoadStopped` when somebody wants it stopped.
    func tell(_ key: Key, _ stage: String, _ fraction: Double) throws {
        let isStopping = jobs.withLock { jobs in
            jobs[key]?.stage = stage
            jobs[key]?.fraction = fraction
            return jobs[key]?.isStopping ?? false
        }
        if isStopping { throw LoadStopped() }
    }

    /// False when nothing is going on that could be stopped.
    @discardableResult
    func stop(_ key: Key) -> Bool {
        jobs.withLock { jobs in
            jobs[key]?.isStopping = true
            return jobs[key] != nil
        }
    }

    /// Waits until it is done.
    func wait(_ key: Key) async { await tasks.withLock { $0[key] }?.value }
}
