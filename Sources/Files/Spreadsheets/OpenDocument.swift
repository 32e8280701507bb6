/// An ODS file (OASIS OpenDocument 1.3, part 3, §9): every sheet is a `table:table` of `content.xml`.
final class OpenDocument: Workbook {
    let name: String
    private(set) var sheets: [Sheet] = []
    private let archive: ZipArchive
    private let options: CSV.Options

    init(_ archive: ZipArchive, options: CSV.Options) throws {
        self.archive = archive
        self.options = options
        self.name = archive.name
        try refuseEncrypted()
        try listSheets()
    }

    /// A password shows in the manifest only; the entries themselves look like any others.
    private func refuseEncrypted() throws {
        guard archive.contains("META-INF/manifest.xml") else { return }
        let scanner = try XMLScanner(archive.open("META-INF/manifest.xml"))
        while true {
            let token = try scanner.next()
            if token == .finish { return }
            if token == .start, scanner.isNamed("encryption-data") {
                throw FileProblem(.unsupported, file: name, "This spreadsheet has a password. Save it without one.")
            }
        }
    }

    private func listSheets() throws {
        let scanner = try XMLScanner(archive.open("content.xml"))
        var hiddenStyles: Set<String> = []
        var styleName = ""
        var isSpreadsheet = false
        while true {
            let token = try scanner.next()
            if token == .finish { break }
            guard token == .start else { continue }
            if scanner.isNamed("spreadsheet") {
                isSpreadsheet = true
            } else if scanner.isNamed("style") {
                styleName = try scanner.attribute("name") ?? ""
            } else if scanner.isNamed("table-properties"), try scanner.attribute("display") == "false" {
                hiddenStyles.insert(styleName)
            } else if scanner.isNamed("table"), isSpreadsheet {
                let style = try scanner.attribute("style-name") ?? ""
                sheets.append(
                    Sheet(
                        name: try scanner.attribute("name") ?? "", isHidden: hiddenStyles.contains(style),
                        entry: "content.xml",
                        position: sheets.count))
            }
        }
        guard isSpreadsheet else {
            throw FileProblem(
                .unsupported, file: name, "This is an Office file but not a spreadsheet. Bring CSV, XLSX or ODS.")
        }
    }

    func read(
        _ sheet: Sheet, progress: ((ReadProgress) throws -> Void)?, _ body: (borrowing Row) throws -> Void
    ) throws -> ReadSummary {
        let stream = try archive.open(sheet.entry)
        let reader = try OpenDocumentReader(stream, position: sheet.position, options: options)
        var records = 0
        var stoppedEarly = false
        do {
            try reader.read { row in
                records += 1
                if records % 1024 == 0 { try progress?(stream.progress) }
                try body(row)
            }
            try progress?(stream.progress)
        } catch is StopReading {
            stoppedEarly = true
        }
        return ReadSummary(
            records: records, stoppedEarly: stoppedEarly, encoding: .utf8, delimiter: nil, sheet: sheet.name)
    }
}
