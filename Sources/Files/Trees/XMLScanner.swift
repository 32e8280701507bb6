/// Reads XML one token at a time from a stream, in little memory.
///
/// It knows elements, attributes, text, CDATA, the five predefined entities and character references. A DOCTYPE is
/// refused, so
/// there are no entities to expand and nothing to fetch: the attacks made of those do not exist here. Namespaces are
/// not resolved;
/// prefixes are dropped.
///
/// Foundation's XMLParser is not used: on Linux it takes a file cut short for a whole one (`<a>`, `<a b='`) and it calls back
/// for every piece, too slowly for a spreadsheet of three million cells. The tests hold this one against it on what both read.
final class XMLScanner {
    enum Token { case start, end, text, finish }

    struct Limits {
        var depth = 100
        var attributes = 256
        /// Bytes in one tag or run of text.
        var token = 32 << 20
        /// The first size of the buffer. Tests make it tiny, so that tokens lie across its ends.
        var buffer = 64 << 10
    }

    /// A range of the buffer, valid until the next token.
    struct Range {
        var start: Int
        var end: Int
    }

    struct Attribute {
        var name: Range
        var value: Range
    }

    // One reader uses a scanner, one call at a time, and no call hands out its insides: checking every access for overlap at run
    // time would only cost (a third of the time, measured).
    let stream: TextStream
    let limits: Limits
    @exclusivity(unchecked) var buffer: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    @exclusivity(unchecked) private var position = 0
    @exclusivity(unchecked) private var end = 0
    private var atEndOfFile = false

    @exclusivity(unchecked) private(set) var line = 1
    /// The names of the elements that are open, one after the other, and where each begins.
    @exclusivity(unchecked) private var openNames: [UInt8] = []
    @exclusivity(unchecked) private var openStarts: [Int] = []
    private var sawRoot = false
    @exclusivity(unchecked) private var owesEnd = false

    /// The last start or end tag's local name.
    @exclusivity(unchecked) private(set) var name = Range(start: 0, end: 0)
    @exclusivity(unchecked) var attributes: [Attribute] = []
    @exclusivity(unchecked) private var textRange = Range(start: 0, end: 0)
    @exclusivity(unchecked) private var textIsLiteral = false

    init(_ stream: any ByteStream, limits: Limits = Limits()) throws(FileProblem) {
        self.stream = try TextStream(stream, isMarkup: true)
        self.limits = limits
        capacity = max(1, limits.buffer)
        buffer = .allocate(capacity: capacity)
    }

    deinit {
        buffer.deallocate()
    }

    /// How many elements are open.
    var depth: Int { openStarts.count }

    /// Moves to the next token. A tag that closes itself gives a start and an end.
    func next() throws(FileProblem) -> Token {
        if owesEnd {
            owesEnd = false
            closeElement()
            return .end
        }
        while true {
            guard try has(1) else { return try finish() }
            if buffer[position] != UInt8(ascii: "<") {
                if try readText() { return .text }
                continue
            }
            _ = try has(2)
            switch end - position > 1 ? buffer[position + 1] : 0 {
            case UInt8(ascii: "?"):
                _ = try take(upTo: "?>", what: "a processing instruction")
            case UInt8(ascii: "!"):
                if try readDeclaration() { return .text }
            case UInt8(ascii: "/"):
                try readEndTag()
                return .end
            default:
                try readStartTag()
                return .start
            }
        }
    }

    // MARK: Tokens

    private func finish() throws(FileProblem) -> Token {
        guard depth == 0 else {
            throw malformed("The file ends before its last element is closed. It may be cut short: get it again.")
        }
        guard sawRoot else { throw malformed("There is no XML element in this file.") }
        return .finish
    }

    /// Takes the run of text up to the next tag. False for white space outside the root element.
    private func readText() throws(FileProblem) -> Bool {
        var index = position
        while true {
            let (bytes, limit) = (buffer, end)
            while index < limit, bytes[index] != UInt8(ascii: "<") { index += 1 }
            if index < limit { break }
            let offset = index - position
            // Moves what has been read to the buffer's start, also when there is no more.
            let isMore = try fillMore()
            index = position + offset
            if !isMore { break }
        }
        textRange = Range(start: position, end: index)
        textIsLiteral = false
        position = index
        try check(textRange)
        if depth > 0 { return true }
        for offset in textRange.start..<textRange.end where !Trimming.isBlank(buffer[offset]) {
            throw malformed("There is text outside the XML elements.")
        }
        return false
    }

    /// A comment is passed over, CDATA is text, anything else that begins with `<!` is refused.
    private func readDeclaration() throws(FileProblem) -> Bool {
        if try has(4), matches("<!--") {
            position += 4
            _ = try take(upTo: "-->", what: "a comment")
            return false
        }
        if try has(9), matches("<![CDATA[") {
            guard depth > 0 else { throw malformed("There is text outside the XML elements.") }
            position += 9
            textRange = try take(upTo: "]]>", what: "a CDATA section")
            textIsLiteral = true
            try check(textRange)
            return true
        }
        throw FileProblem(
            .unsupported, file: stream.name, line: line,
            "This XML declares a document type (DOCTYPE), which is not read: it can make a file fetch or swell. "
                + "Take that line out."
        )
    }

