public import Civil
public import Store

/// Takes letters that are due, sends them and writes down how it went. Several may run on one database, in one process or many.
///
/// Without a route letters are kept, to be read on the page that shows mail.
public struct Postman: Sendable {
    let database: any Database
    let route: MailRoute?
    let clock: Clock
    let name: String
    let wait: @Sendable (Duration) async throws -> Void
    let report: @Sendable (MailEvent) -> Void

    /// How long a claim holds, in seconds: longer than any attempt takes, with the time to write down how it went.
    static let claimSeconds = 600
    /// Between two looks into the box; after the mail server was away; after the database was.
    static let pause = Duration.seconds(2)
    static let pauseForServer = Duration.seconds(60)
    static let pauseForStore = Duration.seconds(15)

    /// - Parameters:
    ///   - name: different for each postman on a database, such as a fresh id.
    ///   - wait: waits, and throws when the task is cancelled.
    ///   - report: told what happened, for the log and the figures; never an address or a text.
    public init(
        database: any Database, route: MailRoute?, clock: Clock, name: String,
        wait: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        report: @escaping @Sendable (MailEvent) -> Void = { _ in }
    ) {
        self.database = database
        self.route = route
        self.clock = clock
        self.name = name
        self.wait = wait
        self.report = report
    }

    /// Goes round until the task is cancelled. A letter that is being sent at that moment is finished first.
    public func run() async {
        while !Task.isCancelled {
            var pause = Postman.pause
            do {
                if try await round() == .serverAway { pause = Postman.pauseForServer }
            } catch is CancellationError {
                return
            } catch {
                report(.storeTrouble((error as? StoreError)?.detail ?? "\(type(of: error))"))
                pause = Postman.pauseForStore
            }
            do { try await wait(pause) } catch { return }
        }
    }

    /// What one round found at its end.
    public enum Round: Sendable, Equatable {
        /// Nothing is due any more.
        case done
        /// The mail server cannot be used just now; the rest waits.
        case serverAway
    }

    /// One round: settles what was left behind, then sends everything that is due. Throws what the database throws.
    public func round() async throws -> Round {
        let clock = clock
        guard try await database.read({ try Outbox.hasWork(in: $0, now: clock.now) }) else { return .done }
        let settled = try await write { try Outbox.sweep(in: $0, clock: clock) }
        if settled > 0 { report(.settled(settled)) }
        guard let route else {
            let kept = try await write { try Outbox.keepDue(in: $0, clock: clock) }
            if kept > 0 { report(.kept(kept)) }
            return .done
        }
        while !Task.isCancelled {
            // A task of its own, so that stopping does not come between sending a letter and writing it down.
            let step = try await Task { try await deliverNext(by: route) }.value
            switch step {
            case nil: return .done
            case true?: return .serverAway
            case false?: continue
            }
        }
        return .done
    }
}
