public import Civil

/// What an engine says about itself, for whoever looks after it.
public struct EngineHealth: Sendable {
    /// As the engine writes it, such as `3.40.1` or `15.14`.
    public let version: String
    /// Its parts as numbers, to compare with.
    public let parts: [Int]
    /// SQLite's way of writing: `wal` is ours. Nil on PostgreSQL.
    public let journal: String?
    /// What SQLite finds wrong in the file, a line each, at most a hundred. Empty on PostgreSQL, which checks its own pages.
    public let damage: [String]
    /// The server's clock. Nil on SQLite, which has none of its own.
    public let serverTime: Instant?

    /// Whether the version is at least this one.
    public func isAtLeast(_ wanted: [Int]) -> Bool { !parts.lexicographicallyPrecedes(wanted) }
}

extension Session {
    /// Asks the engine. Reads the whole file on SQLite.
    public func health() throws -> EngineHealth {
        switch engine {
        case .sqlite:
            let version = try first("select sqlite_version() as version")?.text("version") ?? ""
            let lines = try all("pragma quick_check(100)").compactMap { $0.values.first?.text }
            return EngineHealth(
                version: version, parts: parts(of: version), journal: try first("pragma journal_mode")?.values.first?.text,
                damage: lines == ["ok"] ? [] : lines, serverTime: nil)
        case .postgresql:
            let row = try first(
                "select current_setting('server_version') as version, floor(extract(epoch from now()))::bigint as seconds")
            let version = row?.text("version") ?? ""
            return EngineHealth(
                version: version, parts: parts(of: version), journal: nil, damage: [],
                serverTime: row?.intOrNil("seconds").map { Instant(seconds: $0) })
        }
    }

    /// `15.14 (Debian 15.14-0)` begins with its numbers.
    private func parts(of version: String) -> [Int] {
        version.prefix { $0.isNumber || $0 == "." }.split(separator: ".").compactMap { Int($0) }
    }
}

extension Database {
    /// Writes something and takes it back. Throws why, when it could not.
    public func tryWriting() async throws {
        do {
            try await write { session -> Void in
                try session.run("create table eyhub_doctor (probe text)")
                throw TakenBack()
            }
        } catch is TakenBack {}
    }
}

private struct TakenBack: Error {}
