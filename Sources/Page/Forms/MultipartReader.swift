/// Something found in an upload.
public enum MultipartEvent: Sendable, Equatable {
    /// A plain field, whole.
    case field(name: String, value: String)
    /// A file begins. `filename` is its last part only, as the person's machine called it: text, never a path to write to.
    case fileStart(name: String, filename: String, contentType: String)
    /// The next bytes of the file.
    case fileBytes(ArraySlice<UInt8>)
    /// The file is complete.
    case fileEnd
}

/// Reads a `multipart/form-data` body (RFC 7578) as it arrives, holding no more than one piece of it in memory.
///
///     var reader = try MultipartReader(contentType: header)
///     for try await chunk in body {
///         for event in try reader.consume(chunk) { ... }
///     }
///     try reader.finish()
///
/// Strict where two readers could differ, since that is where attacks live: bare line feeds and folded lines in
/// headers, a boundary followed by other text, text after the last boundary and a missing last boundary are refused.
public struct MultipartReader: Sendable {
    private enum State { case preamble, afterBoundary, headers, field, file, closed }

    private let delimiter: [UInt8]
    private let limits: FormLimits
    private var state = State.preamble
    /// Bytes that could be the start of something and wait for the next piece. The line end in front lets the very
    /// first boundary be found like every other.
    private var waiting: [UInt8] = [13, 10]
    private var part = MultipartPart()
    private var value: [UInt8] = []
    private var fileCount = 0
    private var isFileOpen = false
    /// The line end between headers and content is still in front of the first piece.
    private var isFirstOfPart = false
    private var parts = 0
    private var fields = 0
    private var plainBytes = 0
    private var preambleBytes = 0

    /// Takes the boundary from the request's `Content-Type`.
    public init(contentType: String, limits: FormLimits = FormLimits()) throws(FormProblem) {
        guard let boundary = MultipartPart.boundary(in: contentType) else { throw FormProblem(.malformed) }
        delimiter = [13, 10, 45, 45] + boundary
        self.limits = limits
    }

    /// Takes the next piece of the body and says what was found in it.
    public mutating func consume(_ bytes: [UInt8]) throws(FormProblem) -> [MultipartEvent] {
        try consume(bytes[...])
    }

    /// Takes the next piece of the body and says what was found in it.
    public mutating func consume(_ bytes: ArraySlice<UInt8>) throws(FormProblem) -> [MultipartEvent] {
        let work = waiting + bytes
        var at = 0
        var events: [MultipartEvent] = []
        var isMoving = true
        while isMoving {
            switch state {
            case .preamble, .field, .file: isMoving = try readBody(work, &at, &events)
            case .afterBoundary: isMoving = try readBoundaryEnd(work, &at)
            case .headers: isMoving = try readHeaders(work, &at, &events)
            case .closed: isMoving = try readEpilogue(work, &at)
            }
        }
        waiting = Array(work[at...])
        return events
    }

    /// Says whether the body was complete. A body without its last boundary was cut off and is refused.
    public mutating func finish() throws(FormProblem) {
        guard state == .closed else { throw FormProblem(.unfinished) }
    }

    // MARK: The four kinds of place

    /// Passes on content up to the next delimiter, or all but what could be the start of one.
    private mutating func readBody(
        _ work: [UInt8], _ at: inout Int, _ events: inout [MultipartEvent]
    ) throws(FormProblem) -> Bool {
        let found = position(of: delimiter, in: work, from: at)
        var end = found ?? max(at, work.count - delimiter.count + 1)
        if isFirstOfPart, end - at < 2 { end = at }
        if end > at { try take(work[at..<end], &events) }
        at = end
        guard found != nil else { return false }
        at += delimiter.count
        try endPart(&events)
        state = .afterBoundary
        return true
    }

