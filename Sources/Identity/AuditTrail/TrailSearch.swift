internal import Civil
internal import House
internal import Page
internal import Store

/// What of the trail is asked for, as it stands in the address.
struct TrailSearch: Sendable {
    /// Whoever did it, as the trail calls them: `person:ID`, `command-line`.
    let by: String
    /// Whoever did it, as somebody typed it: a name or an address.
    let who: String
    /// One record, as the trail calls it.
    let subject: String
    /// All records of one kind.
    let kind: String
    /// Words of what was done: "role", "telephone".
    let said: String
    let from: Day?
    let to: Day?
    /// One hub of several, by its id; empty for all one may see.
    let hub: String
    let page: Int
    /// Days that cannot be read, and as they were typed.
    let errors: FieldErrors
    let typed: [String: String]

    /// Entries on one page.
    static let size = 50
    /// Pages go no further back than this; days do.
    static let most = 10_000
    /// Looked through hub by hub up to so many.
    private static let mostParts = 100

    init(_ query: FormData) {
        func text(_ name: String, _ most: Int = 100) -> String {
            String((query[name] ?? "").prefix(most)).split(separator: " ").joined(separator: " ")
        }
        let person = text("who")
        by = person.hasPrefix("person:") ? person : text("by")
        who = person.hasPrefix("person:") ? "" : person
        subject = text("subject", 200)
        kind = text("kind")
        said = text("q")
        let one = Day(iso: query["day"] ?? "")
        var reader = FormReader(query)
        func day(_ name: String) -> Day? {
            reader.optionalDate(name).flatMap { Day(year: $0.year, month: $0.month, day: $0.day) }
        }
        from = day("from") ?? one
        to = day("to") ?? one
        errors = reader.errors
        typed = ["from": text("from"), "to": text("to")]
        hub = text("hub")
        page = max(1, min(Self.most / Self.size, query["page"].flatMap { Int($0) } ?? 1))
    }

    var query: [(String, String)] {
        [
            ("by", by), ("who", who), ("subject", subject), ("kind", kind), ("q", said), ("from", from?.iso ?? ""), ("to", to?.iso ?? ""),
            ("hub", hub),
        ].filter { !$0.1.isEmpty }
    }

    var isNarrow: Bool { !query.isEmpty }

    /// The entries asked for, of those the asker may see: where one looks hub by hub, a part for each, which no entry is in twice.
    func parts(for asker: Asker, _ words: TrailWords, _ session: any Session) throws -> TrailParts {
        let asked = try asked(words, session)
        guard !asker.isAdministrator else { return TrailParts([hub.isEmpty ? asked : "hub_id = \(hub) and \(asked)"]) }
        let hubs = TrailSearch.ledHubs(asker).filter { hub.isEmpty || $0 == hub }
        if hubs.isEmpty { return TrailParts(["1 = 0"]) }
        // What one person did, or what became of one record, is little: found by that, whatever the hub.
        if !by.isEmpty || !who.isEmpty || !subject.isEmpty { return TrailParts(["hub_id || '' in \(list: hubs) and \(asked)"]) }
        return hubs.count > TrailSearch.mostParts
            ? TrailParts(["hub_id in \(list: hubs) and \(asked)"]) : TrailParts(hubs.map { "hub_id = \($0) and \(asked)" })
    }

    private func asked(_ words: TrailWords, _ session: any Session) throws -> SQL {
        var parts: [SQL] = ["1 = 1"]
        if !by.isEmpty { parts.append("who = \(by)") }
        if !who.isEmpty { parts.append(TrailSearch.oneOf("who", try people(session))) }
        if !subject.isEmpty { parts.append("subject = \(subject)") }
        if !kind.isEmpty { parts.append("substr(subject, 1, \(kind.count + 1)) = \(kind + ":")") }
        if !said.isEmpty { parts.append(TrailSearch.oneOf("action", words.codes(saying: said))) }
        if let from { parts.append("at >= \(Instant.inLondon(from, hour: 0))") }
        if let to { parts.append("at < \(Instant.inLondon(to.adding(days: 1), hour: 0))") }
        return .join(parts, separator: " and ")
    }

    /// The people of this name or address, as the trail calls them.
    private func people(_ session: any Session) throws -> [String] {
        if who.contains("@") { return try People.with(email: who, session).map { ["person:\($0.id)"] } ?? [] }
        let like = "%\(who.lowercased())%"
        return try session.all("select id from person where forgotten_at is null and lower(name) like \(like) order by id limit 100")
            .map { "person:\($0.text("id"))" }
    }

    private static func oneOf(_ column: SQL, _ values: [String]) -> SQL {
        values.isEmpty ? "1 = 0" : values.count == 1 ? "\(column) = \(values[0])" : "\(column) in \(list: values)"
    }

    /// Administrators see all; hub leads what was done in their hubs. What is of no hub, such as signing in, is the administrators'.
    static func visible(to asker: Asker) -> SQL { asker.isAdministrator ? "1 = 1" : oneOf("hub_id", ledHubs(asker)) }

    static func ledHubs(_ asker: Asker) -> [String] {
        Set(asker.hats.filter { Deed.seeAudit.reaches[$0.role] == .ownHub }.compactMap(\.hubID)).sorted()
    }
}
