internal import Civil
internal import Store

extension Postman {
    /// Takes one letter, sends it, writes down how it went. Nil when none is due; true when the mail server is away.
    func deliverNext(by route: MailRoute) async throws -> Bool? {
        let (clock, name, domain) = (clock, name, route.from.domain)
        let claimed = try await write {
            try Outbox.claim(by: name, domain: domain, for: Postman.claimSeconds, in: $0, clock: clock)
        }
        guard let letter = claimed else { return nil }
        let report = await send(letter, by: route)
        let state = try await write(tries: 60) { try Outbox.mark(letter, report.delivery, in: $0, clock: clock) }
        self.report(MailEvent(letter, report.delivery, state))
        return report.isServerAway
    }

    private func send(_ letter: ClaimedLetter, by route: MailRoute) async -> SendReport {
        guard let message = Message(letter, from: route.from, at: clock.now) else {
            return SendReport(.refused("This is not an address we can send to.", bounced: true))
        }
        return await route.sender.send(message)
    }

    /// Writes, and again when the database is busy or away. How a sending went is worth a minute of trying: else it would be
    /// in doubt.
    func write<T: Sendable>(tries: Int = 5, _ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        var left = tries
        while true {
            do {
                return try await database.write(work)
            } catch let error as StoreError {
                left -= 1
                guard left > 0, error.mayPass else { throw error }
                try await wait(.seconds(1))
            }
        }
    }
}

extension StoreError {
    /// Whether the same write may succeed a little later.
    fileprivate var mayPass: Bool {
        switch self {
        case .busy, .unavailable, .inDoubt, .full: true
        case .badAddress, .unguarded, .refused, .migrationChanged, .faulty: false
        }
    }
}
