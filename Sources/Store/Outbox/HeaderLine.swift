/// What may stand in one line of a letter's head.
public enum HeaderLine {
    /// The text on one line: line breaks, tabs and other control characters are spaces, and several spaces are one.
    public static func tidy(_ text: String) -> String {
        var tidied = String.UnicodeScalarView()
        var spaceWaits = false
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator:
                spaceWaits = !tidied.isEmpty
            default:
                if spaceWaits { tidied.append(" ") }
                spaceWaits = false
                tidied.append(scalar)
            }
        }
        return String(tidied)
    }

    /// Whether a text is a web address of visible ASCII that cannot leave the brackets of a header.
    static func isLink(_ text: String) -> Bool {
        guard text.hasPrefix("https://") || text.hasPrefix("http://"), text.utf8.count <= 900 else { return false }
        return text.utf8.allSatisfy {
            (33...126).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: ",")
        }
    }
}
