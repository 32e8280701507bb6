extension Session {
    /// From the catalogue itself: the information schema hides tables one may not read, and a backup would lack them unnoticed.
    func postgresqlTables() throws -> [Row] {
        try all(
            """
            select c.relname::text as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = current_schema() and c.relkind in ('r', 'p', 'f') order by c.relname
            """)
    }

    func postgresqlShape(_ row: Row) throws -> TableShape {
        let name = row.text("name")
        let columns = try all(
            """
            select a.attname::text as name, format_type(a.atttypid, null) as type, a.attnotnull as required
            from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = current_schema() and c.relname::text = \(name)
            and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum
            """
        ).map { column in
            guard let kind = ColumnKind(postgresql: column.text("type")) else {
                throw StoreError.faulty("the column \(column.text("name")) of \(name) has the type “\(column.text("type"))”")
            }
            return ColumnShape(
                identifier: try Identifier(checking: column.text("name")), kind: kind, isNullable: column.int("required") == 0)
        }
        return TableShape(
            identifier: try Identifier(checking: name), columns: columns,
            primaryKey: try postgresqlKeys(of: name, type: "p").map { $0.text("own") },
            references: try postgresqlReferences(of: name))
    }

    private func postgresqlReferences(of name: String) throws -> [Reference] {
        let rows = try postgresqlKeys(of: name, type: "f")
        return Dictionary(grouping: rows) { $0.text("name") }.sorted { $0.key < $1.key }.map { _, parts in
            Reference(
                columns: parts.map { $0.text("own") }, table: parts[0].text("target"), targets: parts.compactMap { $0.textOrNil("theirs") })
        }
    }

    /// The columns of a table's constraints of one type (`p` primary key, `f` foreign key), in their order.
    func postgresqlKeys(of name: String, type: String) throws -> [Row] {
        try all(
            """
            select k.conname::text as name, k.condeferrable as deferrable, k.condeferred as deferred,
                own.attname::text as own, target.relname::text as target, theirs.attname::text as theirs
            from pg_catalog.pg_constraint k join pg_catalog.pg_class c on c.oid = k.conrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            cross join lateral unnest(k.conkey, k.confkey) with ordinality as pair(own, theirs, place)
            join pg_catalog.pg_attribute own on own.attrelid = k.conrelid and own.attnum = pair.own
            left join pg_catalog.pg_class target on target.oid = k.confrelid
            left join pg_catalog.pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attnum = pair.theirs
            where n.nspname = current_schema() and c.relname::text = \(name) and k.contype::text = \(type)
            order by k.conname, pair.place
            """)
    }
}

extension ColumnKind {
    fileprivate init?(postgresql type: String) {
        switch type {
        case "bigint", "integer", "smallint": self = .integer
        case "double precision", "real": self = .real
        case "text", "character varying": self = .text
        case "bytea": self = .bytes
        default: return nil
        }
    }
}
