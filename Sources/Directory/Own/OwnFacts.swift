internal import House
internal import Page

/// The facts a setting's own people change (`docs/rules/own-setting.md`).
enum OwnFacts {
    /// Where it is and how large: facts others plan by, which wait for the hub's team where the hub wants that.
    static let ofRecord: [CorrectableField] = [.name, .address, .town, .postcode, .places]
    /// How it is reached: its own to say, so they stand at once.
    static let contacts: [CorrectableField] = [.telephone, .email, .website]
    static let all = ofRecord + contacts

    static func fields(_ setting: Setting) -> [Field] {
        [
            .text("name", "Name", hint: setting.isHome ? "Shown to everybody only if you agree to it." : nil),
            .text("address", "Address", hint: setting.isHome ? "Never shown to the public: it is your home." : nil).optional(),
            .text("town", "Town").optional(), Field.postcode("postcode").optional(), Field.number("places", "Places").optional(),
            Field.telephone("telephone", "Telephone").optional(), Field.email("email", "E-mail").optional(),
            Field.url("website", "Website").optional(),
        ].map { $0.label == "Name" && setting.isHome ? $0.optional() : $0 }
    }

    /// Reads what was typed by the same rules as the team's form, which asks for more.
    static func read(_ form: FormData, of setting: Setting) -> (facts: [(field: CorrectableField, value: String?)], errors: FieldErrors) {
        let known: [(String, String)] = [("type", setting.type.rawValue), ("status", setting.status.rawValue)]
        var (facts, errors) = SettingForm.read(
            FormData(known + all.map { ($0.rawValue, form[$0.rawValue] ?? "") }), isNew: false)
        facts.removeAll { !all.contains($0.field) }
        // Strangers may see these. What the register holds stays as it is until somebody changes it.
        for (field, value) in facts {
            guard let value, value != field.value(in: setting) else { continue }
            if field == .telephone, Telephone(value) == nil {
                errors.add("telephone", "Write the whole number, such as 020 7946 0123.")
            }
            if field == .website, !isWebsite(value) { errors.add("website", "Write the address of the website, such as www.example.org.") }
        }
        if !setting.isHome, !facts.contains(where: { $0.field == .name && $0.value != nil }) {
            errors.add("name", "Write the setting’s name.")
        }
        return (facts, errors)
    }

    /// `www.example.org/nursery`, with or without `https://` in front.
    static func isWebsite(_ text: String) -> Bool {
        let small = text.lowercased()
        let scheme = ["https://", "http://"].first { small.hasPrefix($0) } ?? ""
        let host = small.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1 && !small.contains(where: \.isWhitespace)
            && labels.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } }
    }
}
