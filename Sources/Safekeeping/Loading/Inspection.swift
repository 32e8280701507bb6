internal import Civil
internal import Store

/// What was found in a picture that can be brought back.
public struct Inspection: Sendable, Equatable {
    /// The version of the program that took it.
    public let program: String
    public let engine: String
    /// ISO text in UTC.
    public let takenAt: String
    public let tables: Int
    public let rows: Int
    /// How many steps this program would add to it.
    public let stepsToAdd: Int
    public let remarks: [String]
}

extension Safekeeping {
    /// Reads everything, and lays its tables beside those its steps make.
    func inspect(_ open: @escaping @Sendable () throws -> any RowSource) async throws -> Inspection {
        // A database in memory shows what the steps make, and gives us a thread to read on.
        let scratch = try Databases.open("sqlite::memory:")
        defer { Task { await scratch.close() } }
        let now = clock.now
        return try await scratch.write { session in
            let source = try open()
            let steps = try KnownSteps(source.manifest, among: migrations, source: source.name)
            try session.migrate(steps.taken, at: now)
            let match = try TableMatch(source.manifest, try session.tables(), source: source.name)
            var rows = 0
            while let table = try source.nextTable() {
                while try source.nextRow() != nil {
                    rows += 1
                    progress.note("Checking \(source.manifest.tables[table].name)", rows)
                }
            }
            return Inspection(
                program: source.manifest.program, engine: source.manifest.engine, takenAt: source.manifest.takenAt,
                tables: source.manifest.tables.count, rows: rows, stepsToAdd: steps.later.count, remarks: match.remarks)
        }
    }
}
