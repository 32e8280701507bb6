internal import House
internal import Page

/// Two people wrote one thing: the second sees how it stands now beside what they wrote, keeps all they typed, and chooses.
struct TwoVersions {
    static let heading = "Two people changed this"
    static let save = "Save mine over it"

    /// Each question, as it stands now and as it was typed.
    let rows: [(question: String, stands: String?, typed: String?)]
    let action: String
    /// The form again, to mend what was typed; without questions it is sent along as it is.
    let fields: [Field]
    let typed: FormData
    /// Hidden fields that tell which version stands now: saving with them is saving over it knowingly.
    let known: [(name: String, value: String)]
    /// Where it stands.
    let back: Link
    /// What belongs below, such as what it said before.
    let rest: HTML?

    init(
        rows: [(String, String?, String?)], action: String, fields: [Field] = [], typed: FormData, known: [(String, String)], back: Link,
        rest: HTML? = nil
    ) {
        self.rows = rows.map { (question: $0.0, stands: $0.1, typed: $0.2) }
        self.action = action
        self.fields = fields
        self.typed = typed
        self.known = known.map { (name: $0.0, value: $0.1) }
        self.back = back
        self.rest = rest
    }

    init(
        rows: [(String, String?, String?)], action: String, fields: [Field] = [], typed: FormData, version: Int, back: Link,
        rest: HTML? = nil
    ) {
        self.init(rows: rows, action: action, fields: fields, typed: typed, known: [("version", "\(version)")], back: back, rest: rest)
    }

    /// Says so above the page.
    static func notice(by name: String? = nil, mendable isMendable: Bool = true) -> Notice {
        .warning(
            "\(name ?? "Somebody") changed this while you were writing.",
            """
            Nothing is lost: below is how it stands now and what you wrote. \
            Save yours over it\(isMendable ? ", mend it first," : "") or keep theirs.
            """)
    }

    static func keep(_ path: String) -> Link { Link("Keep it as it stands", path) }

    func answer(in frame: PageFrame) -> Answer {
        var frame = frame
        frame.notices = [Self.notice(mendable: !fields.isEmpty)]
        frame.breadcrumbs = [back]
        var table = Table(
            "What differs", columns: [Table.Column("Question"), Table.Column("As it stands now"), Table.Column("As you wrote it")],
            rows: rows.filter { $0.stands ?? "" != $0.typed ?? "" }.map { row in
                Table.Row(["\(row.question)", cell(row.stands), cell(row.typed)])
            })
        table.empty = "<p>Both say the same.</p>"
        var form = Form.post(action, Self.save, fields: fields)
        let names = Set(known.map(\.name))
        let along = fields.isEmpty ? typed.pairs.filter { !names.contains($0.name) && $0.name != "token" } : []
        form.hidden = (along + known).map { ($0.name, $0.value) }
        form.values = typed
        form.cancel = Self.keep(back.href)
        frame.content = "\(table)\(Card(fields.isEmpty ? "Which shall stand?" : "What you wrote", form.html))\(rest)"
        return .page(frame.html, status: 409)
    }

    private func cell(_ text: String?) -> HTML {
        guard let text, !text.isEmpty else { return "<i>nothing</i>" }
        return text.contains("\n") ? paragraphs(text) : "<bdi>\(text)</bdi>"
    }
}
