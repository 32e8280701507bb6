internal import Civil
internal import House
internal import Page
internal import Store

extension Directory {
    func registersPage(_ request: Request) async throws -> Answer {
        .page(try await registersHTML(request, FieldErrors(), typed: nil))
    }

    /// Takes a file: keeps it, looks at it, and shows what it would change.
    func receiveFile(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let upload = request.uploads["file"].flatMap { $0.name.isEmpty && $0.size == 0 ? nil : $0 }
        if let upload, upload.size == 0 {
            reader.fail("file", "“\(Uploads.shownName(upload.name))” is empty. Fetch it again from where it is published.")
        } else if upload == nil {
            reader.fail("file", "Choose a file from your computer.")
        }
        let form = try await tools.database.read { try LoadForm.load(in: $0) }
        let terms = form.read(&reader, fileName: upload?.name ?? "", today: tools.clock.today)
        guard let upload, let terms, reader.errors.isEmpty else {
            if let upload, upload.size > 0 {
                reader.fail("file", "Choose “\(Uploads.shownName(upload.name))” once more: a browser does not keep it.")
            }
            return .page(try await registersHTML(request, reader.errors, typed: request.form), status: 422)
        }
        let desk = LoadDesk(tools: tools)
        let id = try await desk.receive(upload, terms)
        // A list is looked at once it is known which of its columns is which.
        if terms.kind == .list { return .redirect(to: "/staff/registers/\(id)/columns") }
        try await desk.look(id)
        return .redirect(to: "/staff/registers/\(id)")
    }

    private func registersHTML(_ request: Request, _ errors: FieldErrors, typed: FormData?) async throws -> HTML {
        let number = max(1, min(100_000, request.query["page"].flatMap { Int($0) } ?? 1))
        let tools = tools
        let page = try await tools.database.read { session in
            try RegistersPage.load(page: number, in: session) { LoadWork.shared.progress(LoadWork.Key(tools.database, $0)) != nil }
        }
        var frame = tools.frame("Registers", for: .staff, at: "/staff/registers")
        frame.lead = page.lead
        frame.errors = errors
        frame.content = page.content(errors, typed: typed)
        if request.query["done"] == "thrown-away" {
            frame.notices = [.success("Thrown away.", "Nothing was changed. The file is no longer kept.")]
        }
        return frame.html
    }
}
