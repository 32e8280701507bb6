public import Store

extension StoreError {
    /// For whoever runs the machine: the plain words, with what the database said.
    public var forTechnician: String {
        let said = "(\(detail.split(separator: "\n").joined(separator: " ")))"
        return switch self {
        case .badAddress, .unguarded: publicMessage
        case .unavailable, .full: "\(StoreError.cause(of: detail) ?? publicMessage) \(said)"
        default: "\(publicMessage) \(said)"
        }
    }

    /// What people are told (a full disk, try again in a minute) would send a technician the wrong way: what the engines' own words mean.
    private static func cause(of detail: String) -> String? {
        let causes = [
            (
                ["readonly database"],
                "The database cannot be written to, so nothing was saved: its file or folder belongs to another user (look with “ls -l”), or the disk is mounted read-only."
            ),
            (["disk I/O error"], "The database’s file cannot be read or written. Is the disk full (“df -h”), or broken?"),
            (
                ["unable to open database file"],
                "The database’s file cannot be opened. Is its folder there, and may whoever runs this use it (“ls -l”)?"
            ),
            (
                ["authentication failed", "no password supplied", "\" does not exist"],
                "PostgreSQL answers and does not let eyhub in. Check user, password and name in the database’s address."
            ),
            (
                ["Connection refused", "could not translate host name"],
                "No PostgreSQL answers there. Is it running, and is its address right?"
            ),
        ]
        return causes.first { words, _ in words.contains { detail.contains($0) } }?.1
    }
}
