internal import Crypto
internal import Foundation

/// Encrypts what must be read again, such as the secret of an authenticator (AES-GCM with the installation's own key, which is not in
/// the database).
public struct SecretBox: Sendable {
    private let key: SymmetricKey
    private let signingKey: SymmetricKey

    /// `secret` is the installation's key as its operator keeps it: any text of at least 32 characters of chance.
    public init(secret: String) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Array(secret.utf8)), info: Array("eyhub second step".utf8), outputByteCount: 32)
        signingKey = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Array(secret.utf8)), info: Array("eyhub signatures".utf8), outputByteCount: 32)
    }

    /// Shows later that a text came from us, for this purpose (HMAC-SHA256): for links that work without signing in.
    func signature(_ text: String, for purpose: String) -> String {
        Secrets.base64URL(Array(HMAC<SHA256>.authenticationCode(for: Array("\(purpose) \(text)".utf8), using: signingKey)))
    }

    public func seal(_ bytes: [UInt8]) throws -> String {
        guard let sealed = try AES.GCM.seal(bytes, using: key).combined else { throw SecretBoxFault.broken }
        return sealed.base64EncodedString()
    }

    /// Throws when it was sealed under another key or altered.
    public func open(_ text: String) throws -> [UInt8] {
        guard let data = Data(base64Encoded: text) else { throw SecretBoxFault.broken }
        return Array(try AES.GCM.open(try AES.GCM.SealedBox(combined: data), using: key))
    }
}

enum SecretBoxFault: Error { case broken }
