internal import Civil
internal import House
internal import Page
internal import Store

/// The JSON of loads, and its description.
enum LoadAPI {
    private typealias Property = APIDescription.Property

    private static let fields: [APIDescription.Property] = [
        Property("id", "string", "The load’s id", required: true),
        Property("kind", "string", LoadKind.allCases.map(\.rawValue).joined(separator: ", "), required: true),
        Property("file_name", "string", "The file’s name as it was sent in", required: true),
        Property("edition", "string", "The day the file speaks for", required: true),
        Property("status", "string", StoredLoad.Status.allCases.map(\.rawValue).joined(separator: ", "), required: true),
        Property("hub_id", "string", "The hub whose own list it is"),
        Property("message", "string", "Why it was refused"),
        Property("read", "integer", "Rows read: new, changed, unchanged and rejected together", required: true),
        Property("new", "integer", "Not known before", required: true),
        Property("changed", "integer", "Known, and different now", required: true),
        Property("unchanged", "integer", "Known, and the same", required: true),
        Property("gone", "integer", "Known, and missing from the file", required: true),
        Property("rejected", "integer", "Rows left out", required: true),
        Property("seconds", "number", "How long it took", required: true),
        Property("created_at", "string", "When it was sent in or looked at last", required: true),
        Property("applied_at", "string", "When it was applied"),
    ]

    static let all = APIDescription(
        parameters: [
            .init("kind", "Only loads of this kind", values: LoadKind.allCases.map(\.rawValue)),
            .init("page", "Page of 100 loads, from 1"),
        ],
        answer: [
            Property("total", "integer", "All loads of the kind asked for", required: true),
            Property("loads", "array", "A page of them, newest first", required: true, fields: fields),
        ])

    static let one = APIDescription(
        answer: fields + [
            Property(
                "problems", "array", "The first thousand rejected rows and remarks", required: true,
                fields: [
                    Property("line", "integer", "The line of the file; 0 for the file as a whole", required: true),
                    Property("reason", "string", "Why", required: true),
                    Property("is_rejected", "boolean", "False for a row that was taken with a remark", required: true),
                ]),
            Property(
                "changes", "array", "The first thousand differences", required: true,
                fields: [
                    Property("what", "string", "new, changed, gone, back or disputed", required: true),
                    Property("register", "string", "The register, or the kind of places", required: true),
                    Property("urn", "string", "The record’s number in it", required: true),
                    Property("setting_id", "string", "The setting, when there is one"),
                    Property("name", "string", "Its name"),
                    Property("field", "string", "What differs; absent for a record that is new, gone or back"),
                    Property("before", "string", "From what"),
                    Property("after", "string", "To what"),
                ]),
        ])

    static func members(_ load: StoredLoad) -> [(String, JSON)] {
        [
            ("id", .string(load.id)), ("kind", .string(load.kind.rawValue)), ("file_name", .string(load.fileName)),
            ("edition", .string(load.edition.iso)), ("status", .string(load.status.rawValue)), ("hub_id", .string(load.hubID)),
            ("message", .string(load.message)), ("read", .int(load.read)), ("new", .int(load.new)),
            ("changed", .int(load.changed)), ("unchanged", .int(load.unchanged)), ("gone", .int(load.gone)),
            ("rejected", .int(load.rejected)), ("seconds", .number((load.seconds * 1_000).rounded() / 1_000)),
            ("created_at", .string(load.createdAt?.iso)), ("applied_at", .string(load.appliedAt?.iso)),
        ]
    }
}

extension Directory {
    func loadsJSON(_ request: Request) async throws -> Answer {
        let asked = request.query["kind"]
        let kind = asked.flatMap { LoadKind(rawValue: $0) }
        guard asked == nil || kind != nil else { throw Refusal.badRequest("There is no kind of file of this name.") }
        let page = max(1, min(100_000, request.query["page"].flatMap { Int($0) } ?? 1))
        let (loads, total) = try await tools.database.read { session in
            let only: SQL = kind.map { "where kind = \($0)" } ?? ""
            return (
                try StoredLoad.history(kind: kind, limit: 100, offset: (page - 1) * 100, in: session),
                try session.count("select count(*) from load \(only)")
            )
        }
        return .json(
            JSON.object([("total", .int(total)), ("loads", .array(loads.map { .object(LoadAPI.members($0)) }))]).bytes)
    }

    func loadJSON(_ request: Request) async throws -> Answer {
        let load = try await storedLoad(request)
        let (problems, changes) = try await tools.database.read { session in
            (
                try session.all(
                    """
                    select line, reason, is_rejected from load_problem where load_id = \(load.id) and number > 0
                    order by number limit 1000
                    """),
                try session.all("select * from load_change where load_id = \(load.id) order by number limit 1000")
            )
        }
        let problemList = problems.map { row in
            JSON.object([
                ("line", .int(row.int("line"))), ("reason", .string(row.text("reason"))),
                ("is_rejected", .bool(row.bool("is_rejected"))),
            ])
        }
        let changeList = changes.map { row in
            JSON.object(
                ["what", "register", "urn", "setting_id", "name", "field", "before", "after"].map { ($0, .string(row.textOrNil($0))) })
        }
        return .json(
            JSON.object(LoadAPI.members(load) + [("problems", .array(problemList)), ("changes", .array(changeList))]).bytes)
    }
}
