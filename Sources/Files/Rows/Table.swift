/// Tables of any kind read alike: CSV, XLSX and ODS, told by what is in the file and not by its name.
public enum Table {
    /// Every row as it stands, those above the header included.
    ///
    /// - Parameters:
    ///   - sheet: the sheet of a spreadsheet; the first visible one if nil. No meaning for CSV.
    ///   - options: for CSV; the limits hold for all.
    ///   - progress: told how far reading has come; throwing from it ends the reading.
    ///   - body: gets each row. Throw ``StopReading`` to end early and quietly.
    /// - Throws: ``FileProblem``.
    @discardableResult
    public static func read(
        _ source: ByteSource,
        sheet: String? = nil,
        options: CSV.Options = CSV.Options(),
        progress: ((ReadProgress) throws -> Void)? = nil,
        _ body: (borrowing Row) throws -> Void
    ) throws -> ReadSummary {
        switch try open(source, options: options) {
        case .text(let reader):
            return try CSV.read(reader, options: options, progress: progress, body)
        case .spreadsheet(let workbook):
            return try workbook.read(workbook.sheet(named: sheet), progress: progress, body)
        }
    }

    /// The rows below the header, which is looked for by content among the first 50 rows; in a spreadsheet, on the
    /// first visible
    /// sheet that has it. Rows with nothing in them are passed over.
    ///
    /// - Parameters:
    ///   - start: told which column is where, once, before the first row.
    ///   - body: gets each row with the header.
    /// - Throws: ``HeaderRefusal`` if no row has every required column; ``FileProblem``.
    /// - Returns: a summary whose `records` counts the rows handed to `body`.
    @discardableResult
    public static func read(
        _ source: ByteSource,
        header spec: HeaderSpec,
        sheet: String? = nil,
        options: CSV.Options = CSV.Options(),
        progress: ((ReadProgress) throws -> Void)? = nil,
        start: (HeaderMatch) throws -> Void = { _ in },
        _ body: (borrowing Row, HeaderMatch) throws -> Void
    ) throws -> ReadSummary {
        var search = HeaderSearch(spec)
        var match: HeaderMatch?
        var records = 0
        func take(_ row: borrowing Row) throws {
            if let match {
                guard !row.isBlank else { return }
                records += 1
                try body(row, match)
            } else if let found = search.offer(row.fields, line: row.line) {
                match = found
                try start(found)
            } else if search.isExhausted {
                throw search.refusal(file: source.name)
            }
        }

        let summary: ReadSummary
        switch try open(source, options: options) {
        case .text(let reader):
            summary = try CSV.read(reader, options: options, progress: progress, take)
        case .spreadsheet(let workbook):
            let chosen = try sheet.map { try workbook.sheet(named: $0) } ?? findSheet(workbook, &search)
            search.startAgain()
            summary = try workbook.read(chosen, progress: progress, take)
        }
        // Someone who stopped reading in `start` has had the header.
        guard match != nil else { throw search.refusal(file: source.name) }
        return ReadSummary(
            records: records, stoppedEarly: summary.stoppedEarly, encoding: summary.encoding,
            delimiter: summary.delimiter, sheet: summary.sheet)
    }

    /// The first rows as they stand, for a preview or a page that maps columns.
    public static func peek(_ source: ByteSource, rows: Int = 50, sheet: String? = nil) throws -> [[String]] {
        var all: [[String]] = []
        guard rows > 0 else { return all }
        try read(source, sheet: sheet) { row in
            all.append(row.fields)
            if all.count == rows { throw StopReading() }
        }
        return all
    }

    /// The names of a spreadsheet's visible sheets, in order; none for CSV.
    public static func sheets(_ source: ByteSource) throws -> [String] {
        guard case .spreadsheet(let workbook) = try open(source, options: CSV.Options()) else { return [] }
        return workbook.visibleSheets.map { $0.name }
    }

    private static func findSheet(_ workbook: any Workbook, _ search: inout HeaderSearch) throws -> Sheet {
        for sheet in workbook.visibleSheets {
            var isFound = false
            _ = try workbook.read(sheet, progress: nil) { row in
                isFound = search.offer(row.fields, line: row.line) != nil
                if isFound || search.isExhausted { throw StopReading() }
            }
            if isFound { return sheet }
            search.startAgain()
        }
        throw search.refusal(file: workbook.name)
    }
}
