public import Civil
public import Store

/// Looks at everything the program stands on, and changes nothing.
public struct Doctor: Sendable {
    let program: String
    let address: String
    let migrations: [Migration]
    let clock: Clock
    let surroundings: [Finding]

    /// - Parameter surroundings: what whoever asks has found out already (fonts, WeasyPrint, mail).
    public init(program: String, address: String, migrations: [Migration], clock: Clock, surroundings: [Finding]) {
        self.program = program
        self.address = address
        self.migrations = migrations
        self.clock = clock
        self.surroundings = surroundings
    }

    /// All findings, in the order a person would look.
    public func look() async -> [Finding] {
        var findings = [Finding(.ok, "program", "This is eyhub \(program).")]
        findings += await databaseFindings()
        if let file = Databases.file(of: address) { findings += FileHealth(path: file, now: clock.now).findings }
        return findings + ClockHealth(now: clock.now).findings + surroundings
    }

    private func databaseFindings() async -> [Finding] {
        if let file = Databases.file(of: address), !FileHealth.exists(file) {
            return [
                Finding(
                    .wrong, "database",
                    "There is no file \(file). Check --database or EYHUB_DATABASE; a new one is made by “eyhub serve”.")
            ]
        }
        do {
            let database = try Databases.open(address)
            let findings = await findings(of: database)
            await database.close()
            return findings
        } catch {
            return [Doctor.unreachable(error)]
        }
    }

    private func findings(of database: any Database) async -> [Finding] {
        let now = clock.now
        do {
            let (health, tables, applied) = try await database.read { session in
                let tables = try session.tableNames()
                return (try session.health(), tables, tables.contains(Manifest.ownTable) ? try session.appliedMigrations() : nil)
            }
            return [Finding(.ok, "database", "\(Databases.hidingPassword(address)) answers, with \(tables.count) tables.")]
                + (Databases.line(of: address).map { [Doctor.line($0)] } ?? [])
                + EngineFindings(engine: database.engine, health: health, now: now).findings
                + [StepFinding(applied: applied, known: migrations).finding, await writing(database)]
        } catch {
            return [Doctor.unreachable(error)]
        }
    }

    static func line(_ line: PostgreSQLLine) -> Finding {
        switch line {
        case .local: Finding(.ok, "line", "The way to PostgreSQL does not leave this machine.")
        case .checked(let host): Finding(.ok, "line", "The way to PostgreSQL is encrypted, and \(host) shows a certificate of its name.")
        case .said(let host, let mode):
            Finding(
                .look, "line",
                "sslmode=\(mode): nobody checks that it is \(host) that answers. Use sslmode=verify-full if no tunnel of yours guards the way."
            )
        case .unsaid(let host): Finding(.wrong, "line", StoreError.unguarded(host).publicMessage)
        }
    }

    private func writing(_ database: any Database) async -> Finding {
        do {
            try await database.tryWriting()
            return Finding(.ok, "writing", "Changes can be saved.")
        } catch StoreError.busy {
            return Finding(.look, "writing", "Somebody else was writing for ten seconds. Look again when the load has ended.")
        } catch {
            return Finding(.wrong, "writing", "Nothing can be saved: \(Doctor.sentence(error))")
        }
    }

    private static func unreachable(_ error: any Error) -> Finding { Finding(.wrong, "database", sentence(error)) }

    static func sentence(_ error: any Error) -> String {
        (error as? StoreError)?.forTechnician ?? "\(error)"
    }
}
