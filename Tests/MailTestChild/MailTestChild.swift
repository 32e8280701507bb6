import Civil
import Foundation
import Mail
import Store

/// Sends what is due, as a process of its own, and stops for ever between the mail server's yes and writing it down, so that a
/// test can kill it there. Arguments: the address of the database, that of the mail server, the moment it is, the file of certificates.
@main enum MailTestChild {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let now = Instant(iso: arguments[3]),
            let configuration = try MailConfiguration.read([
                "EYHUB_SMTP": arguments[2], "EYHUB_MAIL_FROM": "hub@example.org", "EYHUB_SMTP_CA": arguments[4],
            ])
        else { return }
        let sender = Stopping(sender: SMTPSender(configuration, patience: .init(connecting: 600, answer: 600, whole: 600)))
        let postman = Postman(
            database: try Databases.open(arguments[1]), route: MailRoute(sender, from: configuration.from), clock: .fixed(now),
            name: "child")
        _ = try await postman.round()
    }
}

/// Sends, says how it went, and does not return before its standard input ends.
private struct Stopping: MailSender {
    let sender: SMTPSender

    func send(_ message: Message) async -> SendReport {
        let report = await sender.send(message)
        // Straight to the file: the buffer of `print` would die with us.
        FileHandle.standardOutput.write(Data("answered \(report.delivery == .accepted)\n".utf8))
        _ = FileHandle.standardInput.readDataToEndOfFile()
        exit(1)
    }
}
