internal import House

/// What the words of councils and hubs for kinds of settings are to us.
enum ListWords {
    /// The kind of setting; `.other` for words that say none.
    static func type(_ words: String) -> SettingType {
        let text = SortKey.of(words)
        if let exact = SettingType.allCases.first(where: {
            SortKey.of($0.rawValue) == text || SortKey.of($0.name) == text
        }) {
            return exact
        }
        for (type, signs) in signs where signs.contains(where: { text.contains($0) }) { return type }
        return .other
    }

    /// In this order: "childminder drop in" is no childminder, and "nursery school" no day nursery.
    private static let signs: [(SettingType, [String])] = [
        (
            .childminderGroup,
            ["cm drop in", "childminder drop", "childminders drop", "childminder group", "childminding group"]
        ),
        (.agency, ["childminder agency", "childminding agency"]),
        (.childminder, ["childminder", "childminding"]),
        (.homeChildcarer, ["home childcarer", "nanny"]),
        (.domestic, ["domestic premises"]),
        (.outOfSchool, ["out of school", "after school", "breakfast club", "holiday", "wraparound"]),
        (.childrensCentre, ["childrens centre", "children centre", "family hub"]),
        (.healthCentre, ["health centre", "health clinic", "baby clinic", "health visitor"]),
        (
            .stayAndPlay,
            ["stay and play", "toddler", "rhyme", "library session", "music session", "play session", "baby group"]
        ),
        (.nurserySchool, ["nursery school"]),
        (.preschool, ["pre school", "preschool", "playgroup", "play group", "sessional"]),
        (.dayNursery, ["day nursery", "nursery", "full day care", "creche", "daycare", "day care"]),
        (.specialSchool, ["special school"]),
        (.school, ["school", "academy"]),
        (.groupProvider, ["non domestic premises", "group"]),
    ]
}
