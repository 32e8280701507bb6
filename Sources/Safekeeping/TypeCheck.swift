internal import Store

extension TableShape {
    /// Throws ``KeepingRefusal`` when a row holds something its columns do not announce, as SQLite's tables that are not strict
    /// allow: what would be written could not be brought back, and that must be known today.
    func check(_ values: [Value]) throws {
        for (column, value) in zip(columns, values) where !column.kind.holds(value) {
            throw KeepingRefusal(
                """
                The table \(name) holds something else than \(column.kind.rawValue) in its column \(column.name), so the database cannot be \
                kept whole. Mend that row and try again.
                """)
        }
    }
}

extension ColumnKind {
    fileprivate func holds(_ value: Value) -> Bool {
        switch (self, value) {
        case (_, .null), (.integer, .int), (.real, .real), (.text, .text), (.bytes, .bytes): true
        default: false
        }
    }
}
