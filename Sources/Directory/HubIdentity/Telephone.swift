/// A telephone number of the United Kingdom as people write it, with words behind it if need be: "020 7946 0123, option 2".
struct Telephone: Sendable, Equatable {
    /// As it is shown.
    let text: String
    /// As it is dialled: digits, beginning with 0.
    let dialled: String

    /// Nil for anything but a whole number that begins with 0 (or +44), and at most forty characters behind it.
    init?(_ text: String) {
        let tidy = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let head = tidy.prefix { $0.isASCII && ($0.isNumber || " +()-.".contains($0)) }
        var digits = head.filter { $0.isASCII && $0.isNumber }
        if head.contains("+") {
            guard tidy.hasPrefix("+44") || tidy.hasPrefix("(+44"), head.filter({ $0 == "+" }).count == 1 else { return nil }
            digits = digits.dropFirst(2).description
            if digits.first != "0" { digits = "0" + digits }
        }
        // Eleven digits; ten in a few old area codes and free numbers.
        let isShort = digits.count == 10 && ["01", "0500", "0800"].contains { digits.hasPrefix($0) }
        guard digits.first == "0", digits.dropFirst().first != "0", digits.count == 11 || isShort, tidy.count - head.count <= 40 else {
            return nil
        }
        self.text = tidy
        dialled = digits
    }

    /// Kept free by Ofcom for films and plays (Ofcom, "Telephone numbers for use in TV and radio drama programmes"): nobody ever answers.
    var isInvented: Bool {
        let ranges: [String] = [
            "0113496", "0114496", "0115496", "0116496", "0117496", "0118496", "0121496", "0131496", "0141496", "0151496", "0161496",
            "02079460", "0191498", "02896496", "02920180", "01632960", "07700900", "0808157", "09098790", "03069990",
        ]
        return ranges.contains { dialled.hasPrefix($0) }
    }
}
