internal import Foundation
internal import Store

/// What the reading of a register's file hands on, in the order of the file.
enum ReadItem: Sendable {
    case header([String])
    case note(Int, String)
    /// A row that cannot be taken: its line, why, and the row as it stood.
    case rejected(Int, String, [String])
    case record(RegisterRecord)
}

/// Reads on a thread of its own, some thousand items ahead at most, while the caller works on what was read before.
enum ReadAhead {
    private static let batch = 256
    /// Enough to read on while the caller writes what it gathered (`RegistrationLoad`).
    private static let batches = 64

    /// `produce` runs on the other thread and puts items; `take` gets them here, in order. An error on either side ends both and
    /// is thrown.
    static func run<Item: Sendable>(
        _ produce: @escaping @Sendable (_ put: (Item) throws -> Void) throws -> Void, _ take: (Item) throws -> Void
    ) throws {
        let pipe = Pipe<Item>(limit: batches)
        let thread = Thread {
            var waiting: [Item] = []
            do {
                try produce { item in
                    waiting.append(item)
                    if waiting.count >= batch {
                        try pipe.put(waiting)
                        waiting.removeAll(keepingCapacity: true)
                    }
                }
                try pipe.put(waiting)
                pipe.end(nil)
            } catch {
                pipe.end(error)
            }
        }
        thread.stackSize = 4 << 20
        thread.start()
        // The reader is let go, and waited for, however this ends: nothing of it outlives the load.
        defer { pipe.abandon() }
        while let items = try pipe.next() {
            for item in items { try take(item) }
        }
    }
}

/// A short queue between two threads: one puts, one takes.
private final class Pipe<Item: Sendable>: Sendable {
    private struct State {
        var queue: [[Item]] = []
        var isEnded = false
        var isAbandoned = false
        var failure: (any Error)?
    }

    private let state = Locked(State())
    // Made empty and filled: a semaphore may not be let go below the value it was made with.
    private let room = DispatchSemaphore(value: 0)
    private let news = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    init(limit: Int) {
        for _ in 0..<limit { room.signal() }
    }

    func put(_ items: [Item]) throws {
        room.wait()
        let isAbandoned = state.withLock { state in
            state.queue.append(items)
            return state.isAbandoned
        }
        if isAbandoned { throw LoadStopped() }
        news.signal()
    }

    func end(_ error: (any Error)?) {
        state.withLock { state in
            state.isEnded = true
            state.failure = error
        }
        news.signal()
        ended.signal()
    }

    /// The next items, in the order they were put; nil when all are taken. Throws what ended the reading.
    func next() throws -> [Item]? {
        news.wait()
        let (items, failure) = state.withLock { state in
            (state.queue.isEmpty ? nil : state.queue.removeFirst(), state.failure)
        }
        if let items {
            room.signal()
            return items
        }
        if let failure { throw failure }
        return nil
    }

    /// Tells the reader to stop and waits until it has.
    func abandon() {
        state.withLock { $0.isAbandoned = true }
        room.signal()
        ended.wait()
    }
}
