internal import Foundation
internal import Identity
internal import Safekeeping
internal import Server
internal import Store

/// The installation's key as the doctor sees it: whether it is there, kept from others, and the one this database was sealed with.
/// Only looks; makes no key.
struct KeyHealth {
    let address: String
    private static let what = "secret key"

    /// Where a key file would be; nil with PostgreSQL.
    private var path: String? { Databases.file(of: address).map { "\($0).key" } }

    /// Whether the key would have to come from a file, and there is none.
    private var isMissing: Bool {
        guard Surroundings.secretKey == nil, let path else { return false }
        return ![path, path + ".new"].contains { FileManager.default.fileExists(atPath: $0) }
    }

    func finding() async -> Finding {
        let found = kept
        let isLegible = found.mark == .ok || isMissing
        guard isLegible, let fit = await fit() else { return found }
        if isMissing, fit.all == 0 { return none }
        guard fit.closed > 0 else { return found }
        if isMissing { return Finding(.wrong, Self.what, missing(fit)) }
        return fit.opened == 0
            ? Finding(.wrong, Self.what, strange(fit))
            : Finding(
                .look, Self.what,
                "\(fit.closed) of \(fit.all) secrets (second steps, codes of events) were sealed with another key than this and cannot be read. Those people set up their second step anew: “eyhub user reset-second-step”."
            )
    }

    /// Says no where secrets are sealed with a key that is not there, before another is made that opens none of them.
    func check(_ database: any Database) async throws {
        guard isMissing else { return }
        let fit = try await database.read { try KeyFit.look(nil, Rooms.sealed, in: $0) }
        if fit.closed > 0 { throw Refused(missing(fit)) }
    }

    private func missing(_ fit: KeyFit) -> String {
        let path = path ?? ""
        return """
            There is no \(path), and \(Self.count(fit)) in this database \(fit.all == 1 ? "is" : "are") sealed with the key that was in it. Bring it \
            back under that name before serving. If it is lost for good: “openssl rand -hex 32 >\(path)”, “chmod 600 \(path)”, and everybody \
            sets up the second step anew (“eyhub user reset-second-step”).
            """
    }

    private func strange(_ fit: KeyFit) -> String {
        """
        The key (\(Surroundings.secretKey == nil ? path ?? "" : "EYHUB_SECRET_KEY")) is not the one this database was sealed with: it opens none of \
        \(Self.count(fit)), so no second step works. Bring the right one back.
        """
    }

    private static func count(_ fit: KeyFit) -> String {
        "\(fit.all) secret\(fit.all == 1 ? "" : "s") (second steps, codes of events)"
    }

    /// Nil when the database cannot be asked; other findings say why.
    private func fit() async -> KeyFit? {
        if let file = Databases.file(of: address), !FileManager.default.fileExists(atPath: file) { return nil }
        guard let database = try? Databases.open(address) else { return nil }
        let key = isMissing ? nil : (Surroundings.secretKey ?? path.flatMap { try? KeyFile.read($0) }).map { SecretBox(secret: $0) }
        let fit = try? await database.read { try KeyFit.look(key, Rooms.sealed, in: $0) }
        await database.close()
        return fit
    }

    private var none: Finding {
        Finding(.ok, Self.what, "There is none yet: \(path ?? "") is made when the server first needs it.")
    }

    /// What can be said without the database.
    private var kept: Finding {
        if let key = Surroundings.secretKey {
            return key.utf8.count < 32
                ? Finding(
                    .wrong, Self.what, "EYHUB_SECRET_KEY is too short: it needs at least 32 characters of chance (openssl rand -base64 32)."
                )
                : Finding(.ok, Self.what, "It is in EYHUB_SECRET_KEY. Keep a copy apart from the backups.")
        }
        guard let file = Databases.file(of: address) else {
            return Finding(
                .wrong, Self.what, "EYHUB_SECRET_KEY is not set, and PostgreSQL needs it: openssl rand -base64 32 makes one. Keep it.")
        }
        let path = "\(file).key"
        guard let known = try? FileManager.default.attributesOfItem(atPath: path) else {
            let isNew = !FileManager.default.fileExists(atPath: file)
            return isNew
                ? none
                : Finding(
                    .look, Self.what,
                    "There is no \(path). Is this a restored database? Then bring its key back before serving, or every second step must be set up anew. Else it is made when the server first needs it."
                )
        }
        let mode = (known[.posixPermissions] as? NSNumber)?.intValue ?? 0
        if mode & 0o077 != 0 { return Finding(.wrong, Self.what, "Others on this machine may read \(path). Say: chmod 600 \(path)") }
        do { _ = try KeyFile.read(path) } catch { return Finding(.wrong, Self.what, Sentence.about(error)) }
        return Finding(.ok, Self.what, "It is in \(path), for its owner only. Back it up too: it is in no backup of the database.")
    }
}
