internal import Civil
internal import Files
internal import Foundation
public import Store

extension Safekeeping {
    /// Writes the whole database into one file, as it is at one moment, while others go on reading and writing it.
    ///
    /// Throws ``KeepingRefusal`` when the file is there already and may not be replaced, `FileProblem` when it cannot be
    /// written, `StoreError` from the database. What was there before is untouched then.
    public func backup(_ database: any Database, to path: String, replacing: Bool) async throws -> Outcome {
        if !replacing { try Safekeeping.checkAbsent(path) }
        let now = clock.now
        return try await database.read { session in
            let (manifest, tables) = try Manifest.taken(in: session, program: program, at: now)
            // Made in here: when the database makes us begin again, the file begins again too.
            let writer = try BackupWriter(path: path, manifest)
            for table in tables {
                try writer.begin(table.name)
                try session.each(rowOf: table) { values in
                    try table.check(values)
                    try writer.add(values, to: table.name)
                    progress.note("Backing up \(table.name)", writer.rows)
                }
            }
            if !replacing { try Safekeeping.checkAbsent(path) }
            try writer.finish()
            return Outcome(tables: tables.count, rows: writer.rows, bytes: writer.size, remarks: [])
        }
    }

    static func checkAbsent(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw KeepingRefusal("\(path) is there already. Give another name, or --force to replace it.")
        }
    }

    /// Reads all of a backup and says what is in it. Throws a sentence that says why it cannot be restored.
    public func inspect(backup path: String) async throws -> Inspection {
        try await inspect { try BackupReader(path: path) }
    }

    /// Brings a backup into an empty database: reads all of it first, then loads it in one transaction.
    ///
    /// Throws ``KeepingRefusal`` with nothing changed when the place is not empty or the backup cannot be restored.
    /// - Parameter open: opens the database, which SQLite does by making its file: not before the backup is found good.
    public func restore(_ path: String, into open: () throws -> any Database) async throws -> Outcome {
        _ = try await inspect(backup: path)
        return try await load(into: open) { try BackupReader(path: path) }
    }
}
