internal import Foundation

/// A text as it travels: in lines of at most 76 ASCII characters that end in CRLF, however old the servers on the way.
struct BodyText {
    let encoding: String
    let lines: String

    /// Quoted-printable where most of the text is ASCII, so that it can be read raw; base64 where it is not.
    init(_ text: String) {
        let lines = BodyText.lines(of: text)
        let bytes = lines.reduce(0) { $0 + $1.count }
        let strange = lines.reduce(0) { $0 + $1.count { $0 > 126 } }
        if strange * 5 > bytes {
            encoding = "base64"
            let whole = Data(lines.joined(separator: [13, 10]))
            self.lines =
                whole.base64EncodedString(options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed]) + "\r\n"
        } else {
            encoding = "quoted-printable"
            self.lines = lines.map(BodyText.quoted).joined()
        }
    }

    /// The lines of a text, whichever line ends it has.
    private static func lines(of text: String) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var wasReturn = false
        for byte in text.utf8 {
            if byte == 13 || (byte == 10 && !wasReturn) {
                lines.append([])
            } else if byte != 10 {
                lines[lines.count - 1].append(byte)
            }
            wasReturn = byte == 13
        }
        if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// One line in quoted-printable (RFC 2045, 6.7), broken softly where it is long, with its line end.
    private static func quoted(_ line: [UInt8]) -> String {
        var result: [UInt8] = []
        var column = 0
        for (index, byte) in line.enumerated() {
            let isLast = index == line.count - 1
            let isBlank = byte == 32 || byte == 9
            let isPlain = isBlank ? !isLast : (33...126).contains(byte) && byte != UInt8(ascii: "=")
            let width = isPlain ? 1 : 3
            if column + width > 75 {
                result += [UInt8(ascii: "="), 13, 10]
                column = 0
            }
            if isPlain { result.append(byte) } else { result += [UInt8(ascii: "="), digit(byte >> 4), digit(byte & 15)] }
            column += width
        }
        return String(decoding: result + [13, 10], as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? value + 48 : value + 55 }
}
