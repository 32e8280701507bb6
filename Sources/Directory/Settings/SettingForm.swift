internal import House
internal import Page
internal import Store

/// The form of a setting's facts, for correcting one and for adding one.
struct SettingForm {
    /// Reads the facts typed. A value that cannot be right is said and kept on the page.
    static func read(_ form: FormData, isNew: Bool) -> (facts: [(field: CorrectableField, value: String?)], errors: FieldErrors) {
        var reader = FormReader(form)
        var facts: [(CorrectableField, String?)] = []
        let type = reader.choice("type", of: SettingType.self, missing: "Choose what kind of setting it is.")
        facts.append((.type, type?.rawValue))
        if isNew && type?.isHome != true {
            facts.append((.name, reader.text("name", missing: "Write the setting’s name.")))
        } else {
            facts.append((.name, reader.optionalText("name")))
        }
        facts.append((.address, reader.optionalText("address", max: 300)))
        facts.append((.town, reader.optionalText("town", max: 100)))
        var postcode = reader.optionalText("postcode", max: 20)
        if let text = postcode {
            postcode = Postcode(text)?.text
            if postcode == nil { reader.fail("postcode", "Write the whole postcode, such as E15 4QZ, or leave it empty.") }
        }
        facts.append((.postcode, postcode))
        facts.append((.ward, reader.optionalText("ward_code", max: 12)))
        facts.append(
            (
                .places,
                reader.optionalInt("places", in: 0...5_000, wrong: "Write the number of places in figures, from 0 to 5,000.")
                    .map(String.init)
            ))
        facts.append((.telephone, reader.optionalText("telephone", max: 40)))
        let email = reader.optionalText("email", max: 200)
        if let email, !email.isEmailShaped { reader.fail("email", "Write the e-mail address in full, such as name@example.org.") }
        facts.append((.email, email))
        facts.append((.website, reader.optionalText("website", max: 300)))
        if !isNew {
            facts.append((.status, reader.choice("status", from: ["open", "closed", "gone"], missing: "Say whether it is open.")))
        }
        facts.append((.note, reader.optionalText("note", max: 5_000)))
        return (facts.map { (field: $0.0, value: $0.1) }, reader.errors)
    }

    /// The fields, with the wards to choose from.
    static func fields(wards: [Choice], isNew: Bool, isGone: Bool = false) -> [Field] {
        let types = SettingType.allCases.map { Choice($0.rawValue, $0.name, mark: $0.mark) }
        var fields: [Field] = [
            .select("type", "Kind of setting", choices: types, prompt: "Choose one"),
            .text("name", "Name", hint: "For a childminder you may leave this empty."),
            .text("address", "Address").optional(), .text("town", "Town").optional(),
            Field.postcode("postcode", hint: "Its ward and its place on the map follow from this.").optional(),
            .select(
                "ward_code", "Ward", choices: wards, prompt: "From the postcode",
                hint: "Only when there is no postcode, or when the postcode’s ward is wrong."),
            Field.number("places", "Places").optional(), Field.telephone("telephone", "Telephone").optional(),
            Field.email("email", "E-mail").optional(), Field.url("website", "Website").optional(),
        ]
        if !isNew {
            var states = [Choice("open", "Open"), Choice("closed", "Closed")]
            if isGone { states.append(Choice("gone", "No longer on its register; not yet known")) }
            fields.append(.radios("status", "Open or closed", choices: states))
        }
        fields.append(
            Field.textArea("note", "Note for the team", hint: "Only the hub’s team sees this. Do not write about a child.", rows: 3)
                .optional())
        return fields
    }

    /// The wards a hub or the setting's authority offers, named with their authority.
    static func wards(in session: any Session, authority: String?) throws -> [Choice] {
        let rows =
            if let authority {
                try session.all(
                    """
                    select w.code, w.name, a.name as authority from ward w left join authority a on a.code = w.authority_code
                    where w.authority_code = \(authority) order by w.name, w.code
                    """)
            } else {
                try session.all(
                    """
                    select w.code, w.name, a.name as authority from ward w left join authority a on a.code = w.authority_code
                    where w.authority_code in (select distinct authority_code from ward join hub_ward on ward_code = code)
                    order by a.name, w.name, w.code
                    """)
            }
        return rows.map { row in
            let name = row.text("name")
            return Choice(row.text("code"), row.textOrNil("authority").map { "\(name), \($0)" } ?? name)
        }
    }
}

extension String {
    /// Has something before an `@` and a dot after it. Whether it works, only a message shows.
    var isEmailShaped: Bool {
        let parts = split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !contains(" ")
            && parts[1].first != "." && parts[1].last != "."
    }
}
