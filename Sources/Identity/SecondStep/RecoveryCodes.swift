internal import Civil
internal import House
internal import Store

/// Codes for the day the phone is lost: ten, each good once. They are kept by scrypt, all ten of a person with the same salt, so that a
/// try is one computation and not ten.
enum RecoveryCodes {
    static let length = 10
    /// A sixteenth of a passphrase's cost. Nobody chose these codes: with fifty bits of chance, guessing one from what is kept takes some
    /// hundred thousand years of one core; and a room full of people who set up their second step at once must not wait in line for minutes.
    static let rounds = 1 << 13
    /// Letters and digits that are not mistaken for one another; fifty bits of chance in each code.
    private static let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")

    static func make() -> [String] {
        var generator = SystemRandomNumberGenerator()
        return (0..<10).map { _ in
            let letters = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
            return "\(String(letters.prefix(5)))-\(String(letters.suffix(5)))"
        }
    }

    /// A code as it is compared: without the line in its middle and without blanks.
    static func bare(_ typed: String) -> String { typed.filter { !$0.isWhitespace && $0 != "-" }.uppercased() }

    /// What is kept of each. Takes a part of a second: do it before the transaction.
    static func hashes(of codes: [String], _ hasher: PassphraseHasher) async throws -> [String] {
        let hasher = PassphraseHasher(rounds: min(hasher.rounds, rounds))
        let salt = Secrets.token()
        var hashes: [String] = []
        for code in codes { hashes.append(try await hasher.hash(bare(code), salt: salt)) }
        return hashes
    }

    /// Puts new ones in the place of all earlier.
    static func keep(_ hashes: [String], for id: String, at now: Instant, _ session: any Session) throws {
        try session.run("delete from recovery_code where person_id = \(id)")
        for hash in hashes {
            try session.run("insert into recovery_code (code_hash, person_id, created_at) values (\(hash), \(id), \(now))")
        }
    }

    /// What is kept of the code that was typed, if it is one of the person's that was not used. It is not used up by that.
    static func kept(_ typed: String, of id: String, _ hasher: PassphraseHasher, _ tools: Tools) async throws -> String? {
        guard typed.count == length, typed.allSatisfy(alphabet.contains) else { return nil }
        let all = try await tools.database.read { session in
            try session.all("select code_hash from recovery_code where person_id = \(id) and used_at is null").map { $0.text("code_hash") }
        }
        // Codes made before November 2026 are kept by SHA-256 with the person's id, and hold until they are made anew.
        let early = Secrets.hash("\(id) \(typed)")
        if let found = all.first(where: { Secrets.areEqual($0, early) }) { return found }
        guard let hash = try await hasher.hash(typed, as: all.first { $0.contains("$") }) else { return nil }
        return all.first { Secrets.areEqual($0, hash) }
    }
}
