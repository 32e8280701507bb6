internal import House
internal import Page
internal import Planning
internal import Store

/// The form that makes or changes a hub: its name, and the wards it looks after, authority by authority.
struct HubForm: Sendable {
    struct Authority: Sendable {
        let code: String
        let name: String
        let wards: Int
    }

    /// Authorities that have wards and whose name holds the words, at most `limit` of them.
    static func authorities(named words: String, limit: Int, _ session: any Session) throws -> [Authority] {
        let wanted = SortKey.of(words).split(separator: " ").map(String.init)
        let rows = try session.all(
            """
            select a.code, a.name, count(w.code) as wards from authority a join ward w on w.authority_code = a.code
            group by a.code, a.name order by a.name
            """)
        var found: [Authority] = []
        for row in rows where found.count < limit {
            let key = SortKey.of(row.text("name"))
            guard wanted.allSatisfy({ word in key.split(separator: " ").contains { $0.hasPrefix(word) } }) else {
                continue
            }
            found.append(Authority(code: row.text("code"), name: row.text("name"), wards: row.int("wards")))
        }
        return found
    }

    /// All wards of these authorities, in the order of their names.
    static func wards(of authorities: [String], _ session: any Session) throws -> [TerritoryWard] {
        try Territory.wards(where: "w.authority_code in \(list: authorities)", session)
    }

    let authorities: [String]
    let wards: [TerritoryWard]
    var name: String?
    var ticked: Set<String>
    var errors = FieldErrors()
    var typed: FormData?

    /// Reads what was sent. Nil when something is wrong; `errors` and `typed` then say what.
    mutating func read(_ form: FormData) -> (name: String, wards: [String])? {
        var reader = FormReader(form)
        let name = reader.text("name", missing: "Give the hub a name, such as “Newham Early Years Hub”.", max: 100)
        let chosen = reader.many(
            "ward", from: wards.map(\.code), atLeast: 1, missing: "Tick at least one ward for the hub to look after.")
        errors = reader.errors
        typed = form
        ticked = Set(form.all("ward"))
        guard let name, errors.isEmpty else { return nil }
        return (PlanState.tidy(name), chosen)
    }

    /// The questions, with a map of the wards beside them.
    func html(action: String, submit: String, cancel: Link) -> HTML {
        var fields: [Field] = [
            Field.text("name", "Name of the hub", hint: "As people in the area know it. It can be changed later.")
                .filled(name)
        ]
        var first = true
        for authority in Dictionary(grouping: wards, by: \.authority).sorted(by: { $0.key < $1.key }) {
            var field = Field.checkboxes(
                "ward", authorityWords(authority.key, authority.value.count),
                choices: authority.value.map { Choice($0.code, $0.name) })
            field.isInColumns = true
            field.id = first ? "ward" : "ward-\(authority.value.first?.code ?? authority.key)"
            first = false
            fields.append(field.filled(all: Array(ticked)))
        }
        var form = Form.post(action, submit, fields: fields)
        form.hidden = authorities.map { ("authority", $0) }
        form.values = typed
        form.errors = errors
        form.cancel = cancel
        return Columns(Card(nil, form.html).html, map.html).html
    }

    private func authorityWords(_ name: String, _ count: Int) -> String {
        name.isEmpty ? "Wards" : "Wards of \(name) (\(count))"
    }

    private var map: Card {
        var map = AreaMap(title: "Map of the wards to choose from", wards: wards, spots: [])
        for ward in wards where ticked.contains(ward.code) { map.tint[ward.code] = 0 }
        map.areas = ["ticked when the page was opened"]
        return Card("The wards", map.picture.html)
    }
}
