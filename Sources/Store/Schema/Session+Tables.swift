extension Session {
    /// The names of all tables there are, whoever made them; the engine's own left out.
    public func tableNames() throws -> [String] {
        switch engine {
        case .sqlite: try sqliteTables().map { $0.text("name") }
        case .postgresql: try postgresqlTables().map { $0.text("name") }
        }
    }

    /// Every table with its columns, parents before children.
    ///
    /// Throws `StoreError.faulty` for a table it cannot describe (a name or type this house does not use): better no backup
    /// than one that lacks something.
    public func tables() throws -> [TableShape] {
        let found =
            switch engine {
            case .sqlite: try sqliteTables().map(sqliteShape)
            case .postgresql: try postgresqlTables().map(postgresqlShape)
            }
        return TableShape.parentsFirst(found)
    }

    /// How many rows a table has.
    public func count(rowsOf table: TableShape) throws -> Int {
        try count("select count(*) from \(table.identifier)")
    }

    /// Takes all rows out of a table.
    public func empty(_ table: TableShape) throws { try run("delete from \(table.identifier)") }
}

extension TableShape {
    /// All of its rows.
    var everything: SQL { "select \(columns.map(\.identifier)) from \(identifier)" }
}
