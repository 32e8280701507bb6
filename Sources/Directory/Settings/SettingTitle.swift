/// What a setting is called where its name is not known or not for this reader.
enum SettingTitle {
    /// The name, or "Childminder in Boleyn", or "Childminder in Newham", or "Childminder".
    static func shown(name: String?, type: SettingType, ward: String?, authority: String?) -> String {
        if let name, !name.isEmpty { return name }
        if let place = ward ?? authority { return "\(type.name) in \(place)" }
        return type.name
    }
}
