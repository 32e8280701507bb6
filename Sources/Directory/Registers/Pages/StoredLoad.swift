internal import Civil
internal import House
internal import Page
internal import Store

/// A load as the database keeps it: what was sent in, what looking at it said, whether it was applied.
struct StoredLoad: Sendable {
    enum Status: String, Sendable, CaseIterable, Bindable {
        case waiting, previewed, applied, refused, stopped

        var words: String {
            switch self {
            case .waiting: "Not looked at yet"
            case .previewed: "Looked at, not applied"
            case .applied: "Applied"
            case .refused: "Not understood"
            case .stopped: "Stopped"
            }
        }
    }

    let id: String
    let kind: LoadKind
    let fileName: String
    let edition: Day
    let status: Status
    /// The file as it was sent in, and its size in bytes; nil when it is no longer kept, or came from the command line.
    let uploadID: String?
    let size: Int?
    let hubID: String?
    let hubName: String?
    let mapping: String?
    let message: String?
    let read, new, changed, unchanged, gone, rejected: Int
    let seconds: Double
    let createdAt: Instant?
    let appliedAt: Instant?

    static let select: SQL = """
        select l.*, u.size as upload_size, h.name as hub_name from load l
        left join upload u on u.id = l.upload_id left join hub h on h.id = l.hub_id
        """

    init(_ row: Row) {
        id = row.text("id")
        kind = row.code("kind") ?? .list
        fileName = row.text("file_name")
        edition = row.day("edition_day") ?? Day(daysSince1970: 0)
        status = row.code("status") ?? .waiting
        size = row.intOrNil("upload_size")
        uploadID = size == nil ? nil : row.textOrNil("upload_id")
        hubID = row.textOrNil("hub_id")
        hubName = row.textOrNil("hub_name")
        mapping = row.textOrNil("mapping")
        message = row.textOrNil("message")
        read = row.int("read_count")
        new = row.int("new_count")
        changed = row.int("changed_count")
        unchanged = row.int("unchanged_count")
        gone = row.int("gone_count")
        rejected = row.int("rejected_count")
        seconds = row.realOrNil("seconds") ?? 0
        createdAt = row.instant("created_at")
        appliedAt = row.instant("applied_at")
    }

    static func find(_ id: String, in session: any Session) throws -> StoredLoad? {
        try session.first("\(select) where l.id = \(id)").map(StoredLoad.init)
    }

    /// Newest first.
    static func history(kind: LoadKind? = nil, limit: Int, offset: Int, in session: any Session) throws -> [StoredLoad] {
        let only: SQL = kind.map { "where l.kind = \($0)" } ?? ""
        return try session.all(
            "\(select) \(only) order by l.created_at desc, l.id desc limit \(limit) offset \(offset)"
        ).map(StoredLoad.init)
    }

    var path: String { "/staff/registers/\(id)" }

    /// A small file is looked at while the person waits; a packed one holds ten times what it weighs.
    var isSmall: Bool {
        let isPacked = [".gz", ".xlsx", ".ods", ".zip"].contains { fileName.lowercased().hasSuffix($0) }
        return (size ?? .max) < (isPacked ? 200_000 : 2_000_000)
    }

    var changesNothing: Bool { new == 0 && changed == 0 && gone == 0 }

    /// "12 new, 3 changed, 1 gone"; "nothing new" when there is nothing.
    var summary: String {
        let parts = [(new, "new"), (changed, "changed"), (gone, "gone")].filter { $0.0 > 0 }
        return parts.isEmpty ? "nothing new" : parts.map { "\(grouped($0.0)) \($0.1)" }.joined(separator: ", ")
    }
}
