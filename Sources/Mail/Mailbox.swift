internal import Store

/// Who a letter is from or to: an address, and perhaps a name before it.
public struct Mailbox: Sendable, Hashable {
    public let name: String
    public let address: String

    /// Nil when the address is not one we can send to.
    public init?(name: String = "", address: String) {
        guard MailAddress.isGood(address) else { return nil }
        self.name = HeaderLine.tidy(name)
        self.address = address
    }

    /// Reads `name@example.org` or `The Hub <name@example.org>`, the name with or without quotes.
    public init?(_ text: String) {
        let text = HeaderLine.tidy(text)
        guard text.hasSuffix(">") else {
            self.init(address: text)
            return
        }
        guard let open = text.lastIndex(of: "<") else { return nil }
        var name = HeaderLine.tidy(String(text[..<open]))
        if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") { name = String(name.dropFirst().dropLast()) }
        self.init(name: name, address: String(text[text.index(after: open)...].dropLast()))
    }

    /// The part after the @, in small letters.
    public var domain: String { address.split(separator: "@").last.map { $0.lowercased() } ?? "" }

    /// As it stands in a header.
    var header: String { name.isEmpty ? address : "\(HeaderText.phrase(name)) <\(address)>" }
}
