internal import House
internal import Page
internal import Store

/// A fact staff can correct by hand. What they wrote stands over the register's until it is undone.
enum CorrectableField: String, CaseIterable, Sendable, Bindable {
    case name, type, address, town, postcode
    case ward = "ward_code"
    case places, telephone, email, website, status, note

    var label: String {
        switch self {
        case .name: "Name"
        case .type: "Kind of setting"
        case .address: "Address"
        case .town: "Town"
        case .postcode: "Postcode"
        case .ward: "Ward"
        case .places: "Places"
        case .telephone: "Telephone"
        case .email: "E-mail"
        case .website: "Website"
        case .status: "Open or closed"
        case .note: "Note for the team"
        }
    }

    /// The code that writes the value into its column; the column's name is never made from text that arrived.
    func assignment(_ value: String?) -> SQL {
        switch self {
        case .name: "name = \(value), sort_key = \(SortKey.of(value ?? ""))"
        case .type:
            "type = \(value), is_home = \(SettingType(rawValue: value ?? "")?.isHome ?? false)"
        case .address: "address = \(value)"
        case .town: "town = \(value)"
        case .postcode: "postcode = \(value)"
        case .ward: "ward_code = \(value)"
        case .places: "places = \(value.flatMap { Int($0) })"
        case .telephone: "telephone = \(value)"
        case .email: "email = \(value)"
        case .website: "website = \(value)"
        case .status: "status = \(value ?? "open")"
        case .note: "note = \(value)"
        }
    }

    /// The value now in the setting, as text.
    func value(in setting: Setting) -> String? {
        switch self {
        case .name: setting.name
        case .type: setting.type.rawValue
        case .address: setting.address
        case .town: setting.town
        case .postcode: setting.postcode
        case .ward: setting.wardCode
        case .places: setting.places.map(String.init)
        case .telephone: setting.telephone
        case .email: setting.email
        case .website: setting.website
        case .status: setting.status.rawValue
        case .note: setting.note
        }
    }

    /// The value in words, for a list of changes.
    func words(_ value: String?) -> String? {
        guard let value, !value.isEmpty else { return nil }
        switch self {
        case .type: return SettingType(rawValue: value)?.name ?? value
        case .status: return Setting.Status(rawValue: value)?.words ?? value
        default: return value
        }
    }
}
