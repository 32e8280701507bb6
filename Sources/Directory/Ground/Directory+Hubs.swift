internal import House
public import Store

/// Hubs as the other rooms name them.
extension Directory {
    /// The id of the hub of this name in addresses. Throws `Refusal.notFound`.
    public static func hubID(_ slug: String, _ session: any Session) throws -> String { try Hubs.named(slug, session).id }

    /// The name in addresses of the hub of this id. Throws `Refusal.notFound`.
    public static func hubSlug(_ id: String, _ session: any Session) throws -> String { try Hubs.with(id: id, session).slug }

    /// Every hub, invented ones last.
    public static func hubs(_ session: any Session) throws -> [(id: String, slug: String, name: String)] {
        try Hubs.all(session).map { ($0.id, $0.slug, $0.name) }
    }

    /// What the team calls settings, by id. Those that were merged keep their name.
    public static func titles(of ids: some Sequence<String>, _ session: any Session) throws -> [String: String] {
        let rows = try session.all("\(Setting.select) where s.id in \(list: Array(Set(ids)).sorted())")
        return Dictionary(rows.map { ($0.text("id"), Setting($0).title) }, uniquingKeysWith: { first, _ in first })
    }

    /// Where letters to settings go, a line each, by id. Nothing for those whose place is secret or not known.
    public static func postalAddresses(of ids: some Sequence<String>, _ session: any Session) throws -> [String: [String]] {
        let rows = try session.all(
            "select id, address, town, postcode from setting where is_secret = 0 and id in \(list: Array(Set(ids)).sorted())")
        return Dictionary(
            rows.map { row in
                let lines = ["address", "town", "postcode"].compactMap { row.textOrNil($0) }.flatMap { line in
                    line.split(separator: ",").map { String($0.drop(while: \.isWhitespace)) }
                }
                return (row.text("id"), lines.filter { !$0.isEmpty })
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether a setting is somebody's home.
    public static func isHome(_ setting: String, _ session: any Session) throws -> Bool {
        try session.count("select is_home from setting where id = \(setting)") == 1
    }

    /// The kinds of settings, by id.
    public static func types(of ids: some Sequence<String>, _ session: any Session) throws -> [String: SettingType] {
        let rows = try session.all("select id, type from setting where id in \(list: Array(Set(ids)).sorted())")
        return Dictionary(rows.map { ($0.text("id"), $0.code("type") ?? .other) }, uniquingKeysWith: { first, _ in first })
    }
}
