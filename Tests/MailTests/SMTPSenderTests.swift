import Civil
import Mail
import Store
import StoreTestKit
import Testing

/// Against a real SMTP server.
@Suite struct SMTPSenderTests {
    private func message(to address: String, text: String = "Hello.") async throws -> Message {
        var letter = Sample.notice(to: address, subject: "Überblick")
        letter.text = text
        let claimed = try #require(try await Sample.claimed(letter))
        let from = try #require(Mailbox("Süd Hub <hub@hub.example.org>"))
        return try #require(Message(claimed, from: from, at: Sample.now))
    }

    static let ways: [(mode: MailServer.Mode, address: String)] = [
        (.smtps, "smtps://ann:p%40ss@127.0.0.1:PORT"), (.starttls, "smtp://ann:p%40ss@localhost:PORT?starttls=required"),
        (.starttls, "smtp://ann:p%40ss@127.0.0.1:PORT"),
    ]

    @Test(arguments: ways) func aLetterArrivesOverTLSAsItWasWritten(mode: MailServer.Mode, address: String) async throws {
        try await MailServer.serving(mode, account: ["ann", "p@ss"]) { server in
            let message = try await message(
                to: "ann@example.org", text: "Line one\n.\n.dots\nÜber\n" + String(repeating: "x", count: 100_000))
            let report = try await server.sender(address).send(message)
            #expect(report == SendReport(.accepted))
            let received = try server.received()
            let letter = try #require(received.first)
            #expect(received.count == 1 && letter.content == String(decoding: message.bytes, as: UTF8.self))
            #expect(letter.to == ["ann@example.org"] && letter.sender == "hub@hub.example.org" && letter.tls)
            #expect(letter.hello == "hub.example.org")
        }
    }

    @Test func aServerWithoutTLSIsUsedOnlyWhereThatWasSaid() async throws {
        try await MailServer.serving(.none) { server in
            let message = try await message(to: "ann@example.org")
            let off = try await server.sender("smtp://127.0.0.1:PORT?starttls=off", trusting: false).send(message)
            let offered = try await server.sender("smtp://127.0.0.1:PORT?starttls=opportunistic").send(message)
            #expect(off == SendReport(.accepted) && offered == SendReport(.accepted))
            let required = try await server.sender("smtp://127.0.0.1:PORT?starttls=required").send(message)
            expectAway(required)
            let count = try server.received().count
            #expect(count == 2)
        }
    }

    @Test(arguments: [MailServer.Mode.smtps, .starttls]) func aServerNobodyVouchesForIsNotTrusted(mode: MailServer.Mode) async throws {
        try await MailServer.serving(mode) { server in
            let address = mode == .smtps ? "smtps://127.0.0.1:PORT" : "smtp://127.0.0.1:PORT"
            let sender = try server.sender(address, trusting: false)
            expectAway(await sender.send(try await message(to: "ann@example.org")))
            let trouble = try #require(await sender.check())
            #expect(trouble.contains("certificate"))
            let none = try server.received().isEmpty
            #expect(none)
        }
    }

    @Test func aCertificateForAnotherNameIsNotTrusted() async throws {
        try await MailServer.serving(.smtps) { server in
            // The same machine under a number that is not in the certificate.
            let sender = try server.sender("smtps://127.1.2.3:PORT")
            expectAway(await sender.send(try await message(to: "ann@example.org")))
            let none = try server.received().isEmpty
            #expect(none)
        }
    }

    @Test func aWrongPasswordIsAboutOurSide() async throws {
        try await MailServer.serving(.smtps, account: ["ann", "right"]) { server in
            let wrong = try server.sender("smtps://ann:wrong@127.0.0.1:PORT")
            let report = await wrong.send(try await message(to: "ann@example.org"))
            expectAway(report)
            guard case .later(let reason) = report.delivery else { return }
            #expect(reason.contains("535") && !reason.contains("wrong"))
            let trouble = try #require(await wrong.check())
            #expect(trouble.contains("535"))
            let right = try await server.sender("smtps://ann:right@127.0.0.1:PORT").check()
            #expect(right == nil)
        }
    }

