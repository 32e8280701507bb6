internal import Foundation

/// Threads whose work may wait for a disk or a database server. Swift's own are as few as the machine has cores, and must never wait.
///
/// A task that runs here stays on one thread from one real pause to the next: a page asks the database and is drawn without being
/// handed from thread to thread in between, which cost as much as the asking did.
public final class WaitingThreads: TaskExecutor, @unchecked Sendable {
    /// Two more than the connections of a database that read at once, so that somebody answers while all of those wait.
    public static let shared = WaitingThreads(count: WaitingThreads.reading + 2)
    /// How much goes on in one database at a time, at most.
    static let reading = 8

    // All of it is touched with the condition locked.
    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []
    private var next = 0
    private var idle = 0

    private init(count: Int) {
        for number in 1...count {
            let thread = Thread { [unowned self] in work() }
            thread.name = "waiting-\(number)"
            thread.start()
        }
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.lock()
        jobs.append(job)
        let wakes = idle > 0
        condition.unlock()
        if wakes { condition.signal() }
    }

    /// Never returns: the threads live as long as the program.
    private func work() {
        while true {
            let job = take()
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    /// The job that came first, waiting until there is one.
    private func take() -> UnownedJob {
        condition.lock()
        defer { condition.unlock() }
        while next == jobs.count {
            idle += 1
            condition.wait()
            idle -= 1
        }
        let job = jobs[next]
        next += 1
        if next == jobs.count {
            jobs.removeAll(keepingCapacity: true)
            next = 0
        } else if next > 1_000 {
            jobs.removeFirst(next)
            next = 0
        }
        return job
    }
}
