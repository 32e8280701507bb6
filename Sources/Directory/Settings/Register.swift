public import Store

/// An official list. A URN is text within one of these: a six-figure Ofsted URN can equal a school's.
public enum Register: String, Sendable, CaseIterable, Bindable {
    case ofsted
    case gias
    /// Childminder agencies, which Ofsted publishes in a file of their own.
    case agency
    /// A council's or hub's own list.
    case list
    /// Ofsted's daily feed to the authority. Its numbers are the Ofsted register's; its facts are kept apart, because the
    /// published file leaves names and addresses of homes out and must not wipe them.
    case feed

    public var name: String {
        switch self {
        case .ofsted: "Ofsted register"
        case .gias: "Get Information About Schools"
        case .agency: "Ofsted’s childminder agencies"
        case .list: "Local list"
        case .feed: "Ofsted’s feed to the authority"
        }
    }
}

/// A unique reference number within its register.
public struct URN: Sendable, Hashable {
    public let register: Register
    public let value: String

    /// A number this program gave or the database holds.
    public init(trusted value: String, in register: Register) {
        self.register = register
        self.value = value
    }

    /// Reads a number as people write it. Nil when no number of that register looks like this.
    ///
    /// Ofsted: `EY` and six or seven figures, `VC` and six, or six or seven figures alone; agencies: `CA` and six;
    /// schools: five or six figures (`docs/rules/urns.md`). `RP` numbers name a person, not a setting.
    public init?(_ text: String, in register: Register) {
        let value = text.filter { !$0.isWhitespace && $0 != "\u{A0}" }.uppercased()
        let letters = value.prefix { $0.isLetter }
        let figures = value.dropFirst(letters.count)
        guard !figures.isEmpty, figures.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
        let fits =
            switch (register, String(letters)) {
            case (.ofsted, "EY"): (6...7).contains(figures.count)
            case (.ofsted, "VC"), (.agency, "CA"): figures.count == 6
            case (.ofsted, ""): (6...7).contains(figures.count)
            // The feed comes straight from Ofsted: its numbers are taken a little more freely.
            case (.feed, "EY"), (.feed, "VC"), (.feed, "CA"), (.feed, ""): (5...7).contains(figures.count)
            case (.gias, ""): (5...6).contains(figures.count)
            default: false
            }
        guard fits else { return nil }
        self.init(trusted: value, in: register)
    }

    /// The same Ofsted number written the other way: seven figures with or without `EY` in front.
    public var alternative: URN? {
        guard register == .ofsted else { return nil }
        if value.hasPrefix("EY"), value.count == 9 { return URN(trusted: String(value.dropFirst(2)), in: .ofsted) }
        if value.count == 7, value.first?.isNumber == true { return URN(trusted: "EY\(value)", in: .ofsted) }
        return nil
    }
}
