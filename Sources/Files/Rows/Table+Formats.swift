extension Table {
    enum Opened {
        case text(ByteReader)
        case spreadsheet(any Workbook)
    }

    /// Tells a file's format by its first bytes and refuses by name what people bring by mistake.
    static func open(_ source: ByteSource, options: CSV.Options) throws -> Opened {
        let reader = try source.open()
        let start = try reader.peek(64)
        if start.starts(with: [0x50, 0x4B, 0x03, 0x04] as [UInt8])
            || start.starts(with: [0x50, 0x4B, 0x05, 0x06] as [UInt8])
        {
            let raw = try source.openRaw()
            let file =
                reader.isCompressed || !raw.isSeekable
                ? OpenFile(bytes: try reader.readToEnd(), name: source.name) : raw
            return .spreadsheet(try openWorkbook(ZipArchive(file, limit: source.limit), options: options))
        }
        if let refusal = refusal(of: start) { throw FileProblem(.unsupported, file: source.name, refusal) }
        return .text(reader)
    }

    private static func openWorkbook(_ archive: ZipArchive, options: CSV.Options) throws -> any Workbook {
        if archive.contains("content.xml") { return try OpenDocument(archive, options: options) }
        if archive.contains("_rels/.rels") || archive.contains("xl/workbook.xml") {
            return try ExcelWorkbook(archive, options: options)
        }
        throw FileProblem(
            .unsupported, file: archive.name,
            "This is a zip archive, not a table. Unpack it and bring the CSV, XLSX or ODS file inside.")
    }

    private static func refusal(of start: [UInt8]) -> String? {
        if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0] as [UInt8]) {
            return
                "This is an old Excel file (.xls) or one with a password. Open it and save it as .xlsx or CSV, "
                + "without a password."
        }
        if start.starts(with: Array("%PDF".utf8)) {
            return "This is a PDF. Ask for the table as CSV, XLSX or ODS."
        }
        let words = Trimming.folded(String(decoding: start, as: UTF8.self)).lowercased()
        if words.hasPrefix("<!doctype") || words.hasPrefix("<html") {
            return
                "This is a web page, not a table: the download may have asked for a sign-in. Download it again in "
                + "a browser."
        }
        if words.hasPrefix("<?xml") { return "This is an XML file, not a table. Bring it as CSV, XLSX or ODS." }
        if words.hasPrefix("{") && words.contains("\":") {
            return "This is a JSON file, not a table. Bring it as CSV, XLSX or ODS."
        }
        return nil
    }
}
