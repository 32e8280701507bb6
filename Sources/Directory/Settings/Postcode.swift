/// A postcode of the right form, written with one space: `E15 4QZ`. Whether it exists is for the postcode table to say.
public struct Postcode: Sendable, Hashable {
    /// `E15 4QZ`.
    public let text: String

    /// `E15`.
    public var outward: Substring { text.prefix { $0 != " " } }

    /// `E15 4`.
    public var sector: String { String(text.dropLast(2)) }

    /// Reads a postcode with any spacing and case. Form: one or two letters, a figure, perhaps a figure or letter; a figure
    /// and two letters (domain §6).
    public init?(_ written: some StringProtocol) {
        var bytes: [UInt8] = []
        for byte in written.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): bytes.append(byte - 32)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
            case UInt8(ascii: " "), 0xC2, 0xA0: continue
            default: return nil
            }
            if bytes.count > 7 { return nil }
        }
        guard bytes.count >= 5 else { return nil }
        let inward = bytes.suffix(3)
        let outward = bytes.dropLast(3)
        let letters = outward.prefix { $0 >= 65 }
        let rest = outward.dropFirst(letters.count)
        guard (1...2).contains(letters.count), (1...2).contains(rest.count), let first = rest.first, first < 65,
            let figure = inward.first, figure < 65, inward.dropFirst().allSatisfy({ $0 >= 65 })
        else { return nil }
        text = String(decoding: outward + [32] + inward, as: UTF8.self)
    }
}
