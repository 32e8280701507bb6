internal import Civil
internal import Store

extension Safekeeping {
    /// Opens the database, loads the picture, and closes it again.
    func load(
        into database: () throws -> any Database, _ open: @escaping @Sendable () throws -> any RowSource
    ) async throws -> Outcome {
        let database = try database()
        do {
            let outcome = try await load(into: database, open)
            await database.close()
            return outcome
        } catch {
            await database.close()
            throw error
        }
    }

    /// Loads a picture into an empty database in one transaction: its steps, its rows, the check of what points where, the
    /// counts, then the steps that came later. Killed at any moment, it has done all of it or nothing.
    private func load(into database: any Database, _ open: @escaping @Sendable () throws -> any RowSource) async throws -> Outcome {
        let now = clock.now
        return try await database.write { session in
            // Opened in here: when the database makes us begin again, the reading begins again too.
            let source = try open()
            try session.lock("eyhub.migrations")
            try Safekeeping.checkEmpty(session)
            let steps = try KnownSteps(source.manifest, among: migrations, source: source.name)
            try session.migrate(steps.taken, at: now)
            let shapes = try session.tables()
            let match = try TableMatch(source.manifest, shapes, source: source.name)
            try session.holdingReferences(of: shapes) {
                // Some steps put a row into their table, and the picture has it too.
                for shape in shapes.reversed() where shape.name != Manifest.ownTable { try session.empty(shape) }
                while let table = try source.nextTable() { try fill(match.pairs[table], from: source, session) }
            }
            try Safekeeping.compareCounts(match, source, session)
            try remember(source.manifest, session)
            try session.migrate(migrations, at: now)
            try settle(session)
            return Outcome(
                tables: source.manifest.tables.count, rows: source.counts.reduce(0, +), bytes: 0, remarks: match.remarks)
        }
    }

    private static func checkEmpty(_ session: any Session) throws {
        let names = try session.tableNames()
        guard names.isEmpty else {
            throw KeepingRefusal(
                """
                There is something in this database already (\(names.count) tables, such as \(names.prefix(3).joined(separator: ", "))). \
                Only an empty one is filled, so that nothing is lost. Give the address of a new one.
                """)
        }
    }

    private func fill(_ pair: TableMatch.Pair?, from source: any RowSource, _ session: any Session) throws {
        var rows = source.counts.reduce(0, +)
        guard let pair else {
            while try source.nextRow() != nil {}
            return
        }
        try session.insert(into: pair.shape) { writer in
            while let row = try source.nextRow() {
                try writer.add(pair.places.map { row[$0] })
                rows += 1
                progress.note("Loading \(pair.shape.name)", rows)
            }
        }
    }

    private static func compareCounts(_ match: TableMatch, _ source: any RowSource, _ session: any Session) throws {
        for (pair, count) in zip(match.pairs, source.counts) {
            guard let pair else { continue }
            let found = try session.count(rowsOf: pair.shape)
            guard found == count else {
                throw KeepingRefusal("\(pair.shape.name) has \(found) rows after loading \(count). Nothing was kept.")
            }
        }
    }

    /// The steps were taken when the picture's database took them, not now.
    private func remember(_ manifest: Manifest, _ session: any Session) throws {
        for step in manifest.migrations {
            try session.run(
                "update migration set applied_at = \(step.appliedAt) where room = \(step.room) and number = \(step.number)")
        }
    }
}
