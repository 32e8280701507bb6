extension Field {
    public var html: HTML {
        switch kind {
        case .hidden: return hiddenFields(values.map { (name: name, value: $0) })
        case .piece(let piece): return piece
        case .group(let fields): return group(fields)
        case .radios(let choices): return optionSet(choices, type: "radio")
        case .checkboxes(let choices): return optionSet(choices, type: "checkbox")
        case .checkbox(let value): return single(Choice(value, label))
        case .dateParts: return dateBoxes
        case .input, .textArea, .select, .file: return labelled
        }
    }

    // MARK: The parts every field has

    private var state: HTML { error == nil ? "" : " is-wrong" }

    private var labelWords: HTML {
        "\(label)\(isOptional ? " <span class=\"optional\">(optional)</span>" : HTML())"
    }

    private var hintLine: HTML { hint.map { "<p class=\"hint\" id=\"\(id)-hint\">\($0)</p>" } ?? "" }

    private var errorLine: HTML {
        error.map {
            """
            <p class="error" id="\(id)-error"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1 15.5 14.5H.5z"/>\
            <path class="cut" d="M7.2 5.5h1.6v5H7.2zM7.2 11.5h1.6v1.6H7.2z"/></svg>\
            <span><span class="unseen">Error: </span>\($0)</span></p>
            """
        } ?? ""
    }

    /// Ties the hint and the error to the control or the fieldset.
    private var describedBy: HTML {
        let ids = [hint == nil ? nil : "\(id)-hint", error == nil ? nil : "\(id)-error"].compactMap { $0 }
        return "\(attribute: "aria-describedby", value: ids.isEmpty ? nil : ids.joined(separator: " "))"
    }

    private var invalid: HTML { "\(attribute: "aria-invalid", value: error == nil ? nil : "true")" }

    private var described: HTML { "\(describedBy)\(invalid)" }

    private var common: HTML {
        """
        \(described)\(attribute: "autocomplete", value: autocomplete)\(attribute: "inputmode", value: inputMode)\
        \(attribute: "spellcheck", value: isSpellchecked.map { $0 ? "true" : "false" })\
        \(attribute: "placeholder", value: placeholder)
        """
    }

    // MARK: One label, one control

    private var labelled: HTML {
        let control: HTML = unit == nil ? self.control : "<span class=\"with-unit\">\(self.control)<span>\(unit)</span></span>"
        let hiding: HTML = isLabelHidden ? " class=\"unseen\"" : ""
        return """
            <div class="field\(state)"><label for="\(id)"\(hiding)>\(labelWords)</label>\(hintLine)\(control)\(errorLine)</div>
            """
    }

    private var control: HTML {
        switch kind {
        case .input(let type):
            """
            <input class="w-\(width.rawValue)" type="\(type)" id="\(id)" name="\(name)" value="\(value ?? "")" dir="auto"\(common)>
            """
        case .textArea(let rows):
            // The line end after the tag is dropped by browsers, so one in front of the text survives.
            "<textarea id=\"\(id)\" name=\"\(name)\" rows=\"\(rows)\" dir=\"auto\"\(common)>\n\(value ?? "")</textarea>"
        case .select(let choices, let prompt):
            """
            <select class="w-\(width.rawValue)" id="\(id)" name="\(name)"\(common)>\(prompt.map { option("", $0) })\
            \(choices.html { option($0.value, $0.label) })</select>
            """
        case .file(let accept, let isMultiple):
            """
            <input type="file" id="\(id)" name="\(name)"\(attribute: "accept", value: accept.isEmpty ? nil : accept)\
            \(attribute: "multiple", when: isMultiple)\(described)>
            """
        default: ""
        }
    }

    private func option(_ value: String, _ label: String) -> HTML {
        "<option value=\"\(value)\"\(attribute: "selected", when: value == self.value)>\(label)</option>"
    }

    // MARK: Several controls under one legend

    private func optionSet(_ choices: [Choice], type: String) -> HTML {
        let columns: HTML = isInColumns ? " in-columns" : ""
        let drawn = choices.enumerated().html { index, choice in
            tick(choice, type: type, id: index == 0 ? id : "\(id)-\(index + 1)")
        }
        return """
            <fieldset class="field options\(state)"\(describedBy)><legend>\(labelWords)</legend>\(hintLine)\
            <div class="choices\(columns)">\(drawn)</div>\(errorLine)</fieldset>
            """
    }

    private func single(_ choice: Choice) -> HTML {
        let box: HTML = """
            <input type="checkbox" id="\(id)" name="\(name)" value="\(choice.value)"\
            \(attribute: "checked", when: values.contains(choice.value))\(described)>
            """
        return """
            <div class="field choices\(state)"><div class="choice">\(box)<label for="\(id)">\(labelWords)</label></div>\
            \(hintLine)\(errorLine)</div>
            """
    }

    private func tick(_ choice: Choice, type: String, id: String) -> HTML {
        let hintID = choice.hint == nil ? nil : "\(id)-about"
        let hint = choice.hint.map { "<p class=\"hint\" id=\"\(id)-about\">\($0)</p>" as HTML }
        return """
            <div class="choice"><input type="\(type)" id="\(id)" name="\(name)" value="\(choice.value)"\
            \(attribute: "checked", when: values.contains(choice.value))\(attribute: "aria-describedby", value: hintID)>\
            <label for="\(id)">\(choice.mark?.icon())<bdi>\(choice.label)</bdi></label>\(hint)</div>
            """
    }

    private var dateBoxes: HTML {
        let parts: [(String, String, String)] = [("day", "Day", "tiny"), ("month", "Month", "tiny"), ("year", "Year", "year")]
        let boxes = parts.enumerated().html { index, part in
            let box = index == 0 ? id : "\(id)-\(part.0)"
            let typed = index < values.count ? values[index] : ""
            return """
                <div><label for="\(box)">\(part.1)</label><input class="w-\(part.2)" type="text" inputmode="numeric" \
                id="\(box)" name="\(name)-\(part.0)" value="\(typed)"\(invalid)></div>
                """
        }
        return """
            <fieldset class="field\(state)"\(describedBy)><legend>\(labelWords)</legend>\(hintLine)\
            <div class="date-parts">\(boxes)</div>\(errorLine)</fieldset>
            """
    }

    private func group(_ fields: [Field]) -> HTML {
        let about: HTML = hint.map { "<p class=\"hint\">\($0)</p>" } ?? ""
        return "<fieldset class=\"group\"><legend>\(label)</legend>\(about)\(fields)</fieldset>"
    }
}
