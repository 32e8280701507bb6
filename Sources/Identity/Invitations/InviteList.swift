internal import House
internal import Store

/// A pasted list of people, in any of the ways mail programs and spreadsheets write them: one on each line, or many in one line as an
/// address field has them.
struct InviteList: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        let name: String
        let email: String
    }

    private(set) var people: [Entry] = []
    /// Lines without an address we could send to, as they stand.
    private(set) var wrong: [String] = []
    /// How often somebody stands there again.
    private(set) var doubles = 0

    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ";").map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
            // Many in one line, each with an address: the field of a letter.
            let each = parts.allSatisfy { $0.contains("@") } ? parts : [String(line)]
            let pieces = each.flatMap { Self.pieces(of: Self.givenNameFirst($0)) }
            if pieces.isEmpty { continue }
            // The headings of a spreadsheet that was copied with them.
            if people.isEmpty, wrong.isEmpty, Self.isHeading(pieces) { continue }
            let entries = Self.entries(pieces)
            if entries.isEmpty || entries.contains(where: { !Self.isGood($0.email) }) { wrong.append(String(line.prefix(80))) }
            for entry in entries where Self.isGood(entry.email) { add(entry) }
        }
    }

    private mutating func add(_ entry: Entry) {
        if people.contains(where: { People.key($0.email) == People.key(entry.email) }) {
            doubles += 1
        } else {
            people.append(entry)
        }
    }

    /// A letter into the world needs a domain with a dot: `amina@gmail` is a slip.
    private static func isGood(_ email: String) -> Bool {
        MailAddress.isGood(email) && email.split(separator: "@").last?.contains(".") == true
    }

    /// `Reed, Alison <alison@…>` with or without quotes is how address books write Alison Reed.
    private static func givenNameFirst(_ line: String) -> String {
        let parts = line.split(separator: "<", maxSplits: 1).map(String.init)
        guard parts.count == 2, !parts[0].contains(where: { ";|@\t".contains($0) }), parts[1].count(where: { $0 == "@" }) == 1 else {
            return line
        }
        let names = parts[0].filter { $0 != "\"" }.split(separator: ",").map(String.init)
        return names.count == 2 ? "\(names[1]) \(names[0]) <\(parts[1])" : line
    }

    /// What stands between the separators, in order; addresses by themselves.
    private static func pieces(of line: String) -> [String] {
        var pieces: [String] = []
        for part in line.split(whereSeparator: { ",;\t<>\"|".contains($0) }) {
            var name: [Substring] = []
            for word in part.split(whereSeparator: \.isWhitespace) {
                if !word.contains("@") {
                    name.append(word)
                    continue
                }
                if !name.isEmpty { pieces.append(name.joined(separator: " ")) }
                name = []
                let address = tidy(String(word))
                // "amina@example.org <amina@example.org>" is one person.
                if pieces.last.map({ People.key($0) != People.key(address) }) ?? true { pieces.append(address) }
            }
            if !name.isEmpty { pieces.append(name.joined(separator: " ")) }
        }
        return pieces
    }

    /// Without what clings to an address when it is copied: signs nobody sees, `mailto:`, quotes, brackets, the stop of a sentence.
    private static func tidy(_ address: String) -> String {
        let unseen: Set<Unicode.Scalar> = ["\u{200B}", "\u{200C}", "\u{200D}", "\u{200E}", "\u{200F}", "\u{2060}", "\u{FEFF}"]
        var text = String(
            String.UnicodeScalarView(address.unicodeScalars.filter { !unseen.contains($0) && !(0x202A...0x202E).contains($0.value) }))
        if text.lowercased().hasPrefix("mailto:") { text.removeFirst(7) }
        while let first = text.first, "'‘“([".contains(first) { text.removeFirst() }
        while let last = text.last, "'’”)].".contains(last) { text.removeLast() }
        return text
    }

    private static func isHeading(_ pieces: [String]) -> Bool {
        let words = Set(pieces.joined(separator: " ").lowercased().split { !$0.isLetter && $0 != "-" }.map(String.init))
        return !pieces.contains { $0.contains("@") } && !words.isDisjoint(with: ["email", "e-mail", "mail", "address"])
    }

    /// The people of a line. With one address all else is its name; with several each has the words before it, or after it where the line
    /// begins with an address.
    private static func entries(_ pieces: [String]) -> [Entry] {
        let addresses = pieces.indices.filter { pieces[$0].contains("@") }
        if addresses.count == 1 {
            return [entry(pieces[addresses[0]], pieces.filter { !$0.contains("@") })]
        }
        let namesFollow = addresses.first == 0 && pieces.count > addresses.count
        return addresses.enumerated().map { place, index in
            let from = namesFollow ? index + 1 : place == 0 ? 0 : addresses[place - 1] + 1
            let to = namesFollow ? (place + 1 < addresses.count ? addresses[place + 1] : pieces.count) : index
            return entry(pieces[index], Array(pieces[from..<to]))
        }
    }

    private static func entry(_ email: String, _ names: [String]) -> Entry {
        let name = String(names.joined(separator: " ").prefix(200))
        return Entry(name: name.isEmpty ? String(email.prefix { $0 != "@" }) : name, email: email)
    }
}
