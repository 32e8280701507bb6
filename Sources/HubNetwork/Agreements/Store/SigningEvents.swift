internal import Civil
internal import House
internal import Identity
internal import Store

/// What lets people sign from their phones at an event, on the days the hub chose.
struct SigningEvent: Sendable {
    let id: String
    let agreementID: String
    let title: String
    let first: Day
    let last: Day
    let isClosed: Bool
    /// The code under the installation's key; nil once it is cleared away.
    let sealedCode: String?

    init?(_ row: Row) {
        guard let first = row.day("first_day"), let last = row.day("last_day") else { return nil }
        id = row.text("id")
        agreementID = row.text("agreement_id")
        title = row.text("title")
        self.first = first
        self.last = last
        isClosed = row.textOrNil("closed_at") != nil
        sealedCode = row.textOrNil("code_sealed")
    }

    func state(on today: Day) -> EventCode.State { EventCode.state(first: first, last: last, isClosed: isClosed, on: today) }

    var days: String { first == last ? first.medium : "\(first.medium) to \(last.medium)" }

    /// The code to print again; nil where it is gone or was sealed under another key.
    func code(_ secrets: SecretBox) -> String? {
        guard let sealedCode, let bytes = try? secrets.open(sealedCode) else { return nil }
        return EventCode.read(String(decoding: bytes, as: UTF8.self))
    }
}

enum SigningEvents {
    static func of(_ agreement: Agreement, _ session: any Session) throws -> [SigningEvent] {
        try session.all("select * from signing_event where agreement_id = \(agreement.id) order by first_day desc, id desc")
            .compactMap(SigningEvent.init)
    }

    static func with(id: String, _ session: any Session) throws -> SigningEvent {
        guard let found = try session.first("select * from signing_event where id = \(id)").flatMap(SigningEvent.init) else {
            throw Refusal.notFound("There is no event code at this address.")
        }
        return found
    }

    /// The event whose code this is.
    static func with(code: String, _ session: any Session) throws -> SigningEvent? {
        try session.first("select * from signing_event where code_hash = \(EventCode.hash(code, for: "pledge"))").flatMap(SigningEvent.init)
    }

    static func open(
        _ title: String, days: ClosedRange<Day>, code: String, _ agreement: Agreement, _ secrets: SecretBox, _ tools: Tools,
        _ session: any Session
    ) throws -> String {
        let id = tools.ids.next()
        try session.run(
            """
            insert into signing_event (id, agreement_id, title, first_day, last_day, code_hash, code_sealed, created_at, by_whom)
            values (\(id), \(agreement.id), \(title), \(days.lowerBound), \(days.upperBound), \(EventCode.hash(code, for: "pledge")),
                \(try secrets.seal(Array(code.utf8))), \(tools.clock.now), \(tools.asker.auditName))
            """)
        try Audit.log(
            session, tools, action: "network.signing-event.made", subject: "agreement:\(agreement.id)",
            after: "\(title), \(days.lowerBound.iso) to \(days.upperBound.iso)", hub: agreement.hubID)
        return id
    }

    static func set(isClosed: Bool, _ event: SigningEvent, _ tools: Tools, _ session: any Session) throws {
        let closed = isClosed ? tools.clock.now : nil
        try session.run("update signing_event set closed_at = \(closed) where id = \(event.id)")
        try Audit.log(
            session, tools, action: isClosed ? "network.signing-event.closed" : "network.signing-event.reopened",
            subject: "agreement:\(event.agreementID)", after: event.title)
    }
}
