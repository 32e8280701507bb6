internal import Civil
internal import Store

/// What the engine says of itself, judged.
struct EngineFindings {
    let engine: Engine
    let health: EngineHealth
    let now: Instant

    /// SQLite 3.38 and PostgreSQL 13 are the oldest that understand the SQL of this house.
    private var oldest: (name: String, parts: [Int]) {
        engine == .sqlite ? ("SQLite", [3, 38]) : ("PostgreSQL", [13])
    }

    var findings: [Finding] {
        [version] + (engine == .sqlite ? [damage, journal] : [serverClock].compactMap { $0 })
    }

    private var version: Finding {
        let (name, parts) = oldest
        let wanted = parts.map(String.init).joined(separator: ".")
        return health.isAtLeast(parts)
            ? Finding(.ok, "engine", "\(name) \(health.version).")
            : Finding(.wrong, "engine", "\(name) \(health.version) is too old: \(wanted) or later is needed. Install a newer one.")
    }

    private var damage: Finding {
        guard let first = health.damage.first else { return Finding(.ok, "integrity", "SQLite finds no damage in the file.") }
        return Finding(
            .wrong, "integrity",
            "SQLite finds the file damaged (\(first.split(separator: "\n").joined(separator: " "))). Stop the program and restore the last backup."
        )
    }

    private var journal: Finding {
        health.journal == "wal"
            ? Finding(.ok, "journal", "Changes are written ahead (WAL): readers do not wait for writers.")
            : Finding(
                .look, "journal",
                "The file is in the mode “\(health.journal ?? "?")”, not WAL. “eyhub serve” changes it; does the disk allow it?")
    }

    private var serverClock: Finding? {
        guard let time = health.serverTime else { return nil }
        let apart = abs(time.seconds - now.seconds)
        switch apart {
        case ..<30: return Finding(.ok, "server clock", "The clocks of this machine and of PostgreSQL agree.")
        case ..<300: return Finding(.look, "server clock", "PostgreSQL’s clock is \(apart) seconds from this machine’s. Set both by NTP.")
        default: return Finding(.wrong, "server clock", "PostgreSQL’s clock is \(apart) seconds from this machine’s. Set both by NTP.")
        }
    }
}

/// Whether the tables are those of this program.
struct StepFinding {
    /// Nil when the database has no memory of steps.
    let applied: [AppliedMigration]?
    let known: [Migration]

    var finding: Finding {
        guard let applied, !applied.isEmpty else {
            return Finding(
                .look, "tables", "The database is empty. “eyhub serve” makes its tables, “eyhub restore” fills it from a backup.")
        }
        var checksums: [String: String] = [:]
        for step in known { checksums["\(step.room) \(step.number)"] = step.checksum }
        for step in applied {
            let key = "\(step.room) \(step.number)"
            guard let checksum = checksums[key] else {
                return Finding(
                    .wrong, "tables",
                    "The database was used by a newer version of eyhub (it has taken the step \(key)). Install that version.")
            }
            if checksum != step.checksum {
                return Finding(
                    .wrong, "tables", "The database was set up by another edition of eyhub (the step \(key) differs). Use that edition.")
            }
        }
        let missing = known.count - applied.count
        return missing == 0
            ? Finding(.ok, "tables", "The tables are up to date: all \(known.count) steps are taken.")
            : Finding(.look, "tables", "\(missing) of \(known.count) steps are not taken yet. The next start of “eyhub serve” takes them.")
    }
}
