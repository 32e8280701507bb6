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

    func hash(_ passphrase: String) async throws -> String { try await hash(passphrase, salt: Secrets.token()) }

    /// With a salt that several secrets of one person share, so that one computation is compared with all.
    func hash(_ passphrase: String, salt: String) async throws -> String {
        let key = try await derive(passphrase, salt: salt, rounds: rounds, blockSize: 8, parallelism: 1)
        return "scrypt$\(rounds)$8$1$\(salt)$\(key)"
    }

    /// What would be kept of it with the salt and the cost of something that is kept; nil when that is not of ours.
    func hash(_ passphrase: String, as kept: String?) async throws -> String? {
        let parts = (kept ?? "").split(separator: "$").map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let block = Int(parts[2]), let lanes = Int(parts[3])
        else { return nil }
        let key = try await derive(passphrase, salt: parts[4], rounds: rounds, blockSize: block, parallelism: lanes)
        return (parts.dropLast() + [key]).joined(separator: "$")
    }

    /// Whether it is the one. Takes as long when there is none to compare with, so that nobody learns which accounts have one.
    func matches(_ passphrase: String, _ kept: String?) async throws -> Bool {
        guard let kept, let hash = try await hash(passphrase, as: kept) else {
            _ = try await derive(passphrase, salt: "none", rounds: rounds, blockSize: 8, parallelism: 1)
            return false
        }
        return Secrets.areEqual(hash, kept)
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
