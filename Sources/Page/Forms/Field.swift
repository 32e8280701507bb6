/// One value of a list a person chooses from.
public struct Choice: Sendable, Equatable {
    public var value: String
    public var label: String
    public var hint: String?
    /// The shape of a kind of setting in front of the label.
    public var mark: Mark?

    public init(_ value: String, _ label: String, hint: String? = nil, mark: Mark? = nil) {
        self.value = value
        self.label = label
        self.hint = hint
        self.mark = mark
    }
}

/// One question of a form: label above, hint under it, the control, what is wrong below. The control's id is `id`.
public struct Field: Component {
    /// How much room the answer needs.
    public enum Width: String, Sendable { case full, half, short, tiny }

    enum Kind: Sendable {
        case input(type: String)
        case textArea(rows: Int)
        case select(choices: [Choice], prompt: String?)
        case radios([Choice])
        case checkboxes([Choice])
        case checkbox(value: String)
        case dateParts
        case file(accept: String, isMultiple: Bool)
        case hidden
        case group([Field])
        case piece(HTML)
    }

    public let name: String
    /// The id of the control, the target of the error summary's link. The name, unless a page has two forms with it.
    public var id: String
    public var label: String
    public var hint: HTML?
    let kind: Kind
    /// What stands in it; several for tick boxes.
    public var values: [String] = []
    public var error: String?
    public var isOptional = false
    public var width = Width.full
    public var autocomplete: String?
    public var inputMode: String?
    public var isSpellchecked: Bool?
    /// The label is only read out; for a search box or a filter whose button says it all.
    public var isLabelHidden = false
    /// Options in columns, for long lists of short words such as wards.
    public var isInColumns = false
    /// A unit behind the control: "metres", "%".
    public var unit: String?
    public var placeholder: String?

    init(_ kind: Kind, _ name: String, _ label: String, hint: HTML? = nil) {
        self.kind = kind
        self.name = name
        id = name
        self.label = label
        self.hint = hint
    }

    /// The single value.
    public var value: String? {
        get { values.first }
        set { values = newValue.map { [$0] } ?? [] }
    }

    /// The same field with this in it.
    public func filled(_ value: String?) -> Field { filled(all: value.map { [$0] } ?? []) }

    /// The same field with these ticked.
    public func filled(all values: [String]) -> Field {
        var copy = self
        copy.values = values
        return copy
    }

    /// The same field, said to be optional.
    public func optional() -> Field {
        var copy = self
        copy.isOptional = true
        return copy
    }

    /// The same field with what was typed and what is wrong with it.
    func filled(from form: FormData?, _ errors: FieldErrors) -> Field {
        var copy = self
        copy.error = errors[name] ?? error
        if case .group(let fields) = kind {
            copy = Field(.group(fields.map { $0.filled(from: form, errors) }), name, label, hint: hint)
        }
        guard let form else { return copy }
        switch kind {
        case .checkboxes, .checkbox: copy.values = form.all(name)
        case .dateParts: copy.values = ["day", "month", "year"].map { form["\(name)-\($0)"] ?? "" }
        case .hidden, .file, .group, .piece: break
        default: if let typed = form[name] { copy.values = [typed] }
        }
        return copy
    }
}
