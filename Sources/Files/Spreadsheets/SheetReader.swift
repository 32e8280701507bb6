/// Reads the rows of one XLSX sheet as they come (ECMA-376 Part 1, §18.3.1).
final class SheetReader {
    private enum CellType { case number, shared, text, boolean, error, date }

    private let scanner: XMLScanner
    private let strings: SharedStrings
    private let dates: DateStyles
    private let countsFrom1904: Bool
    private var row: RowBuilder
    private var rowNumber = 0
    private var column = -1
    private var type = CellType.number
    private var style = 0
    private var value: [UInt8] = []
    private var richText = RichText()
    private var isValue = false

    init(
        _ stream: ZipEntryStream, strings: SharedStrings, dates: DateStyles, countsFrom1904: Bool, options: CSV.Options
    ) throws {
        scanner = try XMLScanner(stream)
        self.strings = strings
        self.dates = dates
        self.countsFrom1904 = countsFrom1904
        row = RowBuilder(file: stream.name, options: options)
    }

    /// Hands over each row that has anything in it.
    func read(_ body: (borrowing Row) throws -> Void) throws {
        while true {
            switch try scanner.next() {
            case .finish: return
            case .start: try open()
            case .text: if isValue || richText.isText { try scanner.appendText(to: &value) }
            case .end:
                if scanner.isNamed("c") {
                    try finishCell()
                } else if scanner.isNamed("row") {
                    _ = try row.lend(line: rowNumber, body)
                } else if scanner.isNamed("v") {
                    isValue = false
                } else {
                    richText.close(scanner)
                    // What follows the cells (merged ranges, filters, pictures) holds nothing to read.
                    if scanner.isNamed("sheetData") { return try drain() }
                }
            }
        }
    }

    /// To the end, so that a damaged archive is noticed.
    private func drain() throws {
        while try scanner.next() != .finish {}
    }

    private func open() throws {
        if scanner.isNamed("c") {
            let place = scanner.rawAttribute("r").flatMap { SheetReader.column(scanner.bytes($0)) }
            column = place ?? column + 1
            style = scanner.rawAttribute("s").flatMap { Numbers.int(scanner.bytes($0)) } ?? 0
            type = cellType()
            value.removeAll(keepingCapacity: true)
        } else if scanner.isNamed("v") {
            isValue = true
        } else if scanner.isNamed("row") {
            let number = scanner.rawAttribute("r").flatMap { Numbers.int(scanner.bytes($0)) }
            guard number.map({ $0 > rowNumber && $0 <= 1_048_576 }) ?? true else {
                throw scanner.malformed("The rows of this sheet are out of order. Save the file afresh in Excel.")
            }
            rowNumber = number ?? rowNumber + 1
            column = -1
            row.startRow()
        } else if scanner.depth == 1, !scanner.isNamed("worksheet") {
            throw FileProblem(.unsupported, file: scanner.stream.name, "This sheet holds no table. Name another one.")
        } else {
            richText.open(scanner)
        }
    }

    private func cellType() -> CellType {
        guard let range = scanner.rawAttribute("t") else { return .number }
        if scanner.equals(range, "s") { return .shared }
        if scanner.equals(range, "n") { return .number }
        if scanner.equals(range, "b") { return .boolean }
        if scanner.equals(range, "d") { return .date }
        if scanner.equals(range, "e") { return .error }
        return .text
    }

    private func finishCell() throws {
        guard !value.isEmpty else { return }
        try row.set(column, line: rowNumber) { target in
            switch type {
            case .shared:
                let index = value.withUnsafeBufferPointer { Numbers.int($0) } ?? -1
                guard strings.append(index, to: &target) else {
                    throw FileProblem(
                        .damaged, file: scanner.stream.name, line: rowNumber,
                        "A cell of this row points at a text that is not there. Save the file afresh in Excel.")
                }
            case .text:
                ExcelEscapes.undo(in: &value, from: 0)
                target.append(contentsOf: value)
            case .boolean:
                target.append(contentsOf: (value == [UInt8(ascii: "1")] ? "TRUE" : "FALSE").utf8)
            case .number:
                appendNumber(to: &target)
            case .error:
                target.append(contentsOf: value)
            case .date:
                // ISO text already; midnight is no part of a day.
                let text = String(decoding: value, as: UTF8.self)
                target.append(contentsOf: (text.hasSuffix("T00:00:00") ? String(text.dropLast(9)) : text).utf8)
            }
        }
    }

    /// Excel stores `51.410380000000003` for 51.41038: the crumbs are rounded off. Digits alone
    /// stay.
    private func appendNumber(to target: inout [UInt8]) {
        let isDate = dates.isDate(style)
        if !isDate, value.count <= 15, value.allSatisfy({ (48...57).contains($0) }) {
            target.append(contentsOf: value)
            return
        }
        guard let number = value.withUnsafeBufferPointer({ Numbers.double($0) }) else {
            target.append(contentsOf: value)
            return
        }
        if isDate, let date = SerialDate.text(number, countsFrom1904: countsFrom1904) {
            target.append(contentsOf: date.utf8)
        } else {
            target.append(contentsOf: Numbers.spreadsheetText(number).utf8)
        }
    }

    /// The column of a cell reference, from 0: `A1` is 0, `AB7` 27. Nil if it is none or past XFD.
    static func column(_ reference: UnsafeBufferPointer<UInt8>) -> Int? {
        var column = 0
        for byte in reference {
            let letter = byte & 0xDF
            guard letter >= 65, letter <= 90 else { break }
            column = column * 26 + Int(letter - 64)
            guard column <= 16_384 else { return nil }
        }
        return column > 0 ? column - 1 : nil
    }
}