    @Test func refusalsAndTemporaryFailuresAreToldApart() async throws {
        try await MailServer.serving(.smtps) { server in
            let sender = try server.sender("smtps://127.0.0.1:PORT")
            let expected: [(to: String, SendReport)] = [
                ("nobody", SendReport(.refused("The mail server said: 550 5.1.1 <(the address)> is not known here", bounced: true))),
                ("strange", SendReport(.refused("The mail server said: 550 Nobody of this name", bounced: true))),
                ("spam", SendReport(.refused("The mail server said: 550 5.7.1 This looks like spam", bounced: false))),
                ("later", SendReport(.later("The mail server said: 451 4.3.0 Too busy just now"))),
                ("full", SendReport(.later("The mail server said: 452 4.2.2 Mailbox full"))),
                ("ann", SendReport(.accepted)),
            ]
            for (name, report) in expected {
                let got = await sender.send(try await message(to: "\(name)@example.org"))
                #expect(got == report, "\(name)")
            }
        }
    }

    @Test func aServerThatHangsIsLeftInTime() async throws {
        try await MailServer.serving(.none) { server in
            func send(to name: String, waiting seconds: Int) async throws -> SendReport {
                let sender = SMTPSender(
                    try server.configuration("smtp://127.0.0.1:PORT?starttls=off", trusting: false),
                    patience: .init(connecting: seconds, answer: seconds, whole: seconds))
                return await sender.send(try await message(to: "\(name)@example.org"))
            }
            expectAway(try await send(to: "hang", waiting: 1))
            // It had the whole letter: nobody knows. A server on a busy machine may not even get so far in a second.
            var (patience, report) = (1, try await send(to: "mute", waiting: 1))
            while try server.received().isEmpty, patience < 300 {
                patience *= 2
                report = try await send(to: "mute", waiting: patience)
            }
            expectDoubt(report)
        }
    }

    @Test func aLineThatBreaksAfterTheLetterLeavesADoubt() async throws {
        try await MailServer.serving(.smtps) { server in
            let sender = try server.sender("smtps://127.0.0.1:PORT")
            expectDoubt(await sender.send(try await message(to: "vanish@example.org")))
            let count = try server.received().count
            #expect(count == 1)
        }
    }

    /// Writing to a line that is gone would end a program that does not see to it.
    @Test(arguments: [MailServer.Mode.none, .smtps]) func aLineThatBreaksInTheMiddleLeavesNoDoubt(mode: MailServer.Mode) async throws {
        try await MailServer.serving(mode) { server in
            let address = mode == .smtps ? "smtps://127.0.0.1:PORT" : "smtp://127.0.0.1:PORT?starttls=off"
            let sender = try server.sender(address, trusting: mode == .smtps)
            let text = String(repeating: "Hello, this is a long letter.\n", count: 200_000)
            expectAway(await sender.send(try await message(to: "cut@example.org", text: text)))
            // And the sender is none the worse for it.
            let next = await sender.send(try await message(to: "ann@example.org"))
            #expect(next == SendReport(.accepted))
        }
    }

    @Test func aServerThatIsNotThereIsAwayAndNothingIsInDoubt() async throws {
        let configuration = try #require(
            try MailConfiguration.read(["EYHUB_SMTP": "smtp://127.0.0.1:1?starttls=off", "EYHUB_MAIL_FROM": "hub@example.org"]))
        expectAway(await SMTPSender(configuration).send(try await message(to: "ann@example.org")))
    }

    private func expectAway(_ report: SendReport, _ location: SourceLocation = #_sourceLocation) {
        guard case .later = report.delivery, report.isServerAway else {
            Issue.record("\(report)", sourceLocation: location)
            return
        }
    }

    private func expectDoubt(_ report: SendReport, _ location: SourceLocation = #_sourceLocation) {
        guard case .inDoubt = report.delivery else {
            Issue.record("\(report)", sourceLocation: location)
            return
        }
    }
}
