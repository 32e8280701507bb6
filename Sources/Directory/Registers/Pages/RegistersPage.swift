internal import Civil
internal import House
internal import Page
internal import Store

/// The first page of loading: what waits, a file to send in, what is loaded, where files are found, what was loaded when.
struct RegistersPage: Sendable {
    /// What is known of one kind of file.
    struct Held: Sendable {
        let kind: LoadKind
        /// The newest edition applied.
        let last: StoredLoad
        let files: Int
        /// Records taken in by all of them together.
        let records: Int
    }

    let held: [Held]
    let waiting: [StoredLoad]
    let doubles: Int
    let history: [StoredLoad]
    let historyTotal: Int
    let page: Int
    let form: LoadForm
    /// Ids of the loads of `history` and `waiting` that are being worked on just now.
    let working: Set<String>

    static let size = 15

    static func load(page: Int, in session: any Session, isWorking: (String) -> Bool) throws -> RegistersPage {
        let held = try LoadForm.order.compactMap { kind -> Held? in
            let last = try session.first(
                """
                \(StoredLoad.select) where l.status = 'applied' and l.kind = \(kind)
                order by l.edition_day desc, l.applied_at desc, l.id desc limit 1
                """)
            guard let last else { return nil }
            let sums = try session.first(
                "select count(*) as files, sum(new_count) as records from load where status = 'applied' and kind = \(kind)")
            return Held(
                kind: kind, last: StoredLoad(last), files: sums?.int("files") ?? 0, records: sums?.int("records") ?? 0)
        }
        let waiting = try session.all(
            """
            \(StoredLoad.select) where l.status in ('waiting', 'previewed') and u.id is not null
            order by l.created_at desc, l.id desc limit 10
            """
        ).map(StoredLoad.init)
        let total = try session.count("select count(*) from load")
        let at = Paging(page: page, size: size, total: total, address: PageAddress("/staff/registers"))
        let history = try StoredLoad.history(limit: size, offset: at.offset, in: session)
        return RegistersPage(
            held: held, waiting: waiting,
            doubles: try session.count("select count(*) from possible_duplicate where decision is null"), history: history,
            historyTotal: total, page: at.page, form: try LoadForm.load(in: session),
            working: Set((history + waiting).map(\.id).filter(isWorking)))
    }

    var lead: HTML {
        guard !held.isEmpty else {
            return "The official registers and your own lists, loaded here, are what everything else stands on."
        }
        return "Load a newer edition and you see what would change before anything does."
    }

    func content(_ errors: FieldErrors, typed: FormData?) -> HTML {
        let start: HTML =
            held.isEmpty && history.isEmpty
            ? """
            \(EmptyState(
                "Nothing is loaded yet",
                """
                When it is, you will see every nursery, childminder, school and group of your area on a map. It takes five files, \
                all free, loaded in the order given here; wards and postcodes first, so that settings find their place.
                """, picture: .map))
            """ : ""
        let upload = uploadCard(errors, typed)
        let guide = Card(held.isEmpty ? "Which files, in which order" : "Where the files are found", teaching)
        return "\(start)\(due)\(Columns("\(upload)", held.isEmpty ? "\(guide)" : "\(loaded)"))\(held.isEmpty ? HTML() : guide.html)\(past)"
    }

    private func uploadCard(_ errors: FieldErrors, _ typed: FormData?) -> Card {
        var file = Field.file(
            "file", "The file", accept: ".csv,.xlsx,.ods,.json,.geojson,.xml,.gz,.txt",
            hint: "CSV, Excel (XLSX), ODS, GeoJSON, XML or JSON, as it was published; packed with gzip is fine too.")
        file.width = .full
        var form = Form.post("/staff/registers", "Look at the file", fields: [file] + self.form.fields)
        form.values = typed
        form.errors = errors
        form.after = "<p class=\"quiet\">Looking changes nothing. You see what the file would change, then decide.</p>"
        return Card("Load a file", id: "load", "\(form)")
    }

    /// What waits for a person.
    private var due: HTML? {
        var items = waiting.map { load -> TodoItem in
            let isWorking = working.contains(load.id)
            let words: HTML =
                isWorking
                ? "It is being worked on just now."
                : load.status == .previewed
                    ? "Applying it would bring: \(load.summary). Nothing has changed yet."
                    : load.kind == .list && load.mapping == nil
                        ? "Say which of its columns is which." : "It was interrupted before it was looked at to the end."
            return TodoItem(
                load.fileName, href: load.path, tag: Tag(load.kind.name),
                detail: words, action: Action(isWorking ? "See how far it is" : "Go on", load.path))
        }
        if doubles > 0 {
            items.append(
                TodoItem(
                    doubles == 1 ? "1 pair may be one setting" : "\(grouped(doubles)) pairs may be one setting each",
                    href: "/staff/registers/duplicates", detail: "A list brought what looks like settings you have already.",
                    action: Action("Decide", "/staff/registers/duplicates")))
        }
        return items.isEmpty ? nil : Card("Waiting for you", "\(Todo(items))").html
    }
}
