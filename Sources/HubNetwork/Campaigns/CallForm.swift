internal import Civil
internal import Directory
internal import House
internal import Page

/// What came of a call, in two taps: ring, and press what came of it.
struct CallForm {
    let view: CampaignView
    let target: CampaignTarget
    /// Made with the form, so that the same form sent twice is one contact.
    let key: String
    /// Where it leads afterwards: `calls` or `target`.
    let back: String
    var values: FormData?
    var errors = FieldErrors()

    static let reasons = [
        "No time just now", "No staff to spare", "Too far, or hard to reach", "In another network already", "Sees no use in it",
        "Closing or moving",
        "Something else",
    ]

    /// The commonest first: a thumb finds it without looking.
    private static let outcomes: [Contact.Outcome] = [.noAnswer, .left, .spoke, .joined, .declined]

    var html: HTML {
        let note = filled(Field.textArea("note", "What was said", hint: "Speak it if you like. Write no child’s name.", rows: 2).optional())
        let how = Contact.How.allCases.map { Choice($0.rawValue, $0.name) }
        let reason = Field.select(
            "reason", "Why, if they would rather not", choices: Self.reasons.map { Choice($0, $0) }, prompt: "They did not say no")
        let again = Field.select(
            "due", "Ring again", choices: ContactForm.dueChoices.map { Choice($0.value, $0.words) },
            prompt: "As usual",
            hint: "As usual: in three days after no answer, in a week where you left word, in a fortnight where you spoke.")
        let more: [Field] = [
            filled(reason), filled(again), filled(Field.select("how", "How", choices: how).filled(Contact.How.call.rawValue)),
            filled(Field.date("day", "On which day", hint: "Today, unless you write another.").optional()),
        ]
        let buttons = Self.outcomes.html { outcome in
            let style: HTML = outcome == .spoke ? "button" : "button quiet"
            return "<button class=\"\(style)\" name=\"outcome\" value=\"\(outcome.rawValue)\">\(outcome.name)</button>"
        }
        return """
            <form class="form" method="post" action="\(link: "\(view.path)/targets/\(target.id)/call")" novalidate>\
            <input type="hidden" name="key" value="\(key)"><input type="hidden" name="back" value="\(back)">\(note)\
            <fieldset class="group" id="outcome"><legend>What came of it?</legend><div class="buttons">\(buttons)</div></fieldset>\
            \(Disclosure("Why not, when again, another way or day", more.html { $0.html }, isOpen: !errors.isEmpty))</form>
            """
    }

    private func filled(_ field: Field) -> Field {
        var field = field
        if let typed = values?[field.name] { field = field.filled(typed) }
        field.error = errors[field.name]
        return field
    }

    /// Reads what was typed; nil with what is wrong.
    func read(_ reader: inout FormReader, today: Day, caller: String?) -> (contact: NewContact, reason: String?)? {
        let outcome = reader.choice("outcome", of: Contact.Outcome.self, missing: "Press what came of it.")
        let how = Contact.How(rawValue: reader.form["how"] ?? "") ?? .call
        let note = reader.optionalText("note", max: 20_000)
        let day = reader.day("day") ?? today
        if day > today { reader.fail("day", "This day is still to come. Write the day it happened.") }
        let reason = reader.optionalChoice("reason", from: Self.reasons)
        if outcome == .declined, reason == nil { reader.fail("reason", "Choose why they would rather not.") }
        guard let outcome, reader.errors.isEmpty else { return nil }
        let isSettled = outcome == .joined || outcome == .declined
        let choice = ContactForm.dueChoices.first { $0.value == reader.form["due"] && !isSettled }
        let typedKey = reader.form["key"] ?? ""
        let words = ContactWords(
            settings: target.settingID.map { [$0] } ?? [], how: how, day: day, purpose: view.campaign.title, outcome: outcome, note: note,
            isShared: false, nextStep: choice.map { _ in "Ring again: \(target.title)" },
            nextDay: choice.map { today.adding(days: $0.days) }, nextPerson: choice == nil ? nil : target.callerID ?? caller)
        let contact = NewContact(id: typedKey.utf8.count == 36 ? typedKey : key, hubID: view.hub.id, words: words)
        return (contact, outcome == .declined ? reason : nil)
    }
}
