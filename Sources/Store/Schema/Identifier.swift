/// The name of a table, column or constraint that was found in the database itself, fit to stand in a statement.
///
/// Everywhere else names are literals. Here they are met at run time (a backup takes whatever tables there are), so they are
/// checked against the few letters this house's names are made of, and quoted: a keyword such as `order` is a name too.
/// It cannot be made outside this room.
struct Identifier: Sendable, Hashable {
    let name: String

    /// PostgreSQL cuts longer names short.
    private static let longest = 63

    /// Throws `StoreError.faulty` for anything but lower-case letters, digits and underscores that begin with a letter.
    init(checking name: String) throws(StoreError) {
        let bytes = name.utf8
        guard let first = bytes.first, Identifier.isLetter(first), bytes.count <= Identifier.longest,
            bytes.allSatisfy({ Identifier.isLetter($0) || Identifier.isDigit($0) || $0 == UInt8(ascii: "_") })
        else { throw .faulty("“\(name)” is not a name this program gives to a table or column") }
        self.name = name
    }

    /// None of the letters allowed needs doubling or escaping between the quotes.
    var quoted: String { "\"\(name)\"" }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
