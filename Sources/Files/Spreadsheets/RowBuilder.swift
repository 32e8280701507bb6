/// Gathers the cells of a spreadsheet row into the shape a ``Row`` is read from.
struct RowBuilder {
    private let file: String
    private let options: CSV.Options
    private(set) var bytes: [UInt8] = []
    private var bounds: [Row.Bounds] = []

    init(file: String, options: CSV.Options) {
        self.file = file
        self.options = options
    }

    /// How many cells there are, up to the last one with anything in it.
    var count: Int { bounds.count }

    mutating func startRow() {
        bytes.removeAll(keepingCapacity: true)
        bounds.removeAll(keepingCapacity: true)
    }

    /// Sets a cell to the right of all set so far. Empty ones are left out; those before a set one become empty fields.
    mutating func set(_ column: Int, line: Int, _ append: (inout [UInt8]) throws -> Void) throws {
        let start = bytes.count
        try append(&bytes)
        guard bytes.count > start else { return }
        guard column >= bounds.count else {
            throw FileProblem(
                .malformed, file: file, line: line,
                "The cells of this row are out of order. Save the file afresh in Excel.")
        }
        guard column < options.fieldLimit, bytes.count <= options.recordLimit else {
            throw FileProblem(
                .tooLarge, file: file, line: line,
                "This row has more than \(options.fieldLimit) columns or \(sizeInWords(options.recordLimit)) of text.")
        }
        while bounds.count < column { bounds.append(Row.Bounds(start: Int32(start), end: Int32(start))) }
        bounds.append(Row.Bounds(start: Int32(start), end: Int32(bytes.count)))
    }

    /// Lends the row, if anything is in it. Returns whether there was.
    mutating func lend(line: Int, _ body: (borrowing Row) throws -> Void) throws -> Bool {
        guard !bounds.isEmpty else { return false }
        bytes.append(0)
        try bytes.withUnsafeBufferPointer { text in
            try bounds.withUnsafeBufferPointer { bounds in
                guard let base = text.baseAddress, let ranges = bounds.baseAddress else { return }
                try body(Row(line: line, count: bounds.count, base: base, bounds: ranges, mayHoldNUL: false))
            }
        }
        bytes.removeLast()
        return true
    }
}