    private func readStartTag() throws(FileProblem) {
        let tag = try takeTag()
        var contents = Range(start: tag.start + 1, end: tag.end - 1)
        let closesItself = contents.end > contents.start && buffer[contents.end - 1] == UInt8(ascii: "/")
        if closesItself { contents.end -= 1 }
        let fullName = try nameRange(contents)
        guard !sawRoot || depth > 0 else { throw malformed("There is more than one root element.") }
        guard depth < limits.depth else {
            throw FileProblem(
                .tooLarge, file: stream.name, line: line,
                "Elements are nested more than \(limits.depth) deep, which no real file needs.")
        }
        sawRoot = true
        openStarts.append(openNames.count)
        openNames.append(
            contentsOf: UnsafeBufferPointer(start: buffer + fullName.start, count: fullName.end - fullName.start))
        try readAttributes(Range(start: fullName.end, end: contents.end))
        name = localPart(fullName)
        owesEnd = closesItself
    }

    private func readEndTag() throws(FileProblem) {
        let tag = try takeTag()
        let fullName = try nameRange(Range(start: tag.start + 2, end: tag.end - 1))
        for index in fullName.end..<(tag.end - 1) where !Trimming.isBlank(buffer[index]) {
            throw malformed("A closing tag has something after its name.")
        }
        guard let start = openStarts.last else { throw malformed("An element is closed that was not opened.") }
        let length = openNames.count - start
        var isSame = length == fullName.end - fullName.start
        if isSame {
            for offset in 0..<length where openNames[start + offset] != buffer[fullName.start + offset] {
                isSame = false
            }
        }
        guard isSame else {
            let opened = String(decoding: openNames[start...].prefix(80), as: UTF8.self)
            throw malformed("The element “\(opened)” is not closed before another one is.")
        }
        name = localPart(fullName)
        attributes.removeAll(keepingCapacity: true)
        closeElement()
    }

    private func closeElement() {
        guard let start = openStarts.popLast() else { return }
        openNames.removeLast(openNames.count - start)
        attributes.removeAll(keepingCapacity: true)
    }

    // MARK: Text

    /// Appends the text of the last text token, references replaced and line ends made LF (XML 1.0 §2.11).
    func appendText(to target: inout [UInt8]) throws(FileProblem) {
        try append(textRange, isLiteral: textIsLiteral, to: &target)
    }

    func malformed(_ message: String) -> FileProblem {
        FileProblem(.malformed, file: stream.name, line: line, message)
    }

    // MARK: Buffer

    /// Whether there are at least this many bytes from here on, reading more if there is need.
    private func has(_ count: Int) throws(FileProblem) -> Bool {
        while end - position < count {
            guard try fillMore() else { return false }
        }
        return true
    }

    private func matches(_ text: StaticString) -> Bool {
        for offset in 0..<text.utf8CodeUnitCount where buffer[position + offset] != text.utf8Start[offset] {
            return false
        }
        return true
    }

    /// Everything up to the mark, which is passed over.
    private func take(upTo mark: StaticString, what: String) throws(FileProblem) -> Range {
        let length = mark.utf8CodeUnitCount
        var offset = 0
        while true {
            while position + offset + length <= end {
                let place = position + offset
                var isMark = true
                for step in 0..<length where buffer[place + step] != mark.utf8Start[step] {
                    isMark = false
                    break
                }
                if isMark {
                    let range = Range(start: position, end: place)
                    for index in range.start..<range.end where buffer[index] == 10 { line += 1 }
                    position = place + length
                    return range
                }
                offset += 1
            }
            guard try fillMore() else {
                throw malformed("The file ends inside \(what). It may be cut short: get it again.")
            }
        }
    }

    /// A whole tag from `<` to `>`; a `>` inside an attribute's quotes does not end it.
    private func takeTag() throws(FileProblem) -> Range {
        var offset = 1
        var quote: UInt8 = 0
        while true {
            let (bytes, first, limit) = (buffer, position, end)
            while first + offset < limit {
                let byte = bytes[first + offset]
                offset += 1
                if quote != 0 {
                    if byte == quote { quote = 0 }
                } else if byte == UInt8(ascii: ">") {
                    let range = Range(start: position, end: position + offset)
                    try check(range)
                    position += offset
                    return range
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                } else if byte == UInt8(ascii: "<") {
                    throw malformed("A tag is opened inside another tag.")
                }
            }
            guard try fillMore() else {
                throw malformed("The file ends inside a tag. It may be cut short: get it again.")
            }
        }
    }

    /// Reads on, keeping the token that has begun. False at the end of the file.
    private func fillMore() throws(FileProblem) -> Bool {
        guard !atEndOfFile else { return false }
        if position > 0 {
            buffer.update(from: buffer + position, count: end - position)
            end -= position
            position = 0
        }
        if end == capacity {
            guard capacity < limits.token else {
                throw FileProblem(
                    .tooLarge, file: stream.name, line: line,
                    "A single piece of this XML is longer than \(sizeInWords(limits.token)).")
            }
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
            larger.update(from: buffer, count: end)
            buffer.deallocate()
            buffer = larger
            capacity *= 2
        }
        let got = try stream.read(into: UnsafeMutableRawBufferPointer(start: buffer + end, count: capacity - end))
        end += got
        atEndOfFile = got == 0
        return got > 0
    }

    /// Counts lines and refuses bytes that are no UTF-8.
    private func check(_ range: Range) throws(FileProblem) {
        let bytes = buffer
        var high: UInt8 = 0
        var lines = 0
        for index in range.start..<range.end {
            let byte = bytes[index]
            high |= byte
            if byte < 0x20 {
                if byte == 10 {
                    lines += 1
                } else if byte != 9, byte != 13 {
                    throw malformed("There is a control character here that XML does not allow.")
                }
            }
        }
        line += lines
        guard high >= 0x80 else { return }
        guard isUTF8(UnsafeBufferPointer(start: buffer + range.start, count: range.end - range.start)) else {
            throw malformed(
                "There are bytes here that are not UTF-8, which this XML says it is written in. Save it as UTF-8.")
        }
    }
}
