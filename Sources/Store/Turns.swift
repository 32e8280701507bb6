/// A number of things of which each has one user at a time. Who finds none free waits in line without holding a thread.
final class Turns<Thing: Sendable>: Sendable {
    private struct State {
        var free: [Thing]
        var waiting: [CheckedContinuation<Thing, any Error>] = []
        var isClosed = false

        /// The thing used last, which is the likeliest to be ready.
        mutating func takeFree() throws(StoreError) -> Thing? {
            if isClosed { throw .unavailable("the database is closed") }
            return free.popLast()
        }
    }

    private let state: Guarded<State>

    init(_ things: [Thing]) { state = Guarded(State(free: things)) }

    /// Runs the work with one of the things. Throws `StoreError.unavailable` once closed.
    func with<T>(_ work: (Thing) throws -> T) async throws -> T {
        let thing = try await take()
        defer { give(back: thing) }
        return try work(thing)
    }

    private func take() async throws -> Thing {
        if let free = try state.withLock({ state throws(StoreError) in try state.takeFree() }) { return free }
        return try await withCheckedThrowingContinuation { continuation in
            let outcome: Result<Thing, any Error>? = state.withLock { state in
                do throws(StoreError) {
                    if let free = try state.takeFree() { return .success(free) }
                } catch { return .failure(error) }
                state.waiting.append(continuation)
                return nil
            }
            if let outcome { continuation.resume(with: outcome) }
        }
    }

    private func give(back thing: Thing) {
        let next = state.withLock { state -> CheckedContinuation<Thing, any Error>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.free.append(thing)
            return nil
        }
        next?.resume(returning: thing)
    }

    /// Nobody gets a thing any more; those in line are told so. The things that are free are handed over.
    func close() -> [Thing] {
        let (free, waiting) = state.withLock { state in
            state.isClosed = true
            defer {
                state.free = []
                state.waiting = []
            }
            return (state.free, state.waiting)
        }
        for waiter in waiting { waiter.resume(throwing: StoreError.unavailable("the database is closed")) }
        return free
    }
}
