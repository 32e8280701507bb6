internal import Civil
internal import Files
internal import House

/// The trail as a spreadsheet: the codes for programs, and the words for people.
struct TrailSheet {
    let hubs: [PlaceBook.Entry]

    /// Entries read at a time: their names are found together.
    static let piece = 1_000

    private static let columns = [
        "at", "who", "action", "subject", "before", "after", "when", "person", "what", "record", "was", "is", "hub",
    ]

    /// `next` gives the entries after the one given, oldest first, with who can read them; none at the end.
    func bytes(_ next: (TrailEntry?) throws -> ([TrailEntry], TrailReader)) throws -> [UInt8] {
        let names = Dictionary(hubs.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var writer = CSVWriter(byteOrderMark: true)
        writer.write(TrailSheet.columns.map { .text($0) })
        var last: TrailEntry?
        while true {
            let (entries, reader) = try next(last)
            for entry in entries {
                let (was, now) = reader.values(entry)
                let cells: [String] = [
                    entry.moment, entry.who, entry.action, entry.subject, entry.before ?? "", entry.after ?? "", entry.at?.shown ?? "",
                    reader.name(ofWho: entry.who), reader.words.words(entry.action), reader.name(of: entry.subject) ?? "", was ?? "",
                    now ?? "",
                    entry.hubID.map { names[$0] ?? $0 } ?? "",
                ]
                writer.write(cells.map { .text($0) })
            }
            last = entries.last
            if entries.count < TrailSheet.piece { return writer.bytes }
        }
    }
}
