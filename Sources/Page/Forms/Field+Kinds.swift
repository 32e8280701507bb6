extension Field {
    /// One line of text.
    public static func text(_ name: String, _ label: String, hint: HTML? = nil, width: Width = .full) -> Field {
        var field = Field(.input(type: "text"), name, label, hint: hint)
        field.width = width
        return field
    }

    /// Words to look for.
    public static func search(_ name: String, _ label: String, hint: HTML? = nil) -> Field {
        var field = Field(.input(type: "search"), name, label, hint: hint)
        field.isSpellchecked = false
        return field
    }

    /// An e-mail address; the browser offers the reader's own.
    public static func email(_ name: String, _ label: String, hint: HTML? = nil) -> Field {
        var field = Field(.input(type: "email"), name, label, hint: hint)
        field.autocomplete = "email"
        field.isSpellchecked = false
        field.width = .half
        return field
    }

    /// A passphrase: not shown while it is typed, never drawn again.
    public static func passphrase(_ name: String, _ label: String, hint: HTML? = nil) -> Field {
        var field = Field(.input(type: "password"), name, label)
        field.hint = hint
        return field
    }

    /// A telephone number, with the keypad on phones.
    public static func telephone(_ name: String, _ label: String, hint: HTML? = nil) -> Field {
        var field = Field(.input(type: "tel"), name, label, hint: hint)
        field.autocomplete = "tel"
        field.width = .short
        return field
    }

    /// The address of a page elsewhere.
    public static func url(_ name: String, _ label: String, hint: HTML? = nil) -> Field {
        var field = Field(.input(type: "url"), name, label, hint: hint)
        field.isSpellchecked = false
        return field
    }

    /// A colour, chosen from the browser's own picture of them or written as `#5b2a6e`. It always has one.
    public static func colour(_ name: String, _ label: String, hint: HTML? = nil) -> Field {
        var field = Field(.input(type: "color"), name, label, hint: hint)
        field.autocomplete = "off"
        field.width = .tiny
        return field
    }

    /// A postcode; typed in any case and with or without its space.
    public static func postcode(_ name: String, _ label: String = "Postcode", hint: HTML? = nil) -> Field {
        var field = Field(.input(type: "text"), name, label, hint: hint)
        field.autocomplete = "postal-code"
        field.isSpellchecked = false
        field.width = .short
        return field
    }

    /// A number, as text with a number keyboard: `type="number"` changes under the mouse wheel and hides what was typed.
    public static func number(
        _ name: String, _ label: String, hint: HTML? = nil, unit: String? = nil, decimals: Bool = false
    ) -> Field {
        var field = Field(.input(type: "text"), name, label, hint: hint)
        field.inputMode = decimals ? "decimal" : "numeric"
        field.unit = unit
        field.width = .tiny
        return field
    }

    /// A day in one text box, read by `FormReader.date`.
    public static func date(
        _ name: String, _ label: String, hint: HTML? = "For example, 3 March 2026 or 3/3/2026"
    ) -> Field {
        var field = Field(.input(type: "text"), name, label, hint: hint)
        field.isSpellchecked = false
        field.width = .short
        return field
    }

    /// A day in three boxes, for a day people know by heart such as a birthday.
    public static func dateParts(_ name: String, _ label: String, hint: HTML? = "For example, 3 3 2026") -> Field {
        Field(.dateParts, name, label, hint: hint)
    }

    /// Several lines of text.
    public static func textArea(_ name: String, _ label: String, hint: HTML? = nil, rows: Int = 5) -> Field {
        Field(.textArea(rows: rows), name, label, hint: hint)
    }

    /// One of a long list. `prompt` stands first with an empty value: "Choose a ward".
    public static func select(
        _ name: String, _ label: String, choices: [Choice], prompt: String? = nil, hint: HTML? = nil
    ) -> Field {
        Field(.select(choices: choices, prompt: prompt), name, label, hint: hint)
    }

    /// One of a short list, all in sight.
    public static func radios(_ name: String, _ label: String, choices: [Choice], hint: HTML? = nil) -> Field {
        Field(.radios(choices), name, label, hint: hint)
    }

    /// Any number of a list.
    public static func checkboxes(_ name: String, _ label: String, choices: [Choice], hint: HTML? = nil) -> Field {
        Field(.checkboxes(choices), name, label, hint: hint)
    }

    /// A single tick box that says a whole sentence.
    public static func checkbox(_ name: String, _ label: String, value: String = "yes", hint: HTML? = nil) -> Field {
        Field(.checkbox(value: value), name, label, hint: hint)
    }

    /// A file to send. `accept` as in HTML: `.csv,.xlsx`.
    public static func file(
        _ name: String, _ label: String, accept: String = "", multiple: Bool = false, hint: HTML? = nil
    ) -> Field {
        Field(.file(accept: accept, isMultiple: multiple), name, label, hint: hint)
    }

    /// A value that is sent along and not shown.
    public static func hidden(_ name: String, _ value: String) -> Field {
        Field(.hidden, name, "").filled(value)
    }

    /// Questions that belong together under one heading.
    public static func group(_ legend: String, _ fields: [Field], hint: HTML? = nil) -> Field {
        Field(.group(fields), "", legend, hint: hint)
    }

    /// Something between the questions: a sentence, a small map.
    public static func piece(_ html: HTML) -> Field { Field(.piece(html), "", "") }
}
