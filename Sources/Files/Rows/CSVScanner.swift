/// Finds records in a text, in place: one reused buffer, fields as ranges of it, nothing allocated per record.
final class CSVScanner {
    private enum Outcome {
        case record
        /// The buffer ends before the record does; the line of the quote that is still open, if one is.
        case more(openQuote: Int?)
        case end
    }

    private static let quote = UInt8(ascii: "\"")

    private let stream: TextStream
    private let options: CSV.Options
    private let reportProgress: ((ReadProgress) throws -> Void)?
    private var decoder = FieldDecoder()

    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// Where the next record begins, and where the bytes read so far end.
    private var start = 0
    private var end = 0
    private var atEndOfFile = false
    private var mayHoldNUL = false

    private var bounds: UnsafeMutablePointer<Row.Bounds>
    private var boundsCapacity: Int
    private var count = 0
    /// Fields with quotes inside that must be taken out once the record is whole.
    private var knotted: [Int] = []
    private var hasHighBytes = false
    private var recordLine = 1
    /// The line after the last record.
    private var line = 1
    private var skipsLineFeed = false

    private(set) var delimiter: UInt8?
    /// 1 for each byte that ends an unquoted field.
    private let ends: UnsafeMutablePointer<UInt8>

    init(_ stream: TextStream, options: CSV.Options, progress: ((ReadProgress) throws -> Void)?) throws {
        self.stream = stream
        self.options = options
        self.reportProgress = progress
        capacity = max(1, options.bufferSize)
        buffer = .allocate(capacity: capacity)
        boundsCapacity = max(1, min(64, options.fieldLimit))
        bounds = .allocate(capacity: boundsCapacity)
        ends = .allocate(capacity: 256)
        ends.initialize(repeating: 0, count: 256)
        try refill(openQuote: nil)
        let text = UnsafeBufferPointer(start: UnsafePointer(buffer), count: end)
        if options.delimiter == nil, let declared = Delimiter.declared(text) {
            delimiter = declared.delimiter
            start = declared.length
            line = 2
        } else if end > 0 {
            let sample = UnsafeBufferPointer(rebasing: text[0..<min(end, 64 << 10)])
            delimiter = options.delimiter ?? Delimiter.sniffed(sample)
        }
        for byte in [delimiter ?? UInt8(ascii: ","), 10, 13] { ends[Int(byte)] = 1 }
    }

    deinit {
        buffer.deallocate()
        bounds.deallocate()
        ends.deallocate()
    }

    var encoding: Encoding { decoder.encoding(isUTF16: stream.isUTF16) }

    /// Moves to the next record; false at the end.
    func next() throws -> Bool {
        while true {
            switch try scan() {
            case .record:
                for index in knotted { untie(index) }
                return true
            case .end:
                return false
            case .more(let openQuote):
                try refill(openQuote: openQuote)
            }
        }
    }

    /// Lends the record `next` found.
    func withRow(_ body: (borrowing Row) throws -> Void) throws {
        if !hasHighBytes || stream.isUTF16 || decoder.allUTF8(buffer, bounds, count) {
            try body(Row(line: recordLine, count: count, base: buffer, bounds: bounds, mayHoldNUL: mayHoldNUL))
        } else {
            try decoder.withDecoded(buffer, bounds, count) { base in
                try body(Row(line: recordLine, count: count, base: base, bounds: bounds, mayHoldNUL: mayHoldNUL))
            }
        }
    }

    // MARK: Scanning

