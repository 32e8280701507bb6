import Foundation
import Mail
import StoreTestKit

/// A real SMTP server as a child of the tests, see `mail_server.py`.
final class MailServer: Sendable {
    enum Mode: String { case none, starttls, smtps }

    /// A letter as the server got it.
    struct Received: Decodable, Sendable {
        let to: [String]
        let sender: String
        let content: String
        let tls: Bool
        let hello: String

        /// The value of a header, unfolded.
        func header(_ name: String) -> String? { HeadReader(content)[name] }
    }

    let port: Int
    let certificate: Certificate
    private let child: Child

    /// Starts one, gives it to the body, and ends it.
    static func serving(
        _ mode: Mode, account: [String] = [], _ body: (MailServer) async throws -> Void
    ) async throws {
        try await TestEngine.inTurn {
            let server = try await MailServer(mode, account)
            do { try await body(server) } catch {
                await server.child.letGo()
                throw error
            }
            await server.child.letGo()
        }
    }

    private init(_ mode: Mode, _ account: [String]) async throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let project = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        certificate = try await Certificate()
        // Python's packages come with scripts/setup test.
        child = try Child(
            project.appendingPathComponent(".work/venv/bin/python").path,
            [folder.appendingPathComponent("mail_server.py").path, mode.rawValue, certificate.file, certificate.key] + account)
        struct Start: Decodable { let port: Int }
        guard let first = await child.firstLine() else { throw NotServing() }
        port = try JSONDecoder().decode(Start.self, from: Data(first.utf8)).port
    }

    struct NotServing: Error {}

    /// The letters it took, in their order. It says so before it answers, so none is missing once the sender knows.
    func received() throws -> [Received] {
        try child.lines.dropFirst().map { try JSONDecoder().decode(Received.self, from: Data($0.utf8)) }
    }

    /// Sends to it, and waits longer than in earnest: a machine that does ten other things is no server that is away.
    func sender(_ address: String, trusting: Bool = true) throws -> SMTPSender {
        SMTPSender(try configuration(address, trusting: trusting), patience: .init(connecting: 600, answer: 600, whole: 600))
    }

    /// Settings that reach it and trust it.
    func configuration(_ address: String, trusting: Bool = true) throws -> MailConfiguration {
        var environment = [
            "EYHUB_SMTP": address.replacingOccurrences(of: "PORT", with: String(port)),
            "EYHUB_MAIL_FROM": "Süd Hub <hub@hub.example.org>",
        ]
        if trusting { environment["EYHUB_SMTP_CA"] = certificate.file }
        guard let configuration = try MailConfiguration.read(environment) else { throw NotServing() }
        return configuration
    }
}

/// Reads the head of a message as another program would.
struct HeadReader {
    private let fields: [(name: String, value: String)]

    init(_ content: String) {
        let head = content.components(separatedBy: "\r\n\r\n")[0].replacingOccurrences(of: "\r\n ", with: " ")
        fields = head.components(separatedBy: "\r\n").map { line in
            let parts = line.components(separatedBy: ": ")
            return (parts[0], parts.dropFirst().joined(separator: ": "))
        }
    }

    var names: [String] { fields.map(\.name) }
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
}
