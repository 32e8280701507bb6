/// Comma-separated text (RFC 4180), and what people call by that name.
public enum CSV {
    /// How to read, where the file itself is not to decide.
    public struct Options: Sendable {
        /// The byte between fields; nil: told from the text (comma, semicolon or tab; a first line `sep=;` is obeyed).
        public var delimiter: UInt8?
        /// The most bytes in one record.
        public var recordLimit: Int = 16 << 20
        /// The most fields in one record; as many as Excel has columns.
        public var fieldLimit: Int = 16_384
        /// The first size of the buffer. Tests make it tiny, so that records lie across its ends.
        var bufferSize = 256 << 10

        public init(delimiter: UInt8? = nil) {
            self.delimiter = delimiter
        }
    }

    /// Reads the records one after another without holding the file.
    ///
    /// Lines may end in CRLF, LF or CR; a quoted field may hold line ends and doubled quotes; text after a closing
    /// quote is kept as
    /// it is; a quote inside an unquoted field is a quote. Wholly empty lines are passed over. Records of other
    /// lengths than the
    /// first are handed over as they are. UTF-8, UTF-16 and Windows-1252 are told apart by their bytes (``Encoding``).
    ///
    /// - Parameters:
    ///   - progress: told about every 256 KB of text how far reading has come; throwing from it ends the reading.
    ///   - body: gets each record. Throw ``StopReading`` to end early and quietly, anything else to end with that
    /// error.
    /// - Throws: ``FileProblem`` if the file cannot be read, a quote is never closed (its line is named) or a record
    /// is too large.
    @discardableResult
    public static func read(
        _ source: ByteSource,
        options: Options = Options(),
        progress: ((ReadProgress) throws -> Void)? = nil,
        _ body: (borrowing Row) throws -> Void
    ) throws -> ReadSummary {
        try read(source.open(), options: options, progress: progress, body)
    }

    static func read(
        _ reader: ByteReader,
        options: Options,
        progress: ((ReadProgress) throws -> Void)?,
        _ body: (borrowing Row) throws -> Void
    ) throws -> ReadSummary {
        let scanner = try CSVScanner(TextStream(reader), options: options, progress: progress)
        var records = 0
        var stoppedEarly = false
        do {
            while try scanner.next() {
                records += 1
                try scanner.withRow(body)
            }
        } catch is StopReading {
            stoppedEarly = true
        }
        return ReadSummary(
            records: records, stoppedEarly: stoppedEarly, encoding: scanner.encoding,
            delimiter: scanner.delimiter.map { String(UnicodeScalar($0)) }, sheet: nil)
    }
}

/// What a reader found, told when it is done.
public struct ReadSummary: Sendable, Equatable {
    /// Records handed to the closure.
    public let records: Int
    /// Whether ``StopReading`` ended it.
    public let stoppedEarly: Bool
    public let encoding: Encoding
    /// What stands between fields; nil for spreadsheets and empty files.
    public let delimiter: String?
    /// The sheet that was read; nil for CSV.
    public let sheet: String?
}
