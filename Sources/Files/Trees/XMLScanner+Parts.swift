/// Names, attributes and references within a token.
extension XMLScanner {
    /// Whether the last tag has this local name.
    func isNamed(_ text: StaticString) -> Bool { equals(name, text) }

    var nameText: String { string(name) }

    func string(_ range: Range) -> String {
        String(
            decoding: UnsafeBufferPointer(start: buffer + range.start, count: range.end - range.start), as: UTF8.self)
    }

    func bytes(_ range: Range) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: buffer + range.start, count: range.end - range.start)
    }

    /// The value of an attribute of the last start tag, by local name, as it is written: for numbers and short codes.
    func rawAttribute(_ text: StaticString) -> Range? {
        for attribute in attributes where equals(localPart(attribute.name), text) { return attribute.value }
        return nil
    }

    /// The value of an attribute of the last start tag, by local name, references replaced.
    func attribute(_ text: StaticString) throws(FileProblem) -> String? {
        guard let range = rawAttribute(text) else { return nil }
        return try value(range)
    }

    /// An attribute's value with its references replaced.
    func value(_ range: Range) throws(FileProblem) -> String {
        var target: [UInt8] = []
        try append(range, isLiteral: false, to: &target)
        return String(decoding: target, as: UTF8.self)
    }

    func equals(_ range: Range, _ text: StaticString) -> Bool {
        guard range.end - range.start == text.utf8CodeUnitCount else { return false }
        let (bytes, other) = (buffer + range.start, text.utf8Start)
        for offset in 0..<text.utf8CodeUnitCount where bytes[offset] != other[offset] {
            return false
        }
        return true
    }

    /// A name without its prefix.
    func localPart(_ full: Range) -> Range {
        let bytes = buffer
        for index in full.start..<full.end where bytes[index] == UInt8(ascii: ":") {
            return Range(start: index + 1, end: full.end)
        }
        return full
    }

    /// The name at the start of the range: letters, digits, `_ - . :` and anything past ASCII, not beginning with a
    /// digit, `-` or `.`.
    func nameRange(_ range: Range) throws(FileProblem) -> Range {
        let text = buffer
        var index = range.start
        while index < range.end, XMLScanner.isNameByte(text[index]) { index += 1 }
        guard index > range.start else { throw malformed("A tag has no proper name. Write “<” in text as “&lt;”.") }
        let first = text[range.start]
        guard first != UInt8(ascii: "-"), first != UInt8(ascii: "."), !(48...57).contains(first) else {
            throw malformed("A name begins with a character it may not begin with.")
        }
        return Range(start: range.start, end: index)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, 95, 45, 46, 58, 128...255: return true
        default: return false
        }
    }

    /// Sets the attributes from the rest of a start tag, in the memory of the last one's.
    func readAttributes(_ range: Range) throws(FileProblem) {
        attributes.removeAll(keepingCapacity: true)
        let text = buffer
        var index = range.start
        while true {
            let before = index
            while index < range.end, Trimming.isBlank(text[index]) { index += 1 }
            if index == range.end { return }
            guard index > before else { throw malformed("There is no space between two attributes.") }
            let name = try nameRange(Range(start: index, end: range.end))
            index = name.end
            while index < range.end, Trimming.isBlank(text[index]) { index += 1 }
            guard index < range.end, text[index] == UInt8(ascii: "=") else {
                throw malformed("An attribute has no value.")
            }
            index += 1
            while index < range.end, Trimming.isBlank(text[index]) { index += 1 }
            guard index < range.end, text[index] == UInt8(ascii: "\"") || text[index] == UInt8(ascii: "'") else {
                throw malformed("An attribute's value is not in quotation marks.")
            }
            let quote = text[index]
            let start = index + 1
            index = start
            while index < range.end, text[index] != quote {
                guard text[index] != UInt8(ascii: "<") else {
                    throw malformed("A tag is opened inside an attribute.")
                }
                index += 1
            }
            guard index < range.end else { throw malformed("An attribute's quotation mark is not closed.") }
            for other in attributes where isSame(other.name, name) { throw malformed("An attribute is there twice.") }
            guard attributes.count < limits.attributes else {
                throw malformed("A tag has more than \(limits.attributes) attributes.")
            }
            attributes.append(Attribute(name: name, value: Range(start: start, end: index)))
            index += 1
        }
    }

    private func isSame(_ one: Range, _ other: Range) -> Bool {
        bytes(one).elementsEqual(bytes(other))
    }

    /// Appends a run of text: line ends as LF, and references replaced unless it is literal (CDATA).
    func append(_ range: Range, isLiteral: Bool, to target: inout [UInt8]) throws(FileProblem) {
        let text = buffer
        var index = range.start
        var plain = index
        while index < range.end {
            let byte = text[index]
            if byte == 13 {
                target.append(contentsOf: bytes(Range(start: plain, end: index)))
                if index + 1 == range.end || text[index + 1] != 10 { target.append(10) }
                index += 1
                plain = index
            } else if byte == UInt8(ascii: "&"), !isLiteral {
                target.append(contentsOf: bytes(Range(start: plain, end: index)))
                index = try appendReference(at: index, until: range.end, to: &target)
                plain = index
            } else {
                index += 1
            }
        }
        target.append(contentsOf: bytes(Range(start: plain, end: range.end)))
    }

    /// Replaces `&amp;` and its like, `&#233;` and `&#xE9;`. Returns where the text goes on.
    private func appendReference(at start: Int, until limit: Int, to target: inout [UInt8]) throws(FileProblem) -> Int {
        var end = start + 1
        while end < limit, end - start <= 12, buffer[end] != UInt8(ascii: ";") { end += 1 }
        guard end < limit, buffer[end] == UInt8(ascii: ";") else {
            throw malformed("There is an “&” that stands for nothing. Write it as “&amp;”.")
        }
        let body = string(Range(start: start + 1, end: end))
        switch body {
        case "amp": target.append(UInt8(ascii: "&"))
        case "lt": target.append(UInt8(ascii: "<"))
        case "gt": target.append(UInt8(ascii: ">"))
        case "quot": target.append(UInt8(ascii: "\""))
        case "apos": target.append(UInt8(ascii: "'"))
        default:
            guard body.utf8.first == UInt8(ascii: "#"), let scalar = XMLScanner.character(body.dropFirst()) else {
                throw FileProblem(
                    .unsupported, file: stream.name, line: line,
                    "The XML entity “&\(body);” is not one of the five every XML has. Write the character itself.")
            }
            appendUTF8(scalar, to: &target)
        }
        return end + 1
    }

    /// A character by number, if XML allows it (XML 1.0 §2.2).
    private static func character(_ digits: Substring) -> UInt32? {
        let isHex = digits.first == "x"
        let number = isHex ? digits.dropFirst() : digits
        guard let first = number.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
        guard let scalar = UInt32(number, radix: isHex ? 16 : 10) else { return nil }
        switch scalar {
        case 9, 10, 13, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: return scalar
        default: return nil
        }
    }
}
