internal import Foundation
internal import Mail

/// What the program takes from its environment, read once.
enum Surroundings {
    private static let all = ProcessInfo.processInfo.environment

    /// The database when no `--database` is given.
    static let database = all["EYHUB_DATABASE"].flatMap { $0.isEmpty ? nil : $0 } ?? "sqlite:eyhub.sqlite"

    /// The installation's own key, which is not in the database.
    static let secretKey = all["EYHUB_SECRET_KEY"].flatMap { $0.isEmpty ? nil : $0 }

    /// The key that takes its place (`eyhub key change`).
    static let newSecretKey = all["EYHUB_NEW_SECRET_KEY"].flatMap { $0.isEmpty ? nil : $0 }

    /// Where people reach the server.
    static let publicURL = all["EYHUB_PUBLIC_URL"].flatMap { $0.isEmpty ? nil : $0 }

    /// The certificate and key the server shows by itself.
    static let tlsCertificate = all["EYHUB_TLS_CERT"].flatMap { $0.isEmpty ? nil : $0 }
    static let tlsKey = all["EYHUB_TLS_KEY"].flatMap { $0.isEmpty ? nil : $0 }

    /// The mail server and how to use it; nil keeps letters. Throws what is wrong with it in a sentence.
    static func mail() throws -> MailConfiguration? { try MailConfiguration.read(all) }

    /// Where programs are looked for.
    static let path = all["PATH"] ?? "/usr/bin:/bin"
}
