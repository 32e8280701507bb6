internal import Directory
internal import House
internal import Identity
internal import Page

/// What is known of a champion, as the team types it.
struct ChampionForm {
    let picture: ChampionPicture

    /// `person` is asked for where the team links an account.
    func fields(for champion: Champion?) -> [Field] {
        var seen: Set<String> = []
        var people = picture.team.filter { seen.insert($0.id).inserted }.map { Choice($0.id, "\($0.name), \($0.role.name.lowercased())") }
        // Who has no role here any more stays tied to the account, and is forgotten with it.
        if let champion, let person = champion.personID, !seen.contains(person) {
            people.append(Choice(person, "\(champion.name), no role here now"))
        }
        var name = Field.text("name", "Name", width: .half).filled(champion?.name)
        name.autocomplete = "off"
        var email = Field.email("email", "E-mail").optional().filled(champion?.email)
        email.autocomplete = "off"
        var telephone = Field.telephone("telephone", "Telephone").optional().filled(champion?.telephone)
        telephone.autocomplete = "off"
        return [
            Field.select(
                "person", "Their account here", choices: people, prompt: "None yet",
                hint: "With an account they see their area and what is due, and stand here under the name of the account."
            ).filled(champion?.personID),
            name, email, telephone,
            Field.select(
                "setting", "Their setting", choices: picture.hub.settings.map { Choice($0.id, $0.title) }, prompt: "None of these"
            ).filled(champion?.settingID),
            Field.text("setting_said", "Or in words", hint: "Where no record fits: a health centre, a parent.").optional()
                .filled(champion?.settingSaid),
            areaField("wish", "Which area they would like").filled(champion?.wishAreaID),
            Field.checkbox("shares", "They agreed that other champions of the hub may see how to reach them")
                .filled(champion?.shares == true ? "yes" : nil),
            Field.textArea("note", "Note", hint: "For the team only. Write no child’s name.", rows: 3).optional().filled(champion?.note),
        ]
    }

    func areaField(_ name: String, _ label: String, prompt: String = "None") -> Field {
        Field.select(name, label, choices: picture.ownAreas.map { Choice($0.id, picture.label($0)) }, prompt: prompt)
    }

    /// Reads what was typed of somebody new or of `champion`; nil with what is wrong.
    func read(_ reader: inout FormReader, for champion: Champion?) -> (wish: ChampionWish, person: String?)? {
        let chosen = reader.form["person"]
        var person = picture.team.first { $0.id == chosen }.map { (id: $0.id, name: $0.name) }
        if person == nil, let champion, let own = champion.personID, own == chosen { person = (own, champion.name) }
        let typed = reader.optionalText("name", max: 100)
        if typed == nil && person == nil { reader.fail("name", "Write their name, or choose their account.") }
        // Whoever has an account is called what the account says.
        let wish = Self.rest(&reader, name: person?.name ?? typed ?? "", picture.hub)
        guard reader.errors.isEmpty else { return nil }
        return (wish, person?.id)
    }

    /// What every way of volunteering asks beside the name.
    static func rest(_ reader: inout FormReader, name: String, _ hub: HubGround) -> ChampionWish {
        let email = reader.optionalText("email", max: 200)
        if let email, !email.contains("@") || email.contains(where: \.isWhitespace) {
            reader.fail("email", "Write an e-mail address like you@example.org.")
        }
        let telephone = reader.optionalText("telephone", max: 40)
        if let telephone, telephone.count(where: \.isNumber) < 7 { reader.fail("telephone", "Write the whole number.") }
        let said = reader.optionalText("setting_said", max: 200)
        var setting = hub.settings.first { $0.id == reader.form["setting"] }
        // A name that is exactly one setting's is that setting.
        if setting == nil, let said {
            let same = hub.settings.filter { $0.title.lowercased() == said.lowercased() }
            if same.count == 1 { setting = same.first }
        }
        let note = reader.optionalText("note", max: 20_000)
        return ChampionWish(
            name: name, email: email, telephone: telephone, settingID: setting?.id, settingSaid: setting == nil ? said : nil,
            area: hub.areas.first { $0.id == reader.form["wish"] }, shares: reader.flag("shares"), note: note)
    }
}
