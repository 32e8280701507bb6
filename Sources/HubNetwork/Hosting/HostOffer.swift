internal import Civil
internal import House
internal import Store

/// What a setting says of hosting meetings.
struct HostOffer: Sendable, Equatable {
    var isWilling: Bool
    /// How many people it has room for.
    var holds: Int
    var isStepFree: Bool
    /// Said by its own people, or told by them to the team.
    var isOwnWord: Bool
    /// Days on which it cannot.
    var away: [ClosedRange<Day>] = []
    var version = 0

    static func of(_ settings: [String], _ session: any Session) throws -> [String: HostOffer] {
        var offers: [String: HostOffer] = [:]
        try session.each("select * from host_offer where setting_id in \(list: settings)") { row in
            offers[row.text("setting_id")] = HostOffer(
                isWilling: row.bool("is_willing"), holds: row.int("holds"), isStepFree: row.bool("is_step_free"),
                isOwnWord: row.bool("is_own_word"), version: row.int("version"))
        }
        try session.each("select * from host_away where setting_id in \(list: settings) order by first_day") { row in
            guard let first = row.day("first_day"), let last = row.day("last_day") else { return }
            offers[row.text("setting_id")]?.away.append(first...last)
        }
        return offers
    }

    /// Writes it in place of what was said before, if that is still what was shown.
    static func say(_ offer: HostOffer, of setting: String, version: Int, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.host.\(setting)")
        let before = try of([setting], session)[setting]
        guard before?.version ?? 0 == version else { throw ChangedMeanwhile() }
        try session.run("delete from host_away where setting_id = \(setting)")
        try session.run(
            """
            insert into host_offer (setting_id, is_willing, holds, is_step_free, is_own_word, said_at, version)
            values (\(setting), \(offer.isWilling), \(offer.holds), \(offer.isStepFree), \(offer.isOwnWord), \(tools.clock.now), \(version + 1))
            on conflict (setting_id) do update set is_willing = excluded.is_willing, holds = excluded.holds,
                is_step_free = excluded.is_step_free, is_own_word = excluded.is_own_word, said_at = excluded.said_at, version = excluded.version
            """)
        for range in offer.away {
            try session.run(
                """
                insert into host_away (setting_id, first_day, last_day) values (\(setting), \(range.lowerBound), \(range.upperBound))
                on conflict (setting_id, first_day) do nothing
                """)
        }
        try Audit.log(
            session, tools, action: "network.host.offered", subject: "setting:\(setting)", before: before?.words, after: offer.words)
    }

    /// In a few words: "room for 20, step-free".
    var words: String {
        guard isWilling else { return "does not host" }
        return "room for \(holds)\(isStepFree ? ", step-free" : "")\(away.isEmpty ? "" : ", not \(awayLines.joined(separator: ", not "))")"
    }

    /// Each stretch away as it is typed: "3 March 2027" or "3 March 2027 to 9 March 2027".
    var awayLines: [String] {
        away.map { $0.lowerBound == $0.upperBound ? $0.lowerBound.medium : "\($0.lowerBound.medium) to \($0.upperBound.medium)" }
    }

    /// Reads days away, one stretch a line. Nil for what cannot be read.
    static func away(from text: String) -> [ClosedRange<Day>]? {
        var found: [ClosedRange<Day>] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let ends = line.lowercased().replacing(" until ", with: " to ").split(separator: " to ").map { part in
                Day(written: part.drop { $0 == " " })
            }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last else { return nil }
            found.append(first...last)
        }
        return found
    }
}
