internal import Crypto
public import House

/// A code in the address of a public page that is open for a while, such as a sign-up at an event: short enough for a poster, and
/// nobody guesses it (12 of 31 signs, 59 bits). Only its hash is kept.
public enum EventCode {
    /// Without signs that look alike: no 0, o, 1, i or l.
    private static let signs = Array("abcdefghjkmnpqrstuvwxyz23456789")

    /// A new one: `k7mp-w3xq-9abd`.
    public static func make() -> String {
        var random = SystemRandomNumberGenerator()
        let letters = (0..<12).map { _ in signs[Int.random(in: 0..<signs.count, using: &random)] }
        return stride(from: 0, to: 12, by: 4).map { String(letters[$0..<($0 + 4)]) }.joined(separator: "-")
    }

    /// What is kept of it. However somebody types it, it is the same.
    public static func hash(_ code: String) -> String {
        let typed = code.lowercased().filter { signs.contains($0) }
        return Secrets.base64URL(Array(SHA256.hash(data: Array("eyhub event \(typed)".utf8))))
    }
}

extension Tools {
    /// Counts one more sending of a public form from a place, and throws `Refusal.tooMany` when there were too many. Give room for a hall:
    /// everybody in it may come from one address.
    public func countForm(_ form: String, from origin: Origin, most: Int, seconds: Int) async throws {
        try await count([(AttemptLimit(what: form, most: most, seconds: seconds), origin.address)])
    }
}
