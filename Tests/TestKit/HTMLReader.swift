/// Reads HTML into a tree. It closes what authors leave open, knows void elements and raw text, and never fails.
struct HTMLReader {
    private let bytes: [UInt8]
    private var at = 0
    private(set) var hasDoctype = false
    private var open: [Element] = [Element(tag: "", attributes: [])]

    private static let void: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]
    private static let raw: Set<String> = ["script", "style", "textarea", "title"]
    /// Starting one of these ends an open one of its kind.
    private static let siblings: [String: Set<String>] = [
        "li": ["li"], "dt": ["dt", "dd"], "dd": ["dt", "dd"], "option": ["option"], "tr": ["tr", "td", "th"],
        "td": ["td", "th"], "th": ["td", "th"], "p": ["p"],
    ]

    init(_ source: String) { bytes = Array(source.utf8) }

    mutating func read() -> Element {
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "<") {
                readMarkup()
            } else {
                let start = at
                while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
                add(text: decoded(bytes[start..<at]))
            }
        }
        while open.count > 1 { close() }
        return open[0]
    }

    // MARK: Markup

    private mutating func readMarkup() {
        if starts(with: "<!--") {
            skip(past: "-->")
        } else if starts(with: "<!") || starts(with: "<?") {
            if starts(with: "<!doctype html") { hasDoctype = at == 0 }
            skip(past: ">")
        } else if starts(with: "</") {
            at += 2
            let tag = readName()
            skip(past: ">")
            if let index = open.lastIndex(where: { $0.tag == tag }), index > 0 {
                while open.count > index { close() }
            }
        } else if at + 1 < bytes.count, isLetter(bytes[at + 1]) {
            at += 1
            readElement()
        } else {
            add(text: "<")
            at += 1
        }
    }

    private mutating func readElement() {
        let tag = readName()
        var attributes: [(name: String, value: String)] = []
        var closesItself = false
        while at < bytes.count, bytes[at] != UInt8(ascii: ">") {
            if isSpace(bytes[at]) || bytes[at] == UInt8(ascii: "/") {
                closesItself = bytes[at] == UInt8(ascii: "/")
                at += 1
                continue
            }
            closesItself = false
            attributes.append(readAttribute())
        }
        at += 1
        if let ends = Self.siblings[tag], let last = open.last, ends.contains(last.tag) { close() }
        let element = Element(tag: tag, attributes: attributes)
        if Self.void.contains(tag) || closesItself {
            open[open.count - 1].nodes.append(.element(element))
            return
        }
        open.append(element)
        let isSVGTitle = tag == "title" && open.contains { $0.tag == "svg" }
        if Self.raw.contains(tag), !isSVGTitle { readRaw(tag) }
    }

    private mutating func readAttribute() -> (name: String, value: String) {
        let start = at
        while at < bytes.count, !isSpace(bytes[at]), ![61, 62, 47].contains(bytes[at]) || at == start { at += 1 }
        let name = String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
        while at < bytes.count, isSpace(bytes[at]) { at += 1 }
        guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else { return (name, "") }
        at += 1
        while at < bytes.count, isSpace(bytes[at]) { at += 1 }
        guard at < bytes.count else { return (name, "") }
        let quote = bytes[at]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            at += 1
            let from = at
            while at < bytes.count, bytes[at] != quote { at += 1 }
            let value = decoded(bytes[from..<at])
            at += 1
            return (name, value)
        }
        let from = at
        while at < bytes.count, !isSpace(bytes[at]), bytes[at] != UInt8(ascii: ">") { at += 1 }
        return (name, decoded(bytes[from..<at]))
    }

    private mutating func readRaw(_ tag: String) {
        let start = at
        while at < bytes.count, !starts(with: "</\(tag)") { at += 1 }
        let isText = tag == "textarea" || tag == "title"
        var content = bytes[start..<min(at, bytes.count)]
        if tag == "textarea", content.first == 10 { content = content.dropFirst() }
        add(text: isText ? decoded(content) : String(decoding: content, as: UTF8.self))
    }

    // MARK: Small steps

    private mutating func add(text: String) {
        if !text.isEmpty { open[open.count - 1].nodes.append(.text(text)) }
    }

    private mutating func close() {
        let element = open.removeLast()
        open[open.count - 1].nodes.append(.element(element))
    }

    private mutating func readName() -> String {
        let start = at
        while at < bytes.count, !isSpace(bytes[at]), bytes[at] != UInt8(ascii: ">"), bytes[at] != UInt8(ascii: "/") {
            at += 1
        }
        return String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
    }

    private func starts(with text: String) -> Bool {
        guard at + text.utf8.count <= bytes.count else { return false }
        return zip(bytes[at...], text.utf8).allSatisfy { byte, wanted in
            byte == wanted || ((0x41...0x5A).contains(byte) && byte | 0x20 == wanted)
        }
    }

    private mutating func skip(past text: String) {
        while at < bytes.count, !starts(with: text) { at += 1 }
        at = min(bytes.count, at + text.utf8.count)
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    private func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }

    /// Text with its character references resolved: numbers, and the few names this house writes. Byte by byte, for a
    /// semicolon followed by a combining mark is one `Character` and would not be found.
    private func decoded(_ slice: ArraySlice<UInt8>) -> String {
        guard slice.contains(UInt8(ascii: "&")) else { return String(decoding: slice, as: UTF8.self) }
        var out: [UInt8] = []
        var rest = slice
        while let mark = rest.firstIndex(of: UInt8(ascii: "&")) {
            out += rest[..<mark]
            rest = rest[mark...]
            let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";"))
            let name = end.map { String(decoding: rest[(mark + 1)..<$0], as: UTF8.self) }
            if let end, let name, let character = Self.character(name[...]) {
                out += character.utf8
                rest = rest[(end + 1)...]
            } else {
                out.append(UInt8(ascii: "&"))
                rest = rest.dropFirst()
            }
        }
        return String(decoding: out + rest, as: UTF8.self)
    }

    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ndash": "–", "mdash": "—",
        "rarr": "→", "larr": "←", "hellip": "…", "middot": "·", "copy": "©", "pound": "£", "times": "×",
    ]

    private static func character(_ name: Substring) -> String? {
        guard name.first == "#" else { return named[String(name)] }
        let isHex = name.dropFirst().first == "x" || name.dropFirst().first == "X"
        let number = isHex ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
        return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }
}
