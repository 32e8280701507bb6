internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page

/// The form of a contact: made for a thumb and fifteen seconds.
struct ContactForm {
    let hub: HubGround
    let chosen: [HubGround.Place]
    let team: [PeopleBook.Entry]
    let settingPeople: [PeopleBook.Entry]
    let today: Day
    let me: String?
    let key: String

    /// When a next step is due, said in words; for calls too.
    static let dueChoices: [(value: String, words: String, days: Int)] = [
        ("tomorrow", "Tomorrow", 1), ("week", "In a week", 7), ("two-weeks", "In two weeks", 14), ("month", "In a month", 30),
    ]

    func drawn(values: FormData?, errors: FieldErrors) -> HTML {
        var fields: [Field] = []
        if chosen.isEmpty {
            fields.append(
                .select("setting", "With whom?", choices: hub.settings.map { Choice($0.id, $0.title) }, prompt: "Choose a setting"))
        } else {
            let list = chosen.html { "<li>\($0.type.mark.icon()) <bdi>\($0.title)</bdi>\($0.telephone.map { ", \($0)" })</li>" }
            fields.append(.piece("<ul class=\"listing\">\(list)</ul>"))
        }
        fields += [
            Field.radios("how", "How?", choices: Contact.How.allCases.map { Choice($0.rawValue, $0.name) }).filled(
                Contact.How.call.rawValue),
            Field.radios("outcome", "What came of it?", choices: Contact.Outcome.allCases.map { Choice($0.rawValue, $0.name) })
                .filled(Contact.Outcome.spoke.rawValue),
            Field.textArea("note", "What was said", hint: "Speak it if you like. Write no child’s name.", rows: 3).optional(),
            .group(
                "What next?",
                [
                    Field.text("next", "To do", hint: "For example: send the dates of the autumn meetings.").optional(),
                    Field.select(
                        "due", "By when", choices: Self.dueChoices.map { Choice($0.value, $0.words) } + [Choice("day", "On the day below")],
                        prompt: "No date"),
                    Field.date("next_day", "Another day").optional(),
                    Field.select(
                        "next_person", "Who does it", choices: uniqueTeam.map { Choice($0.id, $0.name) }, prompt: "Nobody yet"
                    ).filled(me),
                ]),
            Field.text("purpose", "What was it about?", hint: "For example: inviting them to the hub.").optional(),
            Field.date("day", "On which day", hint: "Today, unless you write another.").filled(today.medium),
        ]
        if !settingPeople.isEmpty {
            fields.append(
                Field.select("with", "With whom there", choices: settingPeople.map { Choice($0.id, $0.name) }, prompt: "Not said"))
        }
        fields.append(
            Field.checkbox("shared", "The setting’s own people may read this note", hint: "Otherwise only the hub’s team does."))
        var form = Form.post("/staff/network/\(hub.slug)/log", "Save", fields: fields)
        form.hidden = [("key", key)] + chosen.map { ("setting", $0.id) }
        form.values = values
        form.errors = errors
        form.cancel = Link("Leave it", "/staff/network/\(hub.slug)")
        return form.html
    }

    private var uniqueTeam: [PeopleBook.Entry] {
        var seen: Set<String> = []
        return team.filter { seen.insert($0.id).inserted }
    }

    /// Reads what was typed; nil with what is wrong.
    func read(_ form: FormData, _ reader: inout FormReader) -> NewContact? {
        let settings = form.all("setting").filter { id in hub.settings.contains { $0.id == id } }
        if settings.isEmpty { reader.fail("setting", "Choose a setting of this hub.") }
        let how = reader.choice("how", of: Contact.How.self, missing: "Say how you were in touch.")
        let outcome = reader.choice("outcome", of: Contact.Outcome.self, missing: "Say what came of it.")
        let note = reader.optionalText("note", max: 20_000)
        let day = reader.day("day") ?? today
        if day > today { reader.fail("day", "This day is still to come. Write the day it happened.") }
        let next = reader.optionalText("next", max: 500)
        var nextDay = reader.day("next_day")
        if let choice = Self.dueChoices.first(where: { $0.value == form["due"] }) { nextDay = today.adding(days: choice.days) }
        if next != nil && nextDay == nil { nextDay = today.adding(days: 14) }
        if next == nil && nextDay != nil { reader.fail("next", "Write what is to be done by then, or take the date away.") }
        let purpose = reader.optionalText("purpose", max: 200)
        let nextPerson = uniqueTeam.first { $0.id == form["next_person"] }?.id
        guard let how, let outcome, reader.errors.isEmpty else { return nil }
        let key = form["key"] ?? ""
        let words = ContactWords(
            settings: settings, how: how, day: day, purpose: purpose, withPerson: settingPeople.first { $0.id == form["with"] }?.id,
            outcome: outcome, note: note, isShared: reader.flag("shared"), nextStep: next, nextDay: nextDay,
            nextPerson: next == nil ? nil : nextPerson)
        return NewContact(id: key.utf8.count == 36 ? key : self.key, hubID: hub.id, words: words)
    }
}
