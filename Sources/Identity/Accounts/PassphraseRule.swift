internal import Foundation

/// What a passphrase must be (NIST SP 800-63B: length, not kinds of characters).
enum PassphraseRule {
    static let shortest = 12
    static let longest = 200
    /// So much of it must be left over when the words somebody would try first are taken out.
    static let ownPart = 6

    /// What is wrong with it, in words for the person; nil when it will do. `places` are the names of the hub, the settings and whatever
    /// else they work for.
    static func fault(_ passphrase: String, name: String, email: String, places: [String] = []) -> String? {
        // Code points, as NIST counts: a letter of Bengali is often two of them.
        if passphrase.unicodeScalars.count < shortest {
            return "Use at least \(shortest) characters. Three or four words you can remember are good."
        }
        if passphrase.unicodeScalars.count > longest { return "Use at most \(longest) characters." }
        let core = plain(passphrase)
        if Set(passphrase.lowercased()).count < 5 { return "Use more different characters: this one is quickly guessed." }
        let own = tokens(name, from: 3) + [plain(email)] + tokens(String(email.prefix { $0 != "@" }), from: 3)
        if leftOver(core, without: own) < ownPart {
            return "Do not use your own name or address: it is the first thing somebody would try."
        }
        if isCommon(core) || isCommon(passphrase.lowercased().filter { !$0.isWhitespace }) {
            return "This one is on every list of common passwords, or is one of them dressed up. Choose another."
        }
        let field = PassphraseWords.field + places.flatMap { tokens($0, from: 4) }
        if leftOver(core, without: field + own) < ownPart {
            return "Do not make it of words of our work, or of the names of your hub and setting: they are what somebody would try first."
        }
        return nil
    }

    /// Small letters and digits without accents, blanks and signs.
    private static func plain(_ text: String) -> String {
        text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil).filter { $0.isLetter || $0.isNumber }
    }

    private static func tokens(_ text: String, from shortest: Int) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber }.map { plain(String($0)) }.filter { $0.count >= shortest }
    }

    /// How many characters are left when the words are taken out, the longest first. All of them when none is in it.
    private static func leftOver(_ core: String, without words: [String]) -> Int {
        var rest = core
        var isTouched = false
        for word in Set(words).sorted(by: { ($0.count, $0) > ($1.count, $1) }) where rest.contains(word) {
            rest = rest.replacing(word, with: " ")
            isTouched = true
        }
        return isTouched ? rest.filter { $0 != " " }.count : Int.max
    }

    /// Whether it is a common password, or one with the usual digits at its ends, signs for letters, or said twice.
    private static func isCommon(_ text: String) -> Bool {
        let words = PassphraseWords.common
        if words.contains(text) { return true }
        let said = unit(of: text)
        if said != text, said.count < ownPart || words.contains(said) || PassphraseWords.field.contains(said) { return true }
        let front = text.prefix { $0.isNumber }
        let back = String(text.dropFirst(front.count).reversed().prefix { $0.isNumber }.reversed())
        let free = [String(front), back].filter { !words.contains($0) && !isYear($0) }.reduce(0) { $0 + $1.count }
        guard free < ownPart else { return false }
        let start = String(text.dropLast(back.count))
        let bare = [String(start.dropFirst(front.count)), start].map(withoutMarks)
        return (bare + bare.map { spelled($0, one: "i") } + bare.map { spelled($0, one: "l") }).flatMap { [$0, unit(of: $0)] }.contains {
            words.contains($0) || PassphraseWords.field.contains($0)
        }
    }

    /// What a text says over and over, or all of it.
    private static func unit(of text: String) -> String {
        let letters = Array(text)
        for length in stride(from: 1, through: letters.count / 2, by: 1) where letters.count % length == 0 {
            if letters.indices.allSatisfy({ letters[$0] == letters[$0 % length] }) { return String(letters[..<length]) }
        }
        return text
    }

    private static func isYear(_ text: String) -> Bool { text.count == 4 && (text.hasPrefix("19") || text.hasPrefix("20")) }

    private static func withoutMarks(_ text: String) -> String {
        let marks = "!?.,-_#*+/"
        return String(text.drop { marks.contains($0) }.reversed().drop { marks.contains($0) }.reversed())
    }

    /// Digits and signs read as the letters they stand for: "p4ssw0rd".
    private static func spelled(_ text: String, one: Character) -> String {
        let signs: [Character: Character] = ["0": "o", "1": one, "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s"]
        return String(text.map { signs[$0] ?? $0 })
    }
}
