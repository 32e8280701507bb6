/// Opens the database an address names: `sqlite:PATH` or `postgres://user:password@host:port/name`.
public enum Databases {
    /// Throws `StoreError.badAddress` for anything else, `.unavailable` when it cannot be opened.
    public static func open(_ address: String) throws(StoreError) -> any Database {
        if address.hasPrefix("sqlite:") {
            let path = String(address.dropFirst("sqlite:".count))
            guard !path.isEmpty else { throw .badAddress(address) }
            return try SQLiteDatabase(path: path)
        }
        if address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") {
            if case .unsaid(let host) = try PostgreSQLLine(address: address) { throw .unguarded(host) }
            return PostgreSQLDatabase(address: address, connections: 8)
        }
        throw .badAddress(hidingPassword(address))
    }

    /// The file of a SQLite address, if it is one. A database in memory has none.
    public static func file(of address: String) -> String? {
        guard address.hasPrefix("sqlite:") else { return nil }
        let path = String(address.dropFirst("sqlite:".count))
        return path.isEmpty || path == ":memory:" ? nil : path
    }

    /// How the line to a PostgreSQL server is guarded by what its address says; nil for SQLite and for what is no address.
    public static func line(of address: String) -> PostgreSQLLine? {
        address.hasPrefix("sqlite:") ? nil : try? PostgreSQLLine(address: address)
    }

    /// The address without its password, fit for a log or a screen.
    public static func hidingPassword(_ address: String) -> String {
        guard let at = address.lastIndex(of: "@") else { return address }
        let before = address[..<at].split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard before.count == 3 else { return address }
        return "\(before[0]):\(before[1]):…\(address[at...])"
    }
}
