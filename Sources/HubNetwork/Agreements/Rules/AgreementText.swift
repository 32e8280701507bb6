internal import Crypto
internal import Foundation
internal import Page
internal import Store

/// What a pledge or an agreement says, part by part. Once published it never changes (`docs/rules/pledges.md`).
struct AgreementText: Sendable, Equatable {
    var title = ""
    /// In paragraphs.
    var opening = ""
    /// What is promised, numbered.
    var aims: [String] = []
    /// Who does what: "The hub lead: calls the meetings".
    var duties: [String] = []
    /// How all of them treat one another.
    var principles: [String] = []
    /// The hub signs it too, and only then it stands.
    var needsBoth = false
    /// A signature holds for a year from its day.
    var renews = false

    /// The whole of it as plain text: what the fingerprint is of, and what anybody can take home and check.
    var sealed: String {
        var parts = [title]
        if !opening.isEmpty { parts.append(opening) }
        if !aims.isEmpty { parts.append(aims.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n")) }
        if !duties.isEmpty { parts.append("Who does what\n" + duties.map { "- \($0)" }.joined(separator: "\n")) }
        if !principles.isEmpty { parts.append("How we work together\n" + principles.map { "- \($0)" }.joined(separator: "\n")) }
        parts.append(terms)
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// How it is signed and for how long, in words.
    var terms: String {
        (needsBoth ? "The setting signs it and the hub signs it." : "The setting signs it.")
            + (renews ? " A signature holds for a year from its day." : " A signature holds until it is taken back.")
    }

    /// SHA-256 (FIPS 180-4) of the plain text, as `sha256sum` writes it.
    var fingerprint: String {
        SHA256.hash(data: Array(sealed.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// The lines of a box somebody typed in, without the numbers and bullets they may have put before them.
    static func lines(_ typed: String) -> [String] {
        typed.split(whereSeparator: \.isNewline).map { line in
            var rest = line.drop { $0.isWhitespace }
            if let first = rest.first, "•-–*·".contains(first) {
                rest = rest.dropFirst().drop { $0.isWhitespace }
            } else {
                let digits = rest.prefix { $0.isNumber }
                let after = rest.dropFirst(digits.count)
                if !digits.isEmpty, digits.count < 3, let mark = after.first, ".)".contains(mark), after.dropFirst().first == " " {
                    rest = after.dropFirst().drop { $0.isWhitespace }
                }
            }
            while rest.last?.isWhitespace == true { rest.removeLast() }
            return String(rest)
        }.filter { !$0.isEmpty }
    }
}

extension AgreementText {
    init(_ row: Row) {
        title = row.text("title")
        opening = row.text("opening")
        aims = AgreementText.kept(row.text("aims"))
        duties = AgreementText.kept(row.text("duties"))
        principles = AgreementText.kept(row.text("principles"))
        needsBoth = row.bool("needs_both")
        renews = row.bool("renews")
    }

    private static func kept(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    /// The lists as a column keeps them.
    static func kept(_ lines: [String]) -> String { lines.joined(separator: "\n") }
}

/// What kind of promise it is.
enum AgreementKind: String, Sendable, CaseIterable, Bindable {
    case pledge, collaboration

    var name: String { self == .pledge ? "Pledge" : "Collaboration agreement" }

    /// In the middle of a sentence.
    var word: String { self == .pledge ? "pledge" : "agreement" }
}
