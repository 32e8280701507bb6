internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

/// The twelve tips, each with its own form.
struct TipList {
    let ready: Readiness
    let base: String
    /// What was typed at one of them, to be mended.
    let typed: (code: String, form: FormData)?
    let errors: FieldErrors

    var content: HTML {
        let groups = ReadinessTip.all.reduce(into: [String]()) { if $0.last != $1.group { $0.append($1.group) } }
        return
            "\(groups.map { group in Card(group, "<ul class=\"todo\">\(ReadinessTip.all.filter { $0.group == group }.html(item))</ul>") })"
    }

    static func fields(_ tip: ReadinessTip, _ ready: Readiness) -> [Field] {
        let standing = ready.tips[tip.code]
        let fields = [
            Field.date("planned", "By when").optional().filled(standing?.planned?.medium),
            Field.select(
                "owner", "Who sees to it", choices: ready.owners.map { Choice($0.id, "\($0.name), \($0.role.name.lowercased())") },
                prompt: "Nobody yet"
            ).filled(standing?.owner),
            Field.date("done", "Done on", hint: "Leave it empty until it is.").optional().filled(standing?.done?.medium),
            Field.textArea("note", "Note", rows: 2).optional().filled(standing?.note),
        ]
        return fields.map { field in
            var field = field
            field.id = "\(field.name)-\(tip.code)"
            return field
        }
    }

    private func item(_ tip: ReadinessTip) -> HTML {
        let standing = ready.tips[tip.code]
        let tag: Tag? =
            switch ready.standing(of: tip) {
            case .open: nil
            case .planned(let day): Tag("By \(day.medium)", .note)
            case .overdue(let day): Tag("Was due on \(day.medium)", .bad)
            case .done(let day): Tag("Done on \(day.medium)", .good)
            }
        let isTyped = typed?.code == tip.code
        var form = Form.post("\(base)/tip/\(tip.code)", "Save", fields: Self.fields(tip, ready))
        form.hidden = [("version", isTyped ? typed?.form["version"] ?? "" : "\(standing?.version ?? 0)")]
        if isTyped {
            form.values = typed?.form
            form.errors = errors
            // The links of the error summary lead to the plain names.
            form.fields = form.fields.map { field in
                var field = field
                field.id = field.name
                return field
            }
        }
        let who = ready.name(of: standing?.owner).map { "<p>\($0)</p>" as HTML }
        let note = standing?.note.map { "<p class=\"quiet\">\($0)</p>" as HTML }
        return """
            <li><span></span><div><span class="thing">\(tip.words)</span> \(tag)\(who)\(note)\
            \(Disclosure(standing == nil ? "Give it a day" : "Change it", form.html, isOpen: isTyped))</div></li>
            """
    }
}
