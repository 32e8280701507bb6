internal import Store

/// A person's name as it is kept: one line, in any script.
enum PersonName {
    static let longest = 200

    /// The name on one line, without characters that turn the direction of what stands around it (U+202A to U+202E, U+2066 to U+2069).
    /// Nil when nothing of it is a letter.
    static func tidy(_ text: String) -> String? {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value) {
            kept.append(scalar)
        }
        let name = HeaderLine.tidy(String(kept))
        return name.contains(where: \.isLetter) ? name : nil
    }
}
