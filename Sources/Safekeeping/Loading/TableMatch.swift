internal import Store

/// The tables of a schema and those of a picture, laid side by side. Names from a file are only ever compared: what stands in a
/// statement is the schema's.
struct TableMatch {
    /// For each table of the picture: the schema's, and for each of its columns the place in the picture's rows. Nil for a
    /// table that is not this program's.
    let pairs: [Pair?]
    let remarks: [String]

    struct Pair {
        let shape: TableShape
        let places: [Int]
    }

    init(_ manifest: Manifest, _ shapes: [TableShape], source: String) throws {
        var byName: [String: TableShape] = [:]
        for shape in shapes where shape.name != Manifest.ownTable { byName[shape.name] = shape }
        var remarks: [String] = []
        pairs = try manifest.tables.map { table in
            guard let shape = byName.removeValue(forKey: table.name) else {
                remarks.append("The table \(table.name) is not one of this program’s tables and is left out.")
                return nil
            }
            return Pair(shape: shape, places: try TableMatch.places(of: table, in: shape, source: source))
        }
        self.remarks = remarks
        if let missing = byName.keys.min() {
            throw KeepingRefusal("\(source) lacks the table \(missing), which its version of eyhub had. It cannot be restored.")
        }
    }

    private static func places(of table: Manifest.Table, in shape: TableShape, source: String) throws -> [Int] {
        let theirs = Dictionary(
            table.columns.enumerated().map { ($1.name, ($0, $1.type)) }, uniquingKeysWith: { first, _ in first })
        guard theirs.count == shape.columns.count, table.columns.count == shape.columns.count else {
            throw KeepingRefusal(
                "\(source): the table \(table.name) has other columns than its version of eyhub had. It cannot be restored.")
        }
        return try shape.columns.map { column in
            guard let (place, type) = theirs[column.name], type == column.kind.rawValue else {
                throw KeepingRefusal(
                    "\(source): the column \(column.name) of \(table.name) is missing or of another type. It cannot be restored.")
            }
            return place
        }
    }
}