    /// After a boundary comes a line end (another part) or `--` (the end).
    private mutating func readBoundaryEnd(_ work: [UInt8], _ at: inout Int) throws(FormProblem) -> Bool {
        var next = at
        while next < work.count, work[next] == 32 || work[next] == 9 { next += 1 }
        guard next - at <= 64 else { throw FormProblem(.malformed) }
        guard next + 1 < work.count else { return false }
        switch (work[next], work[next + 1]) {
        case (13, 10):
            state = .headers
            parts += 1
            guard parts <= limits.parts else { throw FormProblem(.tooManyFields) }
        case (45, 45) where next == at: state = .closed
        default: throw FormProblem(.malformed)
        }
        at = next + 2
        return true
    }

    private mutating func readHeaders(
        _ work: [UInt8], _ at: inout Int, _ events: inout [MultipartEvent]
    ) throws(FormProblem) -> Bool {
        let blank: [UInt8] = [13, 10, 13, 10]
        guard let end = position(of: blank, in: work, from: at) else {
            guard work.count - at <= MultipartPart.longestHeaders else { throw FormProblem(.malformed) }
            return false
        }
        guard end - at <= MultipartPart.longestHeaders, let read = MultipartPart(headers: work[at..<end]) else {
            throw FormProblem(.malformed)
        }
        guard read.name.utf8.count <= limits.nameBytes else { throw FormProblem(.nameTooLong) }
        part = read
        // The second line end may also begin the delimiter of an empty part.
        at = end + 2
        startPart(&events)
        return true
    }

    private mutating func readEpilogue(_ work: [UInt8], _ at: inout Int) throws(FormProblem) -> Bool {
        let isBlank = work[at...].allSatisfy { $0 == 13 || $0 == 10 || $0 == 32 || $0 == 9 }
        guard isBlank, work.count - at <= 64 else { throw FormProblem(.malformed) }
        return false
    }

    // MARK: Parts

    private mutating func startPart(_ events: inout [MultipartEvent]) {
        isFirstOfPart = true
        value = []
        fileCount = 0
        isFileOpen = false
        state = part.filename == nil ? .field : .file
        if let filename = part.filename, !filename.isEmpty { openFile(filename, &events) }
    }

    /// A file box left empty comes as a file with neither name nor content, and nothing is said about it.
    private mutating func openFile(_ filename: String, _ events: inout [MultipartEvent]) {
        isFileOpen = true
        events.append(.fileStart(name: part.name, filename: filename, contentType: part.contentType))
    }

    private mutating func take(_ content: ArraySlice<UInt8>, _ events: inout [MultipartEvent]) throws(FormProblem) {
        var content = content
        if isFirstOfPart, state != .preamble {
            content = content.dropFirst(2)
            isFirstOfPart = false
        }
        switch state {
        case .field:
            plainBytes += content.count
            guard value.count + content.count <= limits.valueBytes, plainBytes <= limits.bytes else {
                throw FormProblem(.tooLarge)
            }
            value += content
        case .file where !content.isEmpty:
            fileCount += content.count
            guard fileCount <= limits.fileBytes else { throw FormProblem(.tooLarge) }
            if !isFileOpen { openFile("", &events) }
            events.append(.fileBytes(content))
        case .preamble:
            preambleBytes += content.count
            guard preambleBytes <= 1_024 else { throw FormProblem(.malformed) }
        default: break
        }
    }

    private mutating func endPart(_ events: inout [MultipartEvent]) throws(FormProblem) {
        switch state {
        case .field:
            fields += 1
            guard fields <= limits.fields else { throw FormProblem(.tooManyFields) }
            events.append(.field(name: part.name, value: String(decoding: value, as: UTF8.self)))
            value = []
        case .file where isFileOpen: events.append(.fileEnd)
        default: break
        }
        isFileOpen = false
    }
}

/// Where `needle` first stands in `hay` at or after `start`.
private func position(of needle: [UInt8], in hay: [UInt8], from start: Int) -> Int? {
    hay.withUnsafeBufferPointer { hay in
        needle.withUnsafeBufferPointer { needle in
            guard let first = needle.first, hay.count >= needle.count else { return nil }
            var at = start
            let last = hay.count - needle.count
            while at <= last {
                if hay[at] == first {
                    var matched = 1
                    while matched < needle.count, hay[at + matched] == needle[matched] { matched += 1 }
                    if matched == needle.count { return at }
                }
                at += 1
            }
            return nil
        }
    }
}
