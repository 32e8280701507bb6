internal import ArgumentParser
internal import Civil
internal import Foundation
internal import House
internal import Identity
internal import Safekeeping
internal import Server
internal import Store

/// Which database a command works on.
struct DatabaseOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The database: sqlite:FILE or postgres://user@host/name. (default: $EYHUB_DATABASE, else sqlite:eyhub.sqlite)",
            valueName: "url"))
    var database: String?

    var address: String { database ?? Surroundings.database }

    /// Opens the database as it is, and makes none where there is none: for verbs that look and keep.
    func openAsItIs() throws -> any Database {
        if let file = Databases.file(of: address), !FileManager.default.fileExists(atPath: file) {
            throw Refused("There is no database \(file). Check --database or EYHUB_DATABASE.")
        }
        return try Databases.open(address)
    }

    /// The same for a database that must be there: a slip in its name must not make a new, empty one.
    func openWhatIsThere(publicURL: String? = nil) async throws -> Tools {
        if let file = Databases.file(of: address), !FileManager.default.fileExists(atPath: file) {
            throw Refused("There is no database \(file). Check --database or EYHUB_DATABASE.")
        }
        return try await open(publicURL: publicURL)
    }

    /// Opens the database, brings its tables up to date, and hands over what the rooms work with.
    func open(
        site: String = Site.standardName, pdf: PDFMaker? = nil, publicURL: String? = nil, isDemo: Bool = false
    ) async throws -> Tools {
        let database = try Databases.open(address)
        try await database.migrate(Rooms.migrations, clock: .system)
        return Tools(
            database: database, clock: .system, ids: .random(clock: .system),
            site: Site(name: site, doors: Rooms.doors, address: publicURL ?? "http://127.0.0.1:8080", isDemo: isDemo), pdf: pdf)
    }
}

extension Safekeeping {
    /// As this program keeps things.
    static func ours(progress: KeepingProgress) -> Safekeeping {
        Safekeeping(
            program: Eyhub.version, migrations: Rooms.migrations, clock: .system, progress: progress, settle: Rooms.settleAfterRestore)
    }
}

extension Site {
    static let standardName = "Early years hub"
}

/// The installation's key, which seals what must be read again.
struct SecretKey {
    /// From the environment, else from a file beside the SQLite database, made when it is first needed. A PostgreSQL database has
    /// no such place: there the environment must say it.
    static func box(database: String) throws -> SecretBox {
        if let key = Surroundings.secretKey {
            guard key.utf8.count >= 32 else { throw Refused("EYHUB_SECRET_KEY is too short: it needs at least 32 characters of chance.") }
            return SecretBox(secret: key)
        }
        guard database.hasPrefix("sqlite:"), !database.hasSuffix(":memory:") else {
            throw Refused(
                "Set EYHUB_SECRET_KEY to at least 32 characters of chance, such as “openssl rand -base64 32” prints, the same for every copy."
            )
        }
        let path = String(database.dropFirst("sqlite:".count)) + ".key"
        // All is under the one or all under the other, and nobody knows which: the verb finds out.
        guard !FileManager.default.fileExists(atPath: path + ".new") else {
            throw Refused("A change of the key was interrupted (\(path).new is there). Run “eyhub key change” once more.")
        }
        return SecretBox(secret: try KeyFile.read(or: path))
    }

    /// The old key and the new one, and what is to be done when all is sealed with the new one.
    struct Change {
        let old: SecretBox
        let new: SecretBox
        let after: String
        let finish: () throws -> Void
    }

    static func change(database: String) throws -> Change {
        if let old = Surroundings.secretKey {
            guard let new = Surroundings.newSecretKey, new.utf8.count >= 32, new != old else {
                throw Refused(
                    "Set EYHUB_NEW_SECRET_KEY to the new key: at least 32 characters of chance, such as “openssl rand -base64 32” prints, and not the old one."
                )
            }
            return Change(
                old: SecretBox(secret: old), new: SecretBox(secret: new),
                after: "Now write the new key where EYHUB_SECRET_KEY is set, on every machine, and start the server.", finish: {})
        }
        guard let file = Databases.file(of: database) else {
            throw Refused("Set EYHUB_SECRET_KEY to the key now in use, and EYHUB_NEW_SECRET_KEY to the new one.")
        }
        let path = file + ".key"
        guard FileManager.default.fileExists(atPath: path) else {
            throw Refused(
                "There is no key file \(path), and EYHUB_SECRET_KEY is not set: nothing here is sealed with a key that could be changed.")
        }
        // Killed while it wrote the new key: nothing is sealed with that yet.
        KeyFile.removeIfUnfinished(path + ".new")
        return Change(
            old: SecretBox(secret: try KeyFile.read(or: path)), new: SecretBox(secret: try KeyFile.read(or: path + ".new")),
            after: "The new key is in \(path). Keep a copy of it apart from the backups, and start the server.",
            finish: { try KeyFile.replace(path, with: path + ".new") })
    }
}

/// A day as ISO text.
func day(_ text: String) throws -> Day {
    guard let day = Day(iso: text) else {
        throw ValidationError("“\(text)” is not a day. Write it as year-month-day, such as 2026-03-31.")
    }
    return day
}
