/// Reads the rows of one ODS sheet as they come.
final class OpenDocumentReader {
    private static let mostRows = 1_048_576
    /// Bytes that repeated rows may add: a short file can repeat a long row a million times.
    private static let mostRepeated = 256 << 20

    private let scanner: XMLScanner
    private let position: Int
    private let options: CSV.Options
    private var row: RowBuilder
    private var table = -1
    private var rowNumber = 0
    private var rowRepeats = 1
    private var column = 0
    private var columnRepeats = 1
    private var repeatedBytes = 0
    private var text: [UInt8] = []
    private var stored: String?
    private var paragraphs = 0
    private var isInParagraph = false
    /// Depth of the annotation being passed over, 0 if none.
    private var skipDepth = 0

    init(_ stream: ZipEntryStream, position: Int, options: CSV.Options) throws {
        scanner = try XMLScanner(stream)
        self.position = position
        self.options = options
        row = RowBuilder(file: stream.name, options: options)
    }

    func read(_ body: (borrowing Row) throws -> Void) throws {
        while true {
            let token = try scanner.next()
            if token == .finish { return }
            if skipDepth > 0 {
                if token == .end, scanner.depth < skipDepth { skipDepth = 0 }
                continue
            }
            switch token {
            case .start:
                if scanner.isNamed("table") { table += 1 }
                if table == position { try open() }
            case .text:
                if isInParagraph { try scanner.appendText(to: &text) }
            case .end:
                if table == position { try close(body) }
            case .finish: return
            }
        }
    }

    private func open() throws {
        if scanner.isNamed("table-row") {
            rowRepeats = try count("number-rows-repeated", most: OpenDocumentReader.mostRows)
            column = 0
            row.startRow()
        } else if scanner.isNamed("table-cell") || scanner.isNamed("covered-table-cell") {
            columnRepeats = try count("number-columns-repeated", most: 1 << 20)
            stored = try storedValue()
            text.removeAll(keepingCapacity: true)
            paragraphs = 0
        } else if scanner.isNamed("annotation") || scanner.isNamed("shapes") {
            skipDepth = scanner.depth
        } else if scanner.isNamed("p") {
            if paragraphs > 0 { text.append(10) }
            paragraphs += 1
            isInParagraph = true
        } else if scanner.isNamed("s") {
            let spaces = try count("c", most: 10_000)
            text.append(contentsOf: repeatElement(0x20, count: spaces))
        } else if scanner.isNamed("tab") {
            text.append(9)
        } else if scanner.isNamed("line-break") {
            text.append(10)
        }
    }

    private func close(_ body: (borrowing Row) throws -> Void) throws {
        if scanner.isNamed("table-cell") || scanner.isNamed("covered-table-cell") {
            let isCovered = scanner.isNamed("covered-table-cell")
            let hasValue = !isCovered && (stored.map { !$0.isEmpty } ?? !text.isEmpty)
            if hasValue {
                for offset in 0..<columnRepeats {
                    try row.set(column + offset, line: rowNumber + 1) { target in
                        if let stored {
                            target.append(contentsOf: stored.utf8)
                        } else {
                            target.append(contentsOf: text)
                        }
                    }
                }
            }
            column += columnRepeats
        } else if scanner.isNamed("p") {
            isInParagraph = false
        } else if scanner.isNamed("table-row") {
            guard row.count > 0 else {
                rowNumber += rowRepeats
                return
            }
            for repetition in 0..<rowRepeats {
                rowNumber += 1
                if repetition > 0 { repeatedBytes += row.bytes.count + row.count }
                guard rowNumber <= OpenDocumentReader.mostRows, repeatedBytes <= OpenDocumentReader.mostRepeated else {
                    throw FileProblem(
                        .tooLarge, file: scanner.stream.name, line: rowNumber,
                        "This sheet repeats a row more often than a real table does. Save it as CSV and look at it.")
                }
                _ = try row.lend(line: rowNumber, body)
            }
        }
    }

    /// What the cell holds as a value; nil for text, whose paragraphs are the value (part 3, §19.389).
    private func storedValue() throws -> String? {
        guard let type = try scanner.attribute("value-type") else { return nil }
        switch type {
        case "float", "percentage", "currency":
            guard let range = scanner.rawAttribute("value") else { return nil }
            return Numbers.double(scanner.bytes(range)).map { Numbers.spreadsheetText($0) } ?? scanner.string(range)
        case "date":
            let date = try scanner.attribute("date-value") ?? ""
            return date.hasSuffix("T00:00:00") ? String(date.dropLast(9)) : date
        case "boolean":
            return try scanner.attribute("boolean-value") == "true" ? "TRUE" : "FALSE"
        default:
            return try scanner.attribute("string-value")
        }
    }

    private func count(_ attribute: StaticString, most: Int) throws -> Int {
        guard let range = scanner.rawAttribute(attribute) else { return 1 }
        guard let number = Numbers.int(scanner.bytes(range)), number >= 1 else { return 1 }
        return min(number, most)
    }
}