    /// Tries to find one whole record from `start`. Changes nothing but empty lines passed over until it is whole.
    private func scan() throws -> Outcome {
        skipEmptyLines()
        let text = buffer
        let end = end
        let ends = ends
        let delimiter = delimiter ?? UInt8(ascii: ",")
        var index = start
        if index == end { return atEndOfFile ? .end : .more(openQuote: nil) }
        var found = 0
        var high: UInt8 = 0
        var lineEndsInside = 0
        knotted.removeAll(keepingCapacity: true)

        while true {
            if found == boundsCapacity { try growBounds() }
            if index < end, text[index] == CSVScanner.quote {
                let quoteLine = line + lineEndsInside
                var isDoubled = false
                var close = index + 1
                var previous: UInt8 = 0
                while true {
                    while close < end, text[close] != CSVScanner.quote {
                        let byte = text[close]
                        high |= byte
                        if byte == 13 || (byte == 10 && previous != 13) { lineEndsInside += 1 }
                        previous = byte
                        close += 1
                    }
                    if close == end {
                        guard atEndOfFile else { return .more(openQuote: quoteLine) }
                        throw unclosedQuote(quoteLine)
                    }
                    if close + 1 == end, !atEndOfFile { return .more(openQuote: nil) }
                    guard close + 1 < end, text[close + 1] == CSVScanner.quote else { break }
                    isDoubled = true
                    previous = 0
                    close += 2
                }
                var after = close + 1
                while after < end, ends[Int(text[after])] == 0 {
                    high |= text[after]
                    after += 1
                }
                if after == end, !atEndOfFile { return .more(openQuote: nil) }
                // Text after the closing quote belongs to the field.
                let hasTail = after > close + 1
                bounds[found] = Row.Bounds(start: Int32(index + 1), end: Int32(hasTail ? after : close))
                if isDoubled || hasTail { knotted.append(found) }
                index = after
            } else {
                let first = index
                while index < end {
                    let byte = text[index]
                    if ends[Int(byte)] != 0 { break }
                    high |= byte
                    index += 1
                }
                if index == end, !atEndOfFile { return .more(openQuote: nil) }
                bounds[found] = Row.Bounds(start: Int32(first), end: Int32(index))
            }
            found += 1
            if index == end { break }
            let byte = text[index]
            index += 1
            if byte == delimiter { continue }
            if byte == 13 { skipsLineFeed = true }
            break
        }
        guard index - start <= options.recordLimit else { throw tooLong(openQuote: nil) }
        recordLine = line
        line += lineEndsInside + 1
        count = found
        hasHighBytes = high >= 0x80
        start = index
        return .record
    }

    private func skipEmptyLines() {
        while start < end {
            let byte = buffer[start]
            if skipsLineFeed {
                skipsLineFeed = false
                if byte == 10 {
                    start += 1
                    continue
                }
            }
            guard byte == 10 || byte == 13 else { return }
            if byte == 13 { skipsLineFeed = true }
            line += 1
            start += 1
        }
    }

    /// Takes the quotes out of a field: doubled ones become one, the closing one goes, what follows it stays.
    private func untie(_ field: Int) {
        var from = Int(bounds[field].start)
        let until = Int(bounds[field].end)
        var to = from
        var isQuoted = true
        while from < until {
            let byte = buffer[from]
            from += 1
            if isQuoted, byte == CSVScanner.quote {
                if from < until, buffer[from] == CSVScanner.quote {
                    from += 1
                } else {
                    isQuoted = false
                    continue
                }
            }
            buffer[to] = byte
            to += 1
        }
        bounds[field].end = Int32(to)
    }

    // MARK: Memory

    private func refill(openQuote: Int?) throws {
        if start > 0 {
            buffer.update(from: buffer + start, count: end - start)
            end -= start
            start = 0
        }
        if end == capacity {
            guard capacity <= min(options.recordLimit, 1 << 30) else { throw tooLong(openQuote: openQuote) }
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
            larger.update(from: buffer, count: end)
            buffer.deallocate()
            buffer = larger
            capacity *= 2
        }
        let free = UnsafeMutableRawBufferPointer(start: buffer + end, count: capacity - end)
        let got = try stream.read(into: free)
        atEndOfFile = got < free.count
        if !mayHoldNUL { mayHoldNUL = free[0..<got].contains(0) }
        end += got
        try reportProgress?(stream.progress)
    }

    private func growBounds() throws {
        guard boundsCapacity < options.fieldLimit else {
            throw FileProblem(
                .tooLarge, file: stream.name, line: line,
                "This record has more than \(options.fieldLimit) fields. Check that the file is a table with "
                    + "commas between fields."
            )
        }
        let larger = UnsafeMutablePointer<Row.Bounds>.allocate(capacity: min(boundsCapacity * 2, options.fieldLimit))
        larger.update(from: bounds, count: boundsCapacity)
        bounds.deallocate()
        bounds = larger
        boundsCapacity = min(boundsCapacity * 2, options.fieldLimit)
    }

    // MARK: Refusals

    private func unclosedQuote(_ quoteLine: Int) -> FileProblem {
        FileProblem(
            .malformed, file: stream.name, line: quoteLine,
            "A quotation mark opened on this line is never closed. Close it, or write two of them where one is meant.")
    }

    private func tooLong(openQuote: Int?) -> FileProblem {
        let cause = openQuote.map { " A quotation mark opened on line \($0) is probably never closed." } ?? ""
        return FileProblem(
            .tooLarge, file: stream.name, line: line,
            "The record that begins on this line is longer than \(sizeInWords(options.recordLimit)).\(cause)")
    }
}
