internal import CCommonPassphrases

/// Words a passphrase may not be made of.
enum PassphraseWords {
    /// What people choose as passwords, and long English words (`Sources/CCommonPassphrases/README.md`). Read once, in some milliseconds.
    static let common: Set<String> = {
        var count = 0
        guard let bytes = common_passphrases(&count) else { return [] }
        let text = UnsafeBufferPointer(start: bytes, count: count).map { UInt8(bitPattern: $0) }
        return Set(text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }).union(more)
    }()

    /// Not on the lists, and chosen all the same.
    private static let more = [
        "qwertyuiop12", "correcthorsebatterystaple", "letmeinletmein", "changemechangeme", "unknownunknown", "iloveyou", "changeme",
        "letmein", "liverpool", "manchester", "birmingham", "southampton", "newcastle", "sheffield", "nottingham", "manchesterunited",
    ]

    /// Words of our field, for whoever guesses knows what we do. They are listed for people in `docs/rules/signing-in.md`.
    static let field: [String] = [
        "early", "years", "year", "hub", "hubs", "eyhub", "nursery", "nurseries", "preschool", "playgroup", "toddler", "toddlers", "baby",
        "babies", "child", "children", "childminder", "childminding", "childcare", "kids", "family", "families", "parent", "parents",
        "teacher", "teaching", "practitioner", "keyworker", "keyperson", "manager", "mentor", "champion", "coordinator", "adviser",
        "advisor",
        "senco", "send", "eyfs", "eypp", "ofsted", "inspection", "outstanding", "reception", "foundation", "stage", "school", "schools",
        "academy", "primary", "infant", "infants", "class", "council", "borough", "county", "authority", "education", "learning", "play",
        "playing", "safeguarding", "ratio", "funded", "hours", "phonics", "dingley", "promise", "makaton", "montessori", "forest",
        "password", "passphrase", "passcode", "welcome", "secret", "admin", "administrator", "login", "signin", "hello", "spring", "summer",
        "autumn", "winter", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
        "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
}
