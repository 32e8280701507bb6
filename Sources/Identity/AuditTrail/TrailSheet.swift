internal import Civil
internal import Files
internal import House

/// The trail as a spreadsheet: the codes for programs, and the words for people. Written piece by piece: it may be longer than memory is
/// wide.
struct TrailSheet: Sendable {
    /// Entries, oldest first, with who can read them.
    struct Part: Sendable {
        let entries: [TrailEntry]
        let reader: TrailReader
        let hubs: [PlaceBook.Entry]

        init(_ entries: [TrailEntry], _ reader: TrailReader, _ hubs: [PlaceBook.Entry]) {
            self.entries = entries
            self.reader = reader
            self.hubs = hubs
        }
    }

    /// Entries read at a time: their names are found together.
    static let piece = 1_000

    /// The entries after the one given; none at the end.
    private let read: @Sendable (TrailEntry?) async throws -> Part

    init(_ read: @escaping @Sendable (TrailEntry?) async throws -> Part) { self.read = read }

    private static let columns = [
        "at", "who", "action", "subject", "before", "after", "when", "person", "what", "record", "was", "is", "hub",
    ]

    static var head: [UInt8] {
        var writer = CSVWriter(byteOrderMark: true)
        writer.write(texts: columns)
        return writer.bytes
    }

    func piece(after last: TrailEntry?) async throws -> Answer.Piece {
        let part = try await read(last)
        let names = Dictionary(part.hubs.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var writer = CSVWriter()
        for entry in part.entries {
            let (was, now) = part.reader.values(entry)
            writer.write(texts: [
                entry.moment, entry.who, entry.action, entry.subject, entry.before ?? "", entry.after ?? "", entry.at?.shown ?? "",
                part.reader.name(ofWho: entry.who), part.reader.words.words(entry.action), part.reader.name(of: entry.subject) ?? "",
                was ?? "", now ?? "", entry.hubID.map { names[$0] ?? $0 } ?? "",
            ])
        }
        guard part.entries.count == TrailSheet.piece, let end = part.entries.last else { return Answer.Piece(writer.bytes) }
        return Answer.Piece(writer.bytes) { try await piece(after: end) }
    }
}
