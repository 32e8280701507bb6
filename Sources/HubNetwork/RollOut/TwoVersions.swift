internal import House
internal import Page

/// Somebody saved while somebody else was writing: both versions side by side, what was typed kept, and the choice theirs.
struct TwoVersions {
    /// Each question, as it stands now and as it was typed.
    let rows: [(question: String, stands: String?, typed: String?)]
    let action: String
    let fields: [Field]
    let typed: FormData
    /// The versions that stand now: saving over them is saving with them known.
    let versions: [(name: String, version: Int)]
    let cancel: Link

    init(
        rows: [(String, String?, String?)], action: String, fields: [Field], typed: FormData, version: Int, cancel: Link
    ) {
        self.init(rows: rows, action: action, fields: fields, typed: typed, versions: [("version", version)], cancel: cancel)
    }

    init(
        rows: [(String, String?, String?)], action: String, fields: [Field], typed: FormData, versions: [(String, Int)], cancel: Link
    ) {
        self.rows = rows.map { (question: $0.0, stands: $0.1, typed: $0.2) }
        self.action = action
        self.fields = fields
        self.typed = typed
        self.versions = versions.map { (name: $0.0, version: $0.1) }
        self.cancel = cancel
    }

    func answer(in frame: PageFrame) -> Answer {
        var frame = frame
        frame.notices = [
            .warning(
                "Somebody changed this while you were writing.",
                "Nothing is lost: below is how it stands now and what you wrote. Save yours over it, mend it first, or keep theirs.")
        ]
        var table = Table(
            "What differs", columns: [Table.Column("Question"), Table.Column("As it stands now"), Table.Column("As you wrote it")],
            rows: rows.filter { $0.stands ?? "" != $0.typed ?? "" }.map { row in
                Table.Row(["\(row.question)", cell(row.stands), cell(row.typed)])
            })
        table.empty = "<p>Both say the same.</p>"
        var form = Form.post(action, "Save mine over it", fields: fields)
        form.values = typed
        form.hidden = versions.map { ($0.name, "\($0.version)") }
        form.cancel = cancel
        frame.content = "\(table)\(Card("What you wrote", form.html))"
        return .page(frame.html, status: 409)
    }

    private func cell(_ text: String?) -> HTML { text.map { "<bdi>\($0)</bdi>" } ?? "<i>nothing</i>" }
}
