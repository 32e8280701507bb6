internal import CPostgres
internal import Foundation

/// How the line to a PostgreSQL server is guarded, by what its address says.
public enum PostgreSQLLine: Sendable, Equatable {
    /// It does not leave this machine.
    case local
    /// TLS, and the server shows a certificate of this name by an authority we trust.
    case checked(host: String)
    /// Another `sslmode`, which somebody wrote down: perhaps there is a tunnel.
    case said(host: String, mode: String)
    /// To another machine, and not a word of how: libpq would go without TLS when it is not offered.
    case unsaid(host: String)

    init(address: String) throws(StoreError) {
        guard let parts = PostgreSQLLine.parts(of: address) else { throw .badAddress(Databases.hidingPassword(address)) }
        // What the address leaves out libpq takes from its environment.
        let environment = ProcessInfo.processInfo.environment
        func part(_ name: String, _ variable: String) -> String {
            let written = parts[name] ?? ""
            return written.isEmpty ? environment[variable] ?? "" : written
        }
        let numbers = part("hostaddr", "PGHOSTADDR")
        let host = part("host", "PGHOST")
        let isElsewhere =
            parts["service"] != nil || !(numbers.isEmpty ? host : numbers).split(separator: ",").allSatisfy(PostgreSQLLine.isHere)
        let shown = host.isEmpty ? numbers : host
        switch parts["sslmode"] ?? "" {
        case _ where !isElsewhere: self = .local
        case "": self = .unsaid(host: shown)
        case "verify-full": self = .checked(host: shown)
        case let mode: self = .said(host: shown, mode: mode)
        }
    }

    /// A socket of this machine (a path, or an abstract one), or its own address.
    private static func isHere(_ host: Substring) -> Bool {
        host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1"
            || host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." }
    }

    /// The parts the address itself names, as libpq reads it; nil when it cannot.
    private static func parts(of address: String) -> [String: String]? {
        guard let options = PQconninfoParse(address, nil) else { return nil }
        defer { PQconninfoFree(options) }
        var parts: [String: String] = [:]
        var next = options
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val { parts[String(cString: keyword)] = String(cString: value) }
            next += 1
        }
        return parts
    }
}
