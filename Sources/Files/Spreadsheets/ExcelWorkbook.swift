/// An XLSX (or XLSM) file: sheets, shared strings and styles (ECMA-376 Part 1, §18). Formulas are never computed: the
/// value Excel
/// last stored is what is read. Macros are not looked at.
final class ExcelWorkbook: Workbook {
    let name: String
    private(set) var sheets: [Sheet] = []
    private let archive: ZipArchive
    private let options: CSV.Options
    private var sharedStringsPath: String?
    private var stylesPath: String?
    private var countsFrom1904 = false
    private var loaded: (strings: SharedStrings, dates: DateStyles)?

    init(_ archive: ZipArchive, options: CSV.Options) throws {
        self.archive = archive
        self.options = options
        self.name = archive.name
        let package = try Relationships(archive, of: "")
        let path = package.target(ofType: "officeDocument") ?? "xl/workbook.xml"
        guard path.hasSuffix(".xml") else {
            throw FileProblem(.unsupported, file: name, "This is a binary Excel file (.xlsb). Save it as .xlsx or CSV.")
        }
        guard archive.contains(path) else {
            throw FileProblem(
                .unsupported, file: name, "This is an Office file but not a spreadsheet. Bring CSV, XLSX or ODS.")
        }
        let parts = try Relationships(archive, of: path)
        sharedStringsPath = parts.target(ofType: "sharedStrings")
        stylesPath = parts.target(ofType: "styles")
        try readWorkbook(path, parts)
    }

    private func readWorkbook(_ path: String, _ parts: Relationships) throws {
        let scanner = try XMLScanner(archive.open(path))
        while true {
            switch try scanner.next() {
            case .finish: return
            case .start:
                if scanner.isNamed("workbookPr") {
                    let flag = try scanner.attribute("date1904") ?? "0"
                    countsFrom1904 = flag == "1" || flag == "true"
                } else if scanner.isNamed("sheet") {
                    guard let name = try scanner.attribute("name"), let id = try scanner.attribute("id") else {
                        continue
                    }
                    // Chart sheets and the like have another type and no cells.
                    guard let target = parts.target(ofID: id, type: "worksheet") else { continue }
                    let state = try scanner.attribute("state") ?? "visible"
                    sheets.append(
                        Sheet(name: name, isHidden: state != "visible", entry: target, position: sheets.count))
                } else if scanner.depth == 1, !scanner.isNamed("workbook") {
                    throw FileProblem(
                        .unsupported, file: name,
                        "This is an Office file but not a spreadsheet. Bring CSV, XLSX or ODS.")
                }
            default: break
            }
        }
    }

    func read(
        _ sheet: Sheet, progress: ((ReadProgress) throws -> Void)?, _ body: (borrowing Row) throws -> Void
    ) throws -> ReadSummary {
        let parts = try load()
        let stream = try archive.open(sheet.entry)
        let reader = try SheetReader(
            stream, strings: parts.strings, dates: parts.dates, countsFrom1904: countsFrom1904, options: options)
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

    private func load() throws -> (strings: SharedStrings, dates: DateStyles) {
        if let loaded { return loaded }
        var parts = (strings: SharedStrings(), dates: DateStyles())
        if let path = sharedStringsPath, archive.contains(path) {
            parts.strings = try SharedStrings(archive.open(path))
        }
        if let path = stylesPath, archive.contains(path) { parts.dates = try DateStyles(archive.open(path)) }
        loaded = parts
        return parts
    }
}

/// Which part of an Office package points to which (ECMA-376 Part 2, §9.3).
struct Relationships {
    private var parts: [(id: String, type: String, target: String)] = []

    /// - Parameter part: the part whose relationships these are; "" for the package.
    init(_ archive: ZipArchive, of part: String) throws {
        let folder = part.split(separator: "/").dropLast().joined(separator: "/")
        let file = part.split(separator: "/").last.map { String($0) } ?? ""
        let path = "\(folder.isEmpty ? "" : "\(folder)/")_rels/\(file).rels"
        guard archive.contains(path) else { return }
        let scanner = try XMLScanner(archive.open(path))
        while true {
            let token = try scanner.next()
            if token == .finish { return }
            guard token == .start, scanner.isNamed("Relationship") else { continue }
            guard try scanner.attribute("TargetMode") != "External" else { continue }
            guard let id = try scanner.attribute("Id"), let type = try scanner.attribute("Type"),
                let target = try scanner.attribute("Target")
            else { continue }
            parts.append((id, type, Relationships.resolve(target, from: folder)))
        }
    }

    func target(ofType type: String) -> String? {
        parts.first { $0.type.hasSuffix("/\(type)") }?.target
    }

    func target(ofID id: String, type: String) -> String? {
        parts.first { $0.id == id && $0.type.hasSuffix("/\(type)") }?.target
    }

    /// A target as an entry's name. It is only ever looked up in the archive's own directory.
    private static func resolve(_ target: String, from folder: String) -> String {
        var steps = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for step in target.split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }
}
