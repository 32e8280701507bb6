import Foundation

/// A certificate for 127.0.0.1 and localhost that nobody in the world trusts, in a folder that goes with it.
final class Certificate: Sendable {
    let file: String
    let key: String
    private let folder: String

    init() async throws {
        folder = NSTemporaryDirectory() + "eyhub-certificate-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        file = "\(folder)/certificate.pem"
        key = "\(folder)/key.pem"
        let isMade = try await Child.run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
                "/CN=mail.test", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", file,
            ])
        if !isMade { throw NotMade() }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    struct NotMade: Error {}
}
