/// Invented names that sound right and belong to nobody. A test holds them against every name on the real registers.
struct SampleNames {
    private var used: Set<String> = []

    /// A name for a setting of this type that no other invented setting has.
    mutating func next(_ type: SettingType, _ dice: inout SampleDice) -> String {
        for _ in 0..<200 {
            let name = make(type, &dice)
            if used.insert(name.lowercased()).inserted { return name }
        }
        let name = "\(make(type, &dice)) \(used.count)"
        used.insert(name.lowercased())
        return name
    }

    private func make(_ type: SettingType, _ dice: inout SampleDice) -> String {
        let place = "\(dice.pick(SampleNames.firsts) ?? "")\(dice.pick(SampleNames.seconds) ?? "")"
        func ending(_ words: [String]) -> String { dice.pick(words) ?? "" }
        switch type {
        case .childminder, .homeChildcarer:
            return
                "\(dice.pick(SampleNames.people) ?? "") \(dice.pick(SampleNames.surnames) ?? "")\(dice.pick(SampleNames.tails) ?? "")"
        case .domestic: return "\(place) House Childcare"
        case .dayNursery:
            return
                "\(place) \(ending(["Nursery", "Day Nursery", "Lane Nursery", "Early Years", "Kindergarten", "Montessori"]))"
        case .preschool:
            return "\(place) \(ending(["Pre-school", "Playgroup", "Hall Pre-school", "Community Pre-school"]))"
        case .outOfSchool:
            return "\(place) \(ending(["After School Club", "Holiday Club", "Breakfast and After School Club"]))"
        case .groupProvider: return "\(place) \(ending(["Crèche", "Family Space", "Under Fives"]))"
        case .nurserySchool: return "\(place) Nursery School"
        case .school:
            return
                "\(place) \(ending(["Primary School", "Infant School", "Primary Academy", "Community Primary School"]))"
        case .specialSchool: return "\(place) Special School"
        case .childrensCentre: return "\(place) Children’s Centre"
        case .stayAndPlay:
            return "\(place) \(ending(["Stay and Play", "Tots", "Thursday Stay and Play", "Baby and Toddler Group"]))"
        case .childminderGroup: return "\(place) Childminder Drop-in"
        case .healthCentre: return "\(place) Health Centre"
        case .agency, .other: return place
        }
    }

    /// A street that is nowhere.
    static func street(_ dice: inout SampleDice) -> String {
        let kinds: [String] = ["Road", "Street", "Lane", "Way", "Close"]
        let name = "\(dice.pick(firsts) ?? "")\(dice.pick(seconds) ?? "")"
        return "\(dice.number(1...180)) \(name) \(dice.pick(kinds) ?? "")"
    }

    /// Postcodes of an area that does not exist: no real one begins with FQ.
    static func postcode(_ dice: inout SampleDice) -> String {
        let letters: [String] = [
            "A", "B", "D", "E", "F", "G", "H", "J", "L", "N", "P", "Q", "R", "S", "T", "U", "W", "X", "Y", "Z",
        ]
        return "FQ\(dice.number(1...9)) \(dice.number(1...9))\(dice.pick(letters) ?? "A")\(dice.pick(letters) ?? "A")"
    }

    private static let firsts: [String] = [
        "Lark", "Tide", "Brannoc", "Teasel", "Wherry", "Marram", "Bobbin", "Cobnut", "Dunlin", "Elver", "Fennel",
        "Gannet",
        "Harrow", "Inkle", "Jesmin", "Kittle", "Lantern", "Merle", "Nettle", "Osier", "Pippin", "Quill", "Rushel",
        "Sallow",
        "Tansel", "Umber", "Vellum", "Wimble", "Yarrel", "Zephyr", "Sedge", "Thimble", "Wagtel", "Bramblen", "Cressel",
    ]
    private static let seconds: [String] = [
        "mill", "wick", "combe", "garth", "holme", "mere", "stead", "brook", "hythe", "ridge", "field", "wharf",
        "croft", "lea",
        "bourne", "quay", "hatch", "copse",
    ]
    private static let people: [String] = [
        "Aisha", "Priya", "Fatima", "Grace", "Blessing", "Danuta", "Yasmin", "Chloe", "Ngozi", "Rukhsana", "Maria",
        "Ioana",
        "Tania", "Shabnam", "Femi", "Kwame", "Sofia", "Leila", "Ruth", "Nasreen", "Olena", "Hodan", "Joy", "Mehwish",
        "Ewa",
        "Carmen", "Sunita", "Abena", "Zainab", "Megan", "Thandi", "Lucia", "Farida", "Denise", "Amina", "Karthika",
    ]
    private static let surnames: [String] = [
        "Tindle", "Marrow", "Oxhal", "Brockle", "Wensel", "Haver", "Quarring", "Ambler", "Fothing", "Ruddle", "Sparrin",
        "Threlk", "Underh", "Vennel", "Wadding", "Yelver", "Cattle", "Drumbel", "Eddle", "Gossel",
    ]
    private static let tails: [String] = [
        "wick", "by", "low", "mere", "stow", "ham", "dale", "worth", "thorne", "sley",
    ]
}
