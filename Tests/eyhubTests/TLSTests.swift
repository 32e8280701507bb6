import Foundation
import TestKit
import Testing

@Suite struct TLSTests {
    /// Makes a certificate for `hub.test` and `localhost` as `NAME.crt` and `NAME.key`.
    private func make(_ name: String, in folder: String) async throws {
        let made = try await openssl(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-subj",
                "/CN=\(name)",
                "-addext", "subjectAltName=DNS:hub.test,DNS:localhost", "-keyout", "\(folder)/\(name).key", "-out", "\(folder)/\(name).crt",
            ])
        try #require(made.code == 0)
    }

    private func openssl(_ arguments: [String], typing input: String = "") async throws -> Program.Outcome {
        try await Line(arguments, typing: input).outcome()
    }

    /// Asks for a page over TLS, trusting this certificate only.
    private func ask(_ port: String, _ path: String, trusting certificate: String, more: [String] = []) async throws -> Program.Outcome {
        try await openssl(
            [
                "s_client", "-connect", "127.0.0.1:\(port)", "-servername", "hub.test", "-verify_hostname", "hub.test", "-CAfile",
                certificate,
                "-verify_return_error", "-quiet", "-no_ign_eof",
            ] + more, typing: "GET \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n\r\n")
    }

    @Test("With a certificate of its own it speaks https, with cookies for https only, and nothing older than TLS 1.2")
    func speaksTLS() async throws {
        try await Program.inFolder { folder in
            try await make("one", in: folder)
            let server = try Running(
                ["serve", "--port", "0", "--tls-cert", "\(folder)/one.crt", "--tls-key", "\(folder)/one.key"], in: folder)
            let line = try #require(await server.line(beginning: "Listening at https://127.0.0.1:"))
            let port = try #require(line.split(separator: ":").last.map(String.init))
            let page = try await ask(port, "/sign-in", trusting: "\(folder)/one.crt")
            #expect(page.out.hasPrefix("HTTP/1.1 200"))
            #expect(page.out.contains("Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n"))
            let cookie = page.out.split(separator: "\r\n").first { $0.hasPrefix("Set-Cookie: ") }
            #expect(cookie?.hasPrefix("Set-Cookie: __Host-eyhub-visit=") == true)
            for word in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] { #expect(cookie?.contains(word) == true) }
            for version in ["-tls1_2", "-tls1_3"] {
                let health = try await ask(port, "/health", trusting: "\(folder)/one.crt", more: [version])
                #expect(health.out.hasSuffix(#"{"status":"ok"}"#), "\(version)")
            }
            let weak = try await ask(
                port, "/health", trusting: "\(folder)/one.crt", more: ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0"])
            #expect(weak.code != 0 && weak.error.contains("alert handshake failure"))
            for version in ["-tls1", "-tls1_1"] {
                let old = try await ask(
                    port, "/health", trusting: "\(folder)/one.crt", more: [version, "-cipher", "ALL:@SECLEVEL=0"])
                #expect(old.code != 0)
                #expect(old.error.contains("alert protocol version"), "\(version)")
            }
            server.process.terminate()
            #expect(await server.outcome().code == 0)
        }
    }

    @Test("A renewed certificate is shown after SIGHUP, and who is connected stays so; one that does not fit is not taken")
    func renews() async throws {
        try await Program.inFolder { folder in
            for name in ["one", "two"] { try await make(name, in: folder) }
            for part in ["crt", "key"] {
                try FileManager.default.copyItem(atPath: "\(folder)/one.\(part)", toPath: "\(folder)/live.\(part)")
            }
            let server = try Running(
                ["serve", "--port", "0", "--tls-cert", "\(folder)/live.crt", "--tls-key", "\(folder)/live.key"], in: folder)
            let line = try #require(await server.line(beginning: "Listening at https://127.0.0.1:"))
            let port = try #require(line.split(separator: ":").last.map(String.init))
            let request = "GET /health HTTP/1.1\r\nHost: localhost:\(port)\r\n"
            let connected = try Line(["s_client", "-connect", "127.0.0.1:\(port)", "-quiet", "-CAfile", "\(folder)/one.crt"])
            // It asks after each step: who is silent for a minute is let go, and a slow machine may take that long for all of them.
            func stillConnected(_ times: Int, _ more: String = "") async throws {
                try connected.type("\(request)\(more)\r\n")
                #expect(await connected.says(#"{"status":"ok"}"#, times: times))
            }
            try await stillConnected(1)

            func put(_ part: String) throws {
                try FileManager.default.removeItem(atPath: "\(folder)/live.\(part)")
                try FileManager.default.copyItem(atPath: "\(folder)/two.\(part)", toPath: "\(folder)/live.\(part)")
                kill(server.process.processIdentifier, SIGHUP)
            }
            try put("crt")
            #expect(await server.logs("does not belong to the certificate"))
            #expect(try await ask(port, "/health", trusting: "\(folder)/one.crt").out.hasSuffix(#"{"status":"ok"}"#))
            try await stillConnected(2)
            try put("key")
            #expect(await server.logs("Renewed, until "))
            try await stillConnected(3)
            #expect(try await ask(port, "/health", trusting: "\(folder)/two.crt").out.hasSuffix(#"{"status":"ok"}"#))
            #expect(try await ask(port, "/health", trusting: "\(folder)/one.crt").code != 0)

            try await stillConnected(4, "Connection: close\r\n")
            server.process.terminate()
            #expect(await server.outcome().code == 0)
        }
    }

    @Test("A certificate that cannot be served ends the start with one sentence; the doctor says when a good one ends")
    func refuses() async throws {
        try await Program.inFolder { folder in
            try await make("one", in: folder)
            let database = "sqlite:\(folder)/hub.sqlite"
            let (certificate, key) = ("\(folder)/one.crt", "\(folder)/one.key")
            func serve(_ more: [String]) async throws -> Program.Outcome {
                try await Running(["serve", "--port", "0", "--database", database, "--address", "0.0.0.0"] + more, in: folder).outcome()
            }
            for (options, words) in [
                (["--tls-cert", certificate], "give both --tls-cert and --tls-key"),
                (["--tls-cert", certificate, "--tls-key", certificate], "holds no private key"),
                (["--tls-cert", certificate, "--tls-key", key, "--public-url", "https://other.test"], "not for other.test"),
                (["--tls-cert", certificate, "--tls-key", key, "--public-url", "http://hub.test"], "begins with https://"),
                // All is well with the certificate; the rest is asked for as ever.
                (["--tls-cert", certificate, "--tls-key", key], "it first needs a secret key"),
            ] {
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: certificate)
                let outcome = try await serve(options)
                #expect(outcome.code == 1)
                #expect(outcome.error.contains(words), "\(outcome.error)")
                #expect(outcome.error.split(separator: "\n").count == 1)
            }
            _ = try await Program.run("user", "list", "--database", database)
            let doctor = try await Program.run(
                "doctor", "--database", database, "--tls-cert", certificate, "--tls-key", key)
            #expect(doctor.out.contains("ok     certificate: The certificate ends on "))
            let wrong = try await Program.run(
                "doctor", "--database", database, "--tls-cert", certificate, "--tls-key", "\(folder)/none")
            #expect(wrong.code == 1)
            #expect(wrong.out.contains("wrong  certificate: "))
        }
    }

    @Test("With a certificate, a key and an administrator others can reach it, by the certificate's name")
    func servesOthers() async throws {
        try await Program.inFolder { folder in
            try await make("one", in: folder)
            let database = "sqlite:\(folder)/hub.sqlite"
            _ = try await Program.run("user", "add", "ada@example.org", "--name", "Ada", "--administrator", "--database", database)
            let server = try Running(
                [
                    "serve", "--port", "0", "--address", "0.0.0.0", "--database", database, "--tls-cert", "\(folder)/one.crt", "--tls-key",
                    "\(folder)/one.key", "--public-url", "https://hub.test",
                ], in: folder, environment: ["EYHUB_SECRET_KEY": "a secret key of the tests, long enough"])
            let line = try #require(await server.line(beginning: "Listening at https://0.0.0.0:"))
            let port = try #require(line.split(separator: ":").last.map(String.init))
            let page = try await openssl(
                [
                    "s_client", "-connect", "127.0.0.1:\(port)", "-CAfile", "\(folder)/one.crt", "-verify_return_error", "-quiet",
                    "-no_ign_eof",
                ],
                typing: "GET / HTTP/1.1\r\nHost: hub.test\r\nX-Forwarded-For: 192.0.2.7\r\nConnection: close\r\n\r\n")
            #expect(page.out.hasPrefix("HTTP/1.1 200"))
            server.process.terminate()
            #expect(await server.outcome().code == 0)
        }
    }
}

/// `openssl`, with somebody typing into it.
private final class Line: Sendable {
    private let process = Process()
    private let (out, error) = (Heard(), Heard())
    private let input = Pipe()
    private let ended: AsyncStream<Void>

    /// With `typing`, that is all that is typed; without, `type` says more.
    init(_ arguments: [String], typing text: String? = nil) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardOutput = out.pipe
        process.standardError = error.pipe
        process.standardInput = input
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        self.ended = ended
        process.terminationHandler = { _ in continuation.finish() }
        // Before it runs: one that is refused at once has ended before anybody could type.
        if let text { try type(text) }
        try process.run()
        for heard in [out, error] { heard.listen() }
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    func type(_ text: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

    /// Waits until it has said these words so often; false when it ends without.
    func says(_ words: String, times: Int) async -> Bool {
        await out.first { $0.text.components(separatedBy: words).count > times ? true : nil } ?? false
    }

    func outcome() async -> Program.Outcome {
        for await _ in ended {}
        return Program.Outcome(code: process.terminationStatus, out: await out.whole(), error: await error.whole())
    }
}
