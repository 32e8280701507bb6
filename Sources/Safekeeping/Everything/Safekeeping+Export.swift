internal import Civil
internal import Files
internal import Foundation
public import Store

extension Safekeeping {
    /// Writes every table into a folder as CSV, with `schema.json` and `README.md` beside them: one moment of the database.
    ///
    /// Throws ``KeepingRefusal`` when something is there already, `FileProblem` when it cannot be written.
    public func export(_ database: any Database, to path: String) async throws -> Outcome {
        let now = clock.now
        return try await database.read { session in
            let folder = try ExportFolder(path: path)
            do {
                var (manifest, tables) = try Manifest.taken(in: session, program: program, at: now)
                var (rows, bytes) = (0, 0)
                for (index, table) in tables.enumerated() {
                    try write(table, as: &manifest.tables[index], into: folder, session, &rows, &bytes)
                }
                try write([UInt8](ExportText.schema(manifest)), to: folder.file("schema.json"))
                try write(Array(ExportText.readMe(manifest).utf8), to: folder.file("README.md"))
                try folder.finish()
                return Outcome(
                    tables: tables.count, rows: rows, bytes: bytes,
                    remarks: ExportText.leftOut(manifest).map { "Left out, as a secret: \($0)." })
            } catch {
                folder.remove()
                throw error
            }
        }
    }

    /// Brings an export into an empty database: reads all of it first, then loads it in one transaction.
    public func importEverything(from folder: String, into open: () throws -> any Database) async throws -> Outcome {
        _ = try await inspect(export: folder)
        return try await load(into: open) { try ExportReader(folder: folder) }
    }

    /// Reads all of an export and says what is in it. Throws a sentence that says why it cannot be brought back.
    public func inspect(export folder: String) async throws -> Inspection {
        try await inspect { try ExportReader(folder: folder) }
    }

    private func write(
        _ table: TableShape, as entry: inout Manifest.Table, into folder: ExportFolder, _ session: any Session,
        _ rows: inout Int, _ bytes: inout Int
    ) throws {
        let kept = table.columns.indices.filter { !secrets.covers(table: table.name, column: table.columns[$0].name) }
        for index in table.columns.indices where !kept.contains(index) { entry.columns[index].leftOut = true }
        let name = "\(table.name).csv"
        let file = try CSVFile(path: folder.file(name), header: kept.map { table.columns[$0].name })
        var count = rows
        try session.each(rowOf: table) { values in
            try table.check(values)
            try file.write(kept.count == values.count ? values : kept.map { values[$0] })
            count += 1
            progress.note("Exporting \(table.name)", count)
        }
        try file.finish()
        entry.file = name
        entry.rows = file.rows
        entry.crc32 = file.crc32
        rows = count
        bytes += file.size
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = try FileMaker(path: path, gzip: false)
        try file.write(bytes)
        try file.finish()
    }
}
