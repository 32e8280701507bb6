internal import Crypto
internal import Foundation

/// Time-based one-time codes (RFC 6238): six digits, thirty seconds, HMAC-SHA1, as every authenticator makes them.
enum TimeCode {
    static let seconds = 30

    /// The code of one step, `floor(time / 30)`.
    static func code(secret: [UInt8], step: Int) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> ((7 - $0) * 8)) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 15)
        let number = mac[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The step whose code it is: this one, or a neighbour for clocks that differ a little. A step that was used, or an
    /// earlier one, never counts again: a code overheard is of no use.
    static func step(of code: String, secret: [UInt8], at seconds: Int, after used: Int) -> Int? {
        let now = seconds / TimeCode.seconds
        return [now, now - 1, now + 1].first { $0 > used && Secrets.areEqual(TimeCode.code(secret: secret, step: $0), code) }
    }

    /// What an authenticator reads from the picture.
    static func address(secret: [UInt8], account: String, issuer: String) -> String {
        func encoded(_ text: String) -> String {
            text.utf8.map { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: String(UnicodeScalar(byte))
                default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
                }
            }.joined()
        }
        return "otpauth://totp/\(encoded(issuer)):\(encoded(account))?secret=\(Base32.text(secret))&issuer=\(encoded(issuer))"
    }
}

/// RFC 4648 base 32 without padding.
enum Base32 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    static func text(_ bytes: [UInt8]) -> String {
        var text = ""
        var held = 0
        var bits = 0
        for byte in bytes {
            held = held << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(letters[held >> bits & 31])
                held &= (1 << bits) - 1
            }
        }
        if bits > 0 { text.append(letters[held << (5 - bits) & 31]) }
        return text
    }

    /// Nil when it holds anything else; spaces and small letters are forgiven.
    static func bytes(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var held = 0
        var bits = 0
        for letter in text.uppercased() where letter != " " && letter != "=" {
            guard let value = letters.firstIndex(of: letter) else { return nil }
            held = held << 5 | value
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(held >> bits & 255))
                held &= (1 << bits) - 1
            }
        }
        return bytes
    }
}
