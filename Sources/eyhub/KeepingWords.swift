internal import House
internal import Safekeeping

/// What was kept or brought back, for people.
enum KeepingWords {
    /// "1234 rows of 31 tables", with its size if it has one.
    static func amount(_ outcome: Safekeeping.Outcome) -> String {
        let rows = "\(outcome.rows) row\(outcome.rows == 1 ? "" : "s") of \(outcome.tables) tables"
        return outcome.bytes > 0 ? "\(rows) (\(size(outcome.bytes)))" : rows
    }

    private static func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<1_000: "\(bytes) bytes"
        case ..<1_000_000: "\(bytes / 1_000) kB"
        default: "\(bytes / 1_000_000).\(bytes / 100_000 % 10) MB"
        }
    }
}

extension Inspection {
    func sentences(about file: String) -> [String] {
        var lines = [
            "\(file) is whole and can be restored.",
            "It was made by eyhub \(program) from \(engine == "sqlite" ? "SQLite" : "PostgreSQL") at \(takenAt) (UTC), and holds \(rows) \(rows == 1 ? "row" : "rows") of \(tables) tables.",
        ]
        if stepsToAdd > 0 {
            lines.append(
                "It is from an older version: restoring brings it up to date (\(stepsToAdd) step\(stepsToAdd == 1 ? "" : "s")).")
        }
        return lines + remarks
    }

    func json(of file: String) -> JSON {
        .object([
            ("backup", .string(file)), ("can_be_restored", true), ("program", .string(program)), ("engine", .string(engine)),
            ("taken_at", .string(takenAt)), ("tables", .int(tables)), ("rows", .int(rows)), ("steps_to_add", .int(stepsToAdd)),
            ("remarks", .array(remarks.map { .string($0) })),
        ])
    }
}
