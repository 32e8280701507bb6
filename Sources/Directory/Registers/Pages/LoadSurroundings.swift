internal import Store

/// What a person should know before and after applying a file: what is missing beneath it, what came in between.
struct LoadSurroundings: Sendable {
    let hasPostcodes: Bool
    let hasWards: Bool
    /// Another file was applied after this one was looked at: its figures may no longer hold.
    let isOutrun: Bool
    let doubles: Int
    let disputed: Int
    /// The next kind of file that was never loaded, in the best order.
    let nextKind: LoadKind?

    static func load(_ load: StoredLoad, in session: any Session) throws -> LoadSurroundings {
        let applied = Set(
            try session.all("select distinct kind from load where status = 'applied'").map { $0.text("kind") })
        let since = try session.count(
            """
            select count(*) from load
            where status = 'applied' and id <> \(load.id) and applied_at > \(load.createdAt)
            """)
        return LoadSurroundings(
            hasPostcodes: try session.first("select 1 from postcode limit 1") != nil,
            hasWards: try session.first("select 1 from ward limit 1") != nil, isOutrun: since > 0,
            doubles: try session.count(
                "select count(*) from possible_duplicate where load_id = \(load.id) and decision is null"),
            disputed: try session.count(
                "select count(*) from load_change where load_id = \(load.id) and what = 'disputed'"),
            nextKind: LoadForm.order.prefix(5).first { !applied.contains($0.rawValue) })
    }
}
