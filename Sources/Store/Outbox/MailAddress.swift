/// Which e-mail addresses we send to.
public enum MailAddress {
    /// Whether a text is a plain address of RFC 5321 in ASCII: `local@domain`, without quotes, comments or address literals. It
    /// cannot hold a line break, a space, a comma or a bracket, so it cannot become a second header or a second reader.
    public static func isGood(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].count) else { return false }
        let words = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return words.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtom) } && isDomain(parts[1])
    }

    /// A name of letters, digits and hyphens with dots between, such as `mail.example.org`.
    public static func isDomain(_ bytes: some Collection<UInt8>) -> Bool {
        guard (1...253).contains(bytes.count) else { return false }
        let hyphen = UInt8(ascii: "-")
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            guard let first = label.first, first != hyphen, label.count <= 63 else { return false }
            let last = label[label.index(label.startIndex, offsetBy: label.count - 1)]
            return last != hyphen && label.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    /// `atext` of RFC 5322, 3.2.3.
    private static func isAtom(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
}
