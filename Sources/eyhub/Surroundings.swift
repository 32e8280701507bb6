internal import Foundation

/// What the program takes from its environment, read once.
enum Surroundings {
    private static let all = ProcessInfo.processInfo.environment

    /// The database when no `--database` is given.
    static let database = all["EYHUB_DATABASE"].flatMap { $0.isEmpty ? nil : $0 } ?? "sqlite:eyhub.sqlite"

    /// The installation's own key, which is not in the database.
    static let secretKey = all["EYHUB_SECRET_KEY"].flatMap { $0.isEmpty ? nil : $0 }

    /// Where people reach the server.
    static let publicURL = all["EYHUB_PUBLIC_URL"].flatMap { $0.isEmpty ? nil : $0 }

    /// Where programs are looked for.
    static let path = all["PATH"] ?? "/usr/bin:/bin"
}
