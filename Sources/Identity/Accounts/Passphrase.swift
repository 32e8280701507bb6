internal import Crypto
internal import CryptoExtras
internal import Foundation

/// A passphrase a person chose, and what is kept of it: `scrypt$N$r$p$salt$key`.
///
/// The cost is OWASP's for scrypt (Password Storage Cheat Sheet, 2025): N = 2^17, r = 8, p = 1, which takes 128 MB and some tenths of a
/// second for each try. It runs on a queue of its own, one after the other, so that many tries at once cannot fill the memory.
struct PassphraseHasher: Sendable {
    let rounds: Int

    static let standard = PassphraseHasher(rounds: 1 << 17)
    private static let queue = DispatchQueue(label: "eyhub.scrypt")

    func hash(_ passphrase: String) async throws -> String {
        let salt = Secrets.token()
        let key = try await derive(passphrase, salt: salt, rounds: rounds, blockSize: 8, parallelism: 1)
        return "scrypt$\(rounds)$8$1$\(salt)$\(key)"
    }

    /// Whether it is the one. Takes as long when there is none to compare with, so that nobody learns which accounts have one.
    func matches(_ passphrase: String, _ kept: String?) async throws -> Bool {
        let parts = (kept ?? "").split(separator: "$").map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let block = Int(parts[2]), let lanes = Int(parts[3])
        else {
            _ = try await derive(passphrase, salt: "none", rounds: self.rounds, blockSize: 8, parallelism: 1)
            return false
        }
        let key = try await derive(passphrase, salt: parts[4], rounds: rounds, blockSize: block, parallelism: lanes)
        return Secrets.areEqual(key, parts[5])
    }

    private func derive(_ passphrase: String, salt: String, rounds: Int, blockSize: Int, parallelism: Int) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            PassphraseHasher.queue.async {
                continuation.resume(
                    with: Result {
                        // The same letters typed on another keyboard may come in other code points.
                        let typed = Array(passphrase.precomposedStringWithCompatibilityMapping.utf8)
                        let key = try KDF.Scrypt.deriveKey(
                            from: typed, salt: Array(salt.utf8), outputByteCount: 32, rounds: rounds, blockSize: blockSize,
                            parallelism: parallelism)
                        return key.withUnsafeBytes { Secrets.base64URL(Array($0)) }
                    })
            }
        }
    }
}

/// What a passphrase must be (NIST SP 800-63B: length, not kinds of characters).
enum PassphraseRule {
    static let shortest = 12
    static let longest = 200

    /// What is wrong with it, in words for the person; nil when it will do.
    static func fault(_ passphrase: String, name: String, email: String) -> String? {
        // Code points, as NIST counts: a letter of Bengali is often two of them.
        if passphrase.unicodeScalars.count < shortest {
            return "Use at least \(shortest) characters. Three or four words you can remember are good."
        }
        if passphrase.unicodeScalars.count > longest { return "Use at most \(longest) characters." }
        let folded = passphrase.lowercased()
        if Set(folded).count < 5 { return "Use more different characters: this one is quickly guessed." }
        let own = [email.lowercased(), String(email.lowercased().prefix { $0 != "@" }), name.lowercased()].filter { $0.count > 3 }
        if own.contains(where: { folded.contains($0) && folded.count - $0.count < 6 }) {
            return "Do not use your own name or address: it is the first thing somebody would try."
        }
        if common.contains(folded.filter { !$0.isWhitespace }) { return "This one is on every list of common passwords. Choose another." }
        return nil
    }

    /// The commonest of twelve characters and more in lists of leaked passwords.
    private static let common: Set<String> = [
        "123456789012", "1234567890123", "qwertyuiop12", "qwertyuiop123", "password1234", "passwordpassword", "password12345",
        "iloveyou1234", "qwerty123456", "1q2w3e4r5t6y", "abc123456789", "administrator", "unknownunknown", "letmeinletmein",
        "correcthorsebatterystaple", "abcdefghijkl", "abcdefghijklm", "changemechangeme", "welcome12345", "nurserynursery",
        "earlyyearshub", "earlyyears123", "liverpool1234", "manchesterunited",
    ]
}
