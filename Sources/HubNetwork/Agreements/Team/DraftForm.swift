internal import Page

/// The form of a draft: its parts in boxes, a line for each point.
struct DraftForm {
    let agreement: Agreement
    let draft: Agreement.Version
    let path: String
    /// The edition that what is typed goes over: the one shown.
    var edition: Int
    /// Somebody else saved meanwhile: what is typed goes over theirs.
    var isSecond = false

    func drawn(typed: FormData?, errors: FieldErrors) -> HTML {
        func area(_ name: String, _ label: String, _ hint: HTML, _ lines: [String], rows: Int) -> Field {
            Field.textArea(name, label, hint: hint, rows: rows).filled(lines.joined(separator: "\n"))
        }
        let text = draft.text
        var fields: [Field] = [
            Field.text("title", "Title").filled(text.title),
            Field.textArea("opening", "Opening words", hint: "Who promises what to whom, in a sentence or two.", rows: 3).filled(
                text.opening
            )
            .optional(),
            area("aims", "What is promised", "A line for each point; they are numbered by themselves.", text.aims, rows: 12),
        ]
        let duties = area(
            "duties", "Who does what", "A line for each: “The hub lead: calls the meetings”.", text.duties, rows: 6
        ).optional()
        let principles = area("principles", "How we work together", "A line for each.", text.principles, rows: 5).optional()
        if agreement.kind == .collaboration || !text.duties.isEmpty || !text.principles.isEmpty {
            fields += [duties, principles]
        } else {
            fields.append(
                .piece(
                    Disclosure(
                        "Add who does what, and how you work together",
                        "\(duties.filled(typed?["duties"]))\(principles.filled(typed?["principles"]))"
                    ).html))
        }
        fields += [
            Field.checkbox("both", "The hub signs it too", hint: "It stands only once the hub lead has signed for the hub.").filled(
                text.needsBoth ? "yes" : nil),
            Field.checkbox("renews", "A signature holds for a year and is then renewed").filled(text.renews ? "yes" : nil),
            Field.number("notice", "Remind so many days before the year ends", unit: "days").filled(String(draft.noticeDays)),
        ]
        var form = Form.post("\(path)/draft/save", isSecond ? TwoVersions.save : "Save the draft", fields: fields)
        if !isSecond { form.others = [("Save, and go on to publishing", "go", "publish")] }
        form.hidden = [("edition", String(edition))]
        form.values = typed
        form.errors = errors
        form.cancel = isSecond ? TwoVersions.keep("\(path)/draft") : Link("Leave it", path)
        return form.html
    }

    /// What was typed; nil with what is wrong.
    static func read(_ reader: inout FormReader) -> (text: AgreementText, noticeDays: Int)? {
        let title = reader.text("title", missing: "Give it a title.", max: 150)
        let opening = reader.optionalText("opening", max: 4_000) ?? ""
        func lines(_ name: String) -> [String] {
            let lines = AgreementText.lines(reader.optionalText(name, max: 20_000) ?? "")
            if lines.count > 40 { reader.fail(name, "Use 40 lines or fewer: nobody reads more before signing. This has \(lines.count).") }
            return lines
        }
        let (aims, duties, principles) = (lines("aims"), lines("duties"), lines("principles"))
        let notice = reader.optionalInt("notice", in: 0...180, wrong: "Write a number of days from 0 to 180.") ?? 30
        guard let title, reader.errors.isEmpty else { return nil }
        let text = AgreementText(
            title: title, opening: opening.split(whereSeparator: \.isNewline).joined(separator: "\n"), aims: aims, duties: duties,
            principles: principles, needsBoth: reader.flag("both"), renews: reader.flag("renews"))
        return (text, notice)
    }
}
