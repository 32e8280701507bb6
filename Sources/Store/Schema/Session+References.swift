extension Session {
    /// Fills tables without asking at each row whether what it points to is there yet; asks once, of all rows, at the end.
    ///
    /// Throws `StoreError.refused` when a row points to nothing. Only for tables whose owner we are.
    public func holdingReferences(of tables: [TableShape], _ fill: () throws -> Void) throws {
        switch engine {
        case .sqlite: try sqliteHoldingReferences(fill)
        case .postgresql: try postgresqlHoldingReferences(of: tables, fill)
        }
    }
}

extension Session {
    /// Held until the transaction ends, then off again by itself.
    private func sqliteHoldingReferences(_ fill: () throws -> Void) throws {
        try run("pragma defer_foreign_keys = on")
        try fill()
        let broken = try all("select distinct \"table\" as child, parent from pragma_foreign_key_check order by 1, 2 limit 5")
        guard broken.isEmpty else {
            throw StoreError.refused(
                "rows point to nothing: "
                    + broken.map { "\($0.text("child")) to \($0.text("parent"))" }.joined(separator: ", "))
        }
    }

    /// Makes each foreign key wait, and puts it back as it was. The keys stay in force all the time.
    private func postgresqlHoldingReferences(of tables: [TableShape], _ fill: () throws -> Void) throws {
        // What earlier statements left waiting would forbid changing the table.
        try run("set constraints all immediate")
        var keys: [(table: Identifier, name: Identifier, deferrable: Bool, deferred: Bool)] = []
        for table in tables {
            var seen: Set<String> = []
            for row in try postgresqlKeys(of: table.name, type: "f") where seen.insert(row.text("name")).inserted {
                keys.append(
                    (
                        table.identifier, try Identifier(checking: row.text("name")), row.bool("deferrable"),
                        row.bool("deferred")
                    ))
            }
        }
        for key in keys { try run("alter table \(key.table) alter constraint \(key.name) deferrable initially deferred") }
        try run("set constraints all deferred")
        try fill()
        try run("set constraints all immediate")
        for key in keys where !key.deferred {
            let wait: SQL = key.deferrable ? "deferrable initially immediate" : "not deferrable"
            try run("alter table \(key.table) alter constraint \(key.name) \(wait)")
        }
    }
}
