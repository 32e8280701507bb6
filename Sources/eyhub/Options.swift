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
        return SecretBox(secret: try KeyFile.read(or: String(database.dropFirst("sqlite:".count)) + ".key"))
    }
}

/// A day as ISO text.
func day(_ text: String) throws -> Day {
    guard let day = Day(iso: text) else {
        throw ValidationError("“\(text)” is not a day. Write it as year-month-day, such as 2026-03-31.")
    }
    return day
}
