extension Session {
    /// `pragma_table_list` tells tables from views, virtual tables and the shadows of those (SQLite 3.37).
    func sqliteTables() throws -> [Row] {
        try all(
            """
            select name, type from pragma_table_list
            where schema = 'main' and type in ('table', 'virtual') and substr(name, 1, 7) <> 'sqlite_' order by name
            """)
    }

    func sqliteShape(_ row: Row) throws -> TableShape {
        let name = row.text("name")
        guard row.text("type") == "table" else {
            throw StoreError.faulty("“\(name)” is a virtual table, which this program does not know how to keep")
        }
        // Columns that are computed (hidden 2 and 3) come back by themselves.
        let found = try all(
            "select name, type, \"notnull\" as required, pk from pragma_table_xinfo(\(name)) where hidden = 0 order by cid")
        let columns = try found.map { column in
            guard let kind = ColumnKind(sqlite: column.text("type")) else {
                throw StoreError.faulty("the column \(column.text("name")) of \(name) has the type “\(column.text("type"))”")
            }
            return ColumnShape(
                identifier: try Identifier(checking: column.text("name")), kind: kind,
                isNullable: column.int("required") == 0 && column.int("pk") == 0)
        }
        let key = found.filter { $0.int("pk") > 0 }.sorted { $0.int("pk") < $1.int("pk") }.map { $0.text("name") }
        return TableShape(
            identifier: try Identifier(checking: name), columns: columns, primaryKey: key,
            references: try sqliteReferences(of: name))
    }

    private func sqliteReferences(of name: String) throws -> [Reference] {
        let rows = try all(
            """
            select id, "table" as target, "from" as own, "to" as theirs from pragma_foreign_key_list(\(name)) order by id desc, seq
            """)
        return Dictionary(grouping: rows) { $0.int("id") }.sorted { $0.key > $1.key }.map { _, parts in
            Reference(
                columns: parts.map { $0.text("own") }, table: parts[0].text("target"), targets: parts.compactMap { $0.textOrNil("theirs") })
        }
    }
}

extension ColumnKind {
    fileprivate init?(sqlite type: String) {
        switch type.lowercased() {
        case "integer", "int": self = .integer
        case "real": self = .real
        case "text": self = .text
        case "blob": self = .bytes
        default: return nil
        }
    }
}
