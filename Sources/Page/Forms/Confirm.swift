/// Asks before what cannot be undone: says what will happen, and lets the person leave without doing it.
public struct Confirm: Component {
    /// The question, in words that name the thing: "Publish these four areas from 1 January 2026?"
    public var question: String
    public var action: String
    /// The button says what happens: "Publish four areas".
    public var confirm: String
    public var cancel: Link
    /// What follows from it, one sentence each.
    public var consequences: [HTML]
    public var hidden: [(String, String)]
    public var isDanger: Bool
    public var token: String?

    public init(
        _ question: String, action: String, confirm: String, cancel: Link, consequences: [HTML] = [],
        hidden: [(String, String)] = [], isDanger: Bool = true
    ) {
        self.question = question
        self.action = action
        self.confirm = confirm
        self.cancel = cancel
        self.consequences = consequences
        self.hidden = hidden
        self.isDanger = isDanger
    }

    public var html: HTML {
        var form = Form.post(action, confirm, fields: [])
        form.cancel = cancel
        form.isDanger = isDanger
        form.hidden = hidden
        form.token = token
        let list: HTML = consequences.isEmpty ? "" : "<ul>\(consequences.html { "<li>\($0)</li>" })</ul>"
        return "<section class=\"card confirm\"><h2>\(question)</h2>\(list)\(form)</section>"
    }
}
