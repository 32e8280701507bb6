internal import Civil
internal import Store

extension Manifest {
    /// The table in which the store remembers the steps: it travels as `migrations`, never as rows.
    static let ownTable = "migration"

    /// What this database is, as a transaction sees it, and its tables to read.
    ///
    /// Throws ``KeepingRefusal`` when it is not a database of this program.
    static func taken(in session: any Session, program: String, at now: Instant) throws -> (Manifest, [TableShape]) {
        guard try session.tableNames().contains(ownTable) else { throw KeepingRefusal.notOurs }
        let tables = try session.tables().filter { $0.name != ownTable }
        let steps = try session.appliedMigrations().map { step in
            Step(
                room: step.room, number: step.number, name: step.name, checksum: step.checksum, appliedAt: step.appliedAt)
        }
        let manifest = Manifest(
            format: 1, program: program, engine: session.engine.rawValue, takenAt: now.iso, migrations: steps,
            tables: tables.map(Table.init))
        return (manifest, tables)
    }
}

extension Manifest.Table {
    init(_ shape: TableShape) {
        self.init(
            name: shape.name,
            columns: shape.columns.map {
                Manifest.Column(name: $0.name, type: $0.kind.rawValue, nullable: $0.isNullable, leftOut: nil)
            },
            primaryKey: shape.primaryKey,
            references: shape.references.map {
                Manifest.Reference(columns: $0.columns, table: $0.table, targets: $0.targets)
            }, file: nil, rows: nil, crc32: nil)
    }

    /// The kinds of its columns, or a refusal when it names one we do not know.
    func kinds(of source: String) throws -> [ColumnKind] {
        try columns.map { column in
            guard let kind = ColumnKind(rawValue: column.type) else {
                throw KeepingRefusal(
                    "\(source): the column \(column.name) of \(name) has a type this program does not know (“\(column.type)”).")
            }
            return kind
        }
    }
}
