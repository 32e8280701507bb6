/// A sheet of a workbook.
struct Sheet {
    let name: String
    let isHidden: Bool
    /// Its place in the file: an archive entry, or its number among the tables.
    let entry: String
    let position: Int
}

/// A spreadsheet file, opened.
protocol Workbook: AnyObject {
    var name: String { get }
    var sheets: [Sheet] { get }
    func read(
        _ sheet: Sheet, progress: ((ReadProgress) throws -> Void)?, _ body: (borrowing Row) throws -> Void
    ) throws -> ReadSummary
}

extension Workbook {
    var visibleSheets: [Sheet] { sheets.filter { !$0.isHidden } }

    /// The sheet of that name (hidden ones can be asked for by name), or the first visible one.
    func sheet(named wanted: String?) throws -> Sheet {
        if let wanted {
            let folded = HeaderSpec.fold(wanted)
            if let sheet = sheets.first(where: { HeaderSpec.fold($0.name) == folded }) { return sheet }
            let names = visibleSheets.map { "“\($0.name)”" }.joined(separator: ", ")
            throw FileProblem(
                .unsupported, file: name, "There is no sheet called “\(wanted)” in this file. It has \(names).")
        }
        guard let first = visibleSheets.first else {
            throw FileProblem(
                .unsupported, file: name, "This spreadsheet has no visible sheet. Unhide the one to read.")
        }
        return first
    }
}
