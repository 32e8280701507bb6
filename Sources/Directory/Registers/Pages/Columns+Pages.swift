internal import Civil
internal import House
internal import Page
internal import Store

extension Directory {
    /// Shows the columns of a list and asks what each is to us.
    func columnsPage(_ request: Request) async throws -> Answer {
        let load = try await storedLoad(request)
        guard let columns = try await columns(of: load) else { return .redirect(to: load.path) }
        return .page(columnsHTML(load, columns, FieldErrors(), typed: nil))
    }

    /// Takes the answers, and looks at the list with them.
    func mapColumns(_ request: Request) async throws -> Answer {
        let load = try await storedLoad(request)
        guard let columns = try await columns(of: load) else { return .redirect(to: load.path) }
        var reader = FormReader(request.form)
        let mapping = read(columns, &reader)
        guard let mapping else { return .page(columnsHTML(load, columns, reader.errors, typed: request.form), status: 422) }
        let terms = LoadDesk.Terms(kind: .list, edition: load.edition, hub: load.hubID, mapping: mapping)
        do {
            try await LoadDesk(tools: tools).look(load.id, as: terms)
        } catch is LoadDesk.Hindrance {
            // Its page says what state it is in.
        }
        return .redirect(to: load.path)
    }

    /// Nil when there is nothing to map: no list, applied already, not kept, or no list can be made out in it.
    private func columns(of load: StoredLoad) async throws -> ListColumns? {
        guard load.kind == .list, load.status != .applied, let upload = load.uploadID else { return nil }
        let said = load.mapping.flatMap { try? ListMapping(text: $0) } ?? ListMapping()
        do {
            let found = try await Uploads.withSource(upload, name: load.fileName, tools) { source in
                try await offPool { try ListColumns.read(source, said) }
            }
            if let found, !found.columns.isEmpty { return found }
            try await refuse(load, "\(load.fileName): no row of it looks like the names of columns. Check that this is the right file.")
        } catch {
            guard let refusal = Loader.refusal(for: error) else { throw error }
            try await refuse(load, refusal.message)
        }
        return nil
    }

    private func refuse(_ load: StoredLoad, _ message: String) async throws {
        _ = try await tools.database.write { session in
            try session.run(
                """
                update load set status = 'refused', message = \(message) where id = \(load.id) and status <> 'applied'
                """)
        }
    }

    private func read(_ columns: ListColumns, _ reader: inout FormReader) -> ListMapping? {
        var fields: [String: ListField?] = [:]
        var taken: [ListField: String] = [:]
        for (index, column) in columns.columns.enumerated() {
            let name = "column-\(index)"
            let field = reader.optionalChoice(name, from: ListField.allCases.map(\.rawValue)).flatMap(ListField.init)
            if let field, let other = taken[field] {
                reader.fail(name, "“\(column.name)” and “\(other)” cannot both be “\(field.label)”. Leave one of them out.")
            }
            if let field { taken[field] = column.name }
            fields[column.name] = .some(field)
        }
        if taken[.name] == nil {
            reader.fail("column-0", "Say which column has the names of the settings: choose “\(ListField.name.label)” for it.")
        }
        return reader.errors.isEmpty ? ListMapping(fields) : nil
    }

    private func columnsHTML(_ load: StoredLoad, _ columns: ListColumns, _ errors: FieldErrors, typed: FormData?) -> HTML {
        let fields = columns.columns.enumerated().map { index, column -> Field in
            let samples = column.samples.map { "“\($0)”" }.joined(separator: ", ")
            var field = Field.select(
                "column-\(index)", column.name, choices: ListField.allCases.map { Choice($0.rawValue, $0.label) },
                prompt: "Leave it out", hint: samples.isEmpty ? "Nothing stands in this column." : "For example \(samples)"
            ).filled(column.field?.rawValue)
            field.width = .half
            return field
        }
        var form = Form.post("\(load.path)/columns", "See what it would change", fields: fields)
        form.values = typed
        form.errors = errors
        form.cancel = Link("Not now", load.path)
        var frame = tools.frame("Which column is which?", for: .staff, at: "/staff/registers")
        frame.breadcrumbs = [Link("Registers", "/staff/registers"), Link(load.fileName, load.path)]
        let guessed = columns.columns.count { $0.field != nil }
        frame.lead = """
            \(load.fileName) has \(columns.columns.count) columns. We have guessed \(guessed) of them: check each, and leave out what \
            we do not need. Nothing is changed yet.
            """
        frame.errors = errors
        frame.content = Card(nil, "\(form)").html
        return frame.html
    }
}
