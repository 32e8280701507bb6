internal import Crypto
internal import Foundation

/// Random values that open something, and the hashes that are kept of them.
public enum Secrets {
    /// 256 bits from the machine's source of randomness, in letters that an address can carry.
    public static func token() -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return base64URL(bytes)
    }

    /// What is kept of a token. A token has 256 bits of chance in it, so one round of SHA-256 is enough: nothing shorter than
    /// the token itself can be tried.
    public static func hash(_ token: String) -> String { base64URL(Array(SHA256.hash(data: Array(token.utf8)))) }

    /// Ties a form to the cookie of the browser it was drawn for: HMAC-SHA256 of the purpose under the cookie's own value.
    static func formToken(cookie: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array("eyhub form".utf8), using: SymmetricKey(data: Array(cookie.utf8)))
        return base64URL(Array(code))
    }

    /// Compares without telling by the time it takes how much was right.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var out: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let three = bytes[start..<min(start + 3, bytes.count)]
            let joined = three.enumerated().reduce(UInt32(0)) { $0 | UInt32($1.element) << UInt32(16 - 8 * $1.offset) }
            for place in 0...three.count { out.append(alphabet[Int(joined >> UInt32(18 - 6 * place) & 63)]) }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
