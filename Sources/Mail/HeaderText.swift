internal import Foundation
internal import Store

/// Text as it may stand in the head of a message: nothing in it can begin another line.
enum HeaderText {
    /// One header on as many lines as it needs, with its line end.
    static func line(_ name: StaticString, _ value: String) -> String { "\(name): \(folded(value, after: "\(name)".utf8.count + 2))\r\n" }

    /// Free text, such as a subject: as it is when plain ASCII, else in encoded words (RFC 2047).
    static func free(_ text: String) -> String {
        let tidied = HeaderLine.tidy(text)
        return isPlain(tidied) ? tidied : encodedWords(tidied)
    }

    /// A name before an address: quoted when plain ASCII, else in encoded words.
    static func phrase(_ text: String) -> String {
        let tidied = HeaderLine.tidy(text)
        guard isPlain(tidied) else { return encodedWords(tidied) }
        var quoted = "\""
        for character in tidied {
            if character == "\"" || character == "\\" { quoted.append("\\") }
            quoted.append(character)
        }
        return quoted + "\""
    }

    /// Whether it needs no encoding: visible ASCII, no word so long that a line could not be folded, and nothing that a reader
    /// would take for an encoded word.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (32...126).contains($0) } && !text.contains("=?")
            && text.utf8.split(separator: UInt8(ascii: " ")).allSatisfy { $0.count <= 70 }
    }

    /// `=?utf-8?B?…?=`, each of at most 75 characters and of whole characters, with a space between.
    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var part: [UInt8] = []
        func close() {
            if !part.isEmpty { words.append("=?utf-8?B?\(Data(part).base64EncodedString())?=") }
            part = []
        }
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            // 39 bytes are 52 characters of base64, 64 with those around them: there is room for `Subject: ` on a line of 76.
            if part.count + bytes.count > 39 { close() }
            part += bytes
        }
        close()
        return words.joined(separator: " ")
    }

    /// Breaks at spaces so that lines keep within 78 characters where they can. What reaches here has no line breaks.
    private static func folded(_ value: String, after width: Int) -> String {
        var folded = ""
        var column = width
        for word in HeaderLine.tidy(value).split(separator: " ") {
            let length = word.utf8.count
            if folded.isEmpty {
                column += length
            } else if column + 1 + length > 78 {
                folded += "\r\n "
                column = 1 + length
            } else {
                folded += " "
                column += 1 + length
            }
            folded += word
        }
        return folded
    }
}
