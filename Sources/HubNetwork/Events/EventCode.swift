internal import Civil
internal import Identity

/// The code in the address of a page that is open to everybody at an event, to sign or to volunteer: twelve letters and figures that cannot be taken for one another, some 59 bits of chance.
enum EventCode {
    private static let letters = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ")

    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return String((0..<12).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] })
    }

    /// The code in what somebody typed or opened: capitals, hyphens and spaces do not matter. Nil for what cannot be one.
    static func read(_ typed: String) -> String? {
        let plain = typed.uppercased().filter { $0 != "-" && $0 != " " }
        return plain.count == 12 && plain.allSatisfy(letters.contains) ? plain : nil
    }

    /// In threes of four, to be typed from a poster.
    static func shown(_ code: String) -> String {
        stride(from: 0, to: 12, by: 4).map { String(code.dropFirst($0).prefix(4)) }.joined(separator: "-")
    }

    /// What is kept of it to find it by, however it was typed. `purpose` keeps the codes of one kind of event from opening another's page.
    static func hash(_ code: String, for purpose: String) -> String { Secrets.hash("\(purpose) event \(read(code) ?? code)") }

    /// Whether it opens its page.
    enum State: Sendable, Equatable { case open, notYet, over, closed }

    static func state(first: Day, last: Day, isClosed: Bool, on today: Day) -> State {
        if isClosed { return .closed }
        if today < first { return .notYet }
        return today > last ? .over : .open
    }
}
