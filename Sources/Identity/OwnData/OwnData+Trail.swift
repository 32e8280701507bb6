internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// What one did and what was done about one, newest first, as the trail says it. Whatever the reader has no page of is told by its kind:
    /// they may have known its name once, by a role they have no more.
    func ownTrail(_ rows: [Row], _ asker: Asker) async throws -> Table {
        let entries = rows.map(TrailEntry.init)
        let (words, book, me, fixed) = (tools.trailWords, book, asker.auditName, fixedRecords)
        let reader = try await tools.database.read { session in
            try TrailReader(entries, words, fixed: fixed, hubs: try book.hubs(session), for: asker, session)
        }
        return Table(
            "What you did here, and what was done about you",
            columns: ["When", "Who", "What", "Record", "Change"].map { Table.Column($0) },
            rows: entries.reversed().map { entry in
                let record: HTML =
                    entry.subject == me
                    ? "You"
                    : reader.page(of: entry.subject) == nil ? "\(reader.kind(of: entry.subject) ?? "")" : reader.record(entry.subject)
                return Table.Row([
                    "\(entry.at?.shown ?? entry.moment)", entry.who == me ? "You" : "Somebody else", "\(words.words(entry.action))", record,
                    reader.change(entry),
                ])
            })
    }
}
