/// The codes of Ofsted's feed to authorities, and what they are to us.
enum FeedCodes {
    /// `CMR` childminder, `CCN` non-domestic, `CCD` domestic, `HCR` home childcarer; nil for a code we do not know.
    static func type(_ code: String) -> SettingType? {
        switch code {
        case "CMR": .childminder
        case "CCN": .groupProvider
        case "CCD": .domestic
        case "HCR": .homeChildcarer
        case "RPP": .other
        default: nil
        }
    }

    /// The kind in the published register's words.
    static func kind(_ code: String) -> String {
        switch code {
        case "CMR": "Childminder"
        case "CCN": "Childcare on non-domestic premises"
        case "CCD": "Childcare on domestic premises"
        case "HCR": "Home childcarer"
        case "RPP": "Registered person"
        default: code
        }
    }

    static func status(_ code: String) -> String {
        switch code {
        case "ACTV": "Active"
        case "PROP": "Proposed"
        case "INAC": "Inactive"
        case "SUSP": "Suspended"
        case "CANC": "Cancelled"
        case "RESG": "Resigned"
        case "REFU": "Refused"
        default: code
        }
    }

    /// Not open: not yet registered, or no longer. An inactive or suspended provider is still on the register.
    static func isClosed(_ code: String) -> Bool { ["PROP", "CANC", "RESG", "REFU"].contains(code) }

    /// Settings with any of these are never public and never put on a map: anonymous, a women's refuge, the armed forces.
    static let secret: Set<String> = ["ANON", "WREF", "MOD"]

    static func grade(_ judgement: String) -> String? {
        switch judgement.lowercased() {
        case "outstanding": "1"
        case "good": "2"
        case "requires improvement": "3"
        case "inadequate": "4"
        default: nil
        }
    }
}
