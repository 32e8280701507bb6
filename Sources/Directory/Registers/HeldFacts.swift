internal import House
internal import Store

/// A fact staff corrected by hand, as a load meets it: it stays, whatever the register says.
struct HeldFact {
    let id: String
    let field: String
    let value: String?
    let registerValue: String?
}

extension RegistrationLoad {
    /// The standing corrections of those settings.
    func corrections(of settingIDs: [String]) throws -> [String: [HeldFact]] {
        var held: [String: [HeldFact]] = [:]
        try Batch.each(settingIDs) { batch in
            let rows = try session.all(
                "select * from correction where undone_at is null and setting_id in \(keys: batch)")
            for row in rows {
                held[row.text("setting_id"), default: []].append(
                    HeldFact(
                        id: row.text("id"), field: row.text("field"), value: row.textOrNil("value"),
                        registerValue: row.textOrNil("register_value")))
            }
        }
        return held
    }

    /// Puts corrected facts back over what the register said, and notes where the register now says something new.
    func keep(_ held: [HeldFact], in setting: inout SettingRow, before: SettingRow, facts: RegisterFacts) throws {
        for fact in held {
            guard let field = CorrectableField(rawValue: fact.field), field != .ward, field != .note else { continue }
            let told = setting.value(of: field)
            setting.put(field, from: before)
            if told == fact.registerValue { continue }
            let isDisputed = told != fact.value
            if run.keeps {
                try session.run(
                    "update correction set register_value = \(told), is_disputed = \(isDisputed) where id = \(fact.id)")
            }
            guard isDisputed else { continue }
            journal.add(
                LoadChange(
                    what: .disputed, register: register.rawValue, urn: facts.urn, settingID: setting.id,
                    name: setting.name,
                    field: fact.field, before: fact.value, after: told))
        }
    }
}

extension SettingRow {
    func value(of field: CorrectableField) -> String? {
        switch field {
        case .name: name
        case .type: type.rawValue
        case .address: address
        case .town: town
        case .postcode: postcode
        case .ward: place.ward
        case .places: places.map(String.init)
        case .telephone: telephone
        case .email: email
        case .website: website
        case .status: status.rawValue
        case .note: nil
        }
    }

    mutating func put(_ field: CorrectableField, from other: SettingRow) {
        switch field {
        case .name: name = other.name
        case .type: type = other.type
        case .address: address = other.address
        case .town: town = other.town
        case .postcode: postcode = other.postcode
        case .ward: place.ward = other.place.ward
        case .places: places = other.places
        case .telephone: telephone = other.telephone
        case .email: email = other.email
        case .website: website = other.website
        case .status: status = other.status
        case .note: break
        }
    }
}
