#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A colour as screens have it (sRGB, eight bits a part).
struct Colour: Hashable, Sendable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Reads `#5b2a6e`, with or without its sign, in small or large letters. Nothing else is a colour here.
    init?(_ text: String) {
        let digits = text.utf8.first == UInt8(ascii: "#") ? text.dropFirst() : text[...]
        guard digits.utf8.count == 6, digits.utf8.allSatisfy(Colour.isDigit), let number = UInt32(digits, radix: 16) else { return nil }
        self.init(red: UInt8(number >> 16), green: UInt8(number >> 8 & 255), blue: UInt8(number & 255))
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        default: false
        }
    }

    static let white = Colour(red: 255, green: 255, blue: 255)
    static let black = Colour(red: 0, green: 0, blue: 0)

    /// `#5b2a6e`
    var hex: String { "#\(digits)" }

    /// `5b2a6e`
    var digits: String {
        [red, green, blue].map { part in
            let text = String(part, radix: 16)
            return text.utf8.count == 1 ? "0\(text)" : text
        }.joined()
    }

    /// How light it is, from 0 to 1 (WCAG 2.2, relative luminance).
    var luminance: Double {
        func linear(_ part: UInt8) -> Double {
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// From 1 (none) to 21 (black and white), the same either way round (WCAG 2.2, contrast ratio).
    func contrast(with other: Colour) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// The colour with so many 255ths of another mixed in.
    func mixed(with other: Colour, _ share: Int) -> Colour {
        func part(_ own: UInt8, _ its: UInt8) -> UInt8 { UInt8((Int(own) * (255 - share) + Int(its) * share + 127) / 255) }
        return Colour(red: part(red, other.red), green: part(green, other.green), blue: part(blue, other.blue))
    }
}
