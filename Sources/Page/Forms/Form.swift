/// A whole form: its questions, what was typed, what is wrong, and a button that says what happens.
public struct Form: Component {
    /// Where it is sent; written by the program.
    public var action: String
    public var isPost: Bool
    public var fields: [Field]
    /// The words on the button: "Send 12 invitations".
    public var submit: String
    /// Name and value of the button, when a form has several.
    public var submitName: (name: String, value: String)?
    /// Other buttons beside the main one: label, name, value.
    public var others: [(label: String, name: String, value: String)] = []
    /// What was typed, put back into the questions.
    public var values: FormData?
    public var errors = FieldErrors()
    public var before = HTML()
    public var after = HTML()
    /// The way out without doing anything.
    public var cancel: Link?
    /// For what cannot be undone.
    public var isDanger = false
    public var hidden: [(String, String)] = []
    /// The hidden field `token`, against forms sent from other sites.
    public var token: String?
    /// The form's own id, when a script or a label elsewhere needs it.
    public var id: String?

    init(_ action: String, _ submit: String, isPost: Bool, fields: [Field]) {
        self.action = action
        self.submit = submit
        self.isPost = isPost
        self.fields = fields
    }

    /// A form that changes something.
    public static func post(_ action: String, _ submit: String, fields: [Field]) -> Form {
        Form(action, submit, isPost: true, fields: fields)
    }

    /// A form whose answers belong in the address: searches, filters.
    public static func get(_ action: String, _ submit: String, fields: [Field]) -> Form {
        Form(action, submit, isPost: false, fields: fields)
    }

    public var html: HTML {
        let method: HTML = isPost ? "post" : "get"
        let encoding = isPost && fields.contains { $0.isFile } ? "multipart/form-data" : nil
        let secret = token.map { [(name: "token", value: $0)] } ?? []
        let drawn = fields.map { $0.filled(from: values, errors) }
        return """
            <form class="form" method="\(method)" action="\(link: action)"\(attribute: "id", value: id)\
            \(attribute: "enctype", value: encoding) novalidate>\
            \(hiddenFields(secret + hidden.map { (name: $0.0, value: $0.1) }))\(before)\(drawn)\(after)\(buttons)</form>
            """
    }

    private var buttons: HTML {
        let style: HTML = isDanger ? "button danger" : "button"
        let more = others.html {
            "<button class=\"button quiet\" name=\"\($0.name)\" value=\"\($0.value)\">\($0.label)</button>"
        }
        return """
            <div class="buttons"><button class="\(style)"\(attribute: "name", value: submitName?.name)\
            \(attribute: "value", value: submitName?.value)>\(submit)</button>\(more)\(cancel?.drawn())</div>
            """
    }
}

extension Field {
    /// Whether it sends a file, in itself or in a group.
    var isFile: Bool {
        switch kind {
        case .file: true
        case .group(let fields): fields.contains { $0.isFile }
        default: false
        }
    }
}
