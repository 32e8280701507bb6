import Civil
import Foundation
import Testing

@testable import Server

@Suite struct CertificateTests {
    /// Made with openssl for three names, for thirty days from now.
    private func inFolder<T>(_ body: (String) throws -> T) throws -> T {
        let folder = NSTemporaryDirectory() + "eyhub-certificates-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in ["one", "two"] {
            try openssl(
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-subj", "/CN=x",
                "-addext", "subjectAltName=DNS:*.wild.test,DNS:hub.test,DNS:two.test", "-keyout", "\(folder)/\(name).key", "-out",
                "\(folder)/\(name).crt")
        }
        return try body(folder)
    }

    private func openssl(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    /// Asked anew each time: making certificates takes a while, and one that begins later than now is refused.
    private var now: Instant { Clock.system.now }

    private func refusal(_ certificate: String, _ key: String, at moment: Instant? = nil) -> String {
        do {
            _ = try ServingCertificate(CertificateFiles(certificate: certificate, key: key), now: moment ?? now)
            return ""
        } catch {
            return error.description
        }
    }

    @Test("A certificate says for which names it is and until when; a star stands for one label")
    func reads() throws {
        try inFolder { folder in
            let certificate = try ServingCertificate(
                CertificateFiles(certificate: "\(folder)/one.crt", key: "\(folder)/one.key"), now: now)
            #expect(certificate.firstName == "hub.test")
            for name in ["hub.test", "HUB.test", "a.wild.test", "two.test"] { #expect(certificate.isFor(name)) }
            for name in ["wild.test", "a.b.wild.test", "xhub.test", "hub.test.evil.example", ""] { #expect(!certificate.isFor(name)) }
            let days = certificate.end.dayInLondon.daysSince1970 - now.dayInLondon.daysSince1970
            #expect((29...31).contains(days))
        }
    }

    @Test("What cannot be served is refused in a sentence that says which file and why")
    func refuses() throws {
        try inFolder { folder in
            let (certificate, key) = ("\(folder)/one.crt", "\(folder)/one.key")
            let end = try ServingCertificate(CertificateFiles(certificate: certificate, key: key), now: now).end
            try openssl("ec", "-in", key, "-aes128", "-passout", "pass:secret", "-out", "\(folder)/locked.key")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: certificate)
            let cases: [(refusal: String, words: [String])] = [
                (refusal("\(folder)/none", key), ["\(folder)/none", "there is no such file"]),
                (refusal(folder, key), [folder, "cannot be read"]),
                (refusal(key, key), [key, "BEGIN CERTIFICATE"]),
                (refusal(certificate, certificate), [certificate, "BEGIN PRIVATE KEY"]),
                (refusal(certificate, "\(folder)/two.key"), [certificate, "\(folder)/two.key", "does not belong"]),
                (refusal(certificate, "\(folder)/locked.key"), ["locked.key", "passphrase"]),
                (refusal(certificate, key, at: end), [certificate, "ended on \(end.shown)"]),
                (refusal(certificate, key, at: end.adding(seconds: -40 * 86_400)), [certificate, "begins on", "clock"]),
            ]
            for (refusal, words) in cases {
                for word in words { #expect(refusal.contains(word), "\(refusal)") }
                #expect(!refusal.contains("BoringSSL"))
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
            #expect(refusal(certificate, key).contains("chmod 600 \(key)"))
            // A link is judged by what it leads to, as renewing programs make them.
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: key)
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/live.key", withDestinationPath: key)
            #expect(refusal(certificate, "\(folder)/live.key").isEmpty)
        }
    }

    @Test("A renewed certificate is served from then on; half a renewal changes nothing")
    func renews() throws {
        try inFolder { folder in
            let files = CertificateFiles(certificate: "\(folder)/live.crt", key: "\(folder)/live.key")
            func put(_ name: String, _ part: String) throws {
                try? FileManager.default.removeItem(atPath: "\(folder)/live.\(part)")
                try FileManager.default.copyItem(atPath: "\(folder)/\(name).\(part)", toPath: "\(folder)/live.\(part)")
            }
            try put("one", "crt")
            try put("one", "key")
            let holder = try CertificateHolder(files, now: now)
            #expect(holder.renew(now: now) == .unchanged)
            let first = holder.certificate.bytes
            try put("two", "crt")
            guard case .kept = holder.renew(now: now) else {
                Issue.record("half a renewal was taken")
                return
            }
            #expect(holder.certificate.bytes == first)
            try put("two", "key")
            guard case .renewed = holder.renew(now: now) else {
                Issue.record("a renewal was not taken")
                return
            }
            #expect(holder.certificate.bytes != first)
        }
    }
}
