import Foundation
import Mail
import Testing

@Suite struct MailConfigurationTests {
    private func read(_ address: String, from: String = "The Hub <hub@example.org>") throws -> MailConfiguration? {
        try MailConfiguration.read(["EYHUB_SMTP": address, "EYHUB_MAIL_FROM": from])
    }

    @Test func theUsualAddressesAreUnderstood() throws {
        let tls = try #require(try read("smtps://ann:p%40ss%3Aword@mail.example.org:465"))
        #expect(tls.host == "mail.example.org" && tls.port == 465 && tls.security == .tls && tls.user == "ann")
        #expect(tls.from.name == "The Hub" && tls.from.address == "hub@example.org")
        let starttls = try #require(try read("smtp://mail.example.org"))
        #expect(starttls.port == 587 && starttls.security == .required && starttls.user == nil)
        #expect(try read("smtp://localhost:25?starttls=off")?.security == .off)
        #expect(try read("smtp://[::1]:25/?starttls=opportunistic")?.host == "[::1]")
        #expect(try read("SMTPS://mail.example.org")?.port == 465)
    }

    @Test func withoutAnAddressMailIsKept() throws {
        #expect(try MailConfiguration.read([:]) == nil)
        #expect(try MailConfiguration.read(["EYHUB_SMTP": " "]) == nil)
    }

    @Test func thePasswordIsShownNowhere() throws {
        let configuration = try #require(try read("smtps://ann:hunter2@mail.example.org"))
        var dumped = ""
        dump(configuration, to: &dumped)
        for shown in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!shown.contains("hunter2"))
            #expect(shown.contains("smtps://ann:…@mail.example.org:465"))
        }
    }

    static let nonsense: [(address: String, says: String)] = [
        ("mail.example.org", "does not begin with"), ("http://mail.example.org", "does not begin with"),
        ("smtp://", "does not name a mail server"), ("smtps://mail.example.org:0", "port"),
        ("smtps://mail.example.org:99999", "port"), ("smtps://mail.example.org:", "port"),
        ("smtps://mail.example.org:4a", "port"), ("smtps://mail.example.org/box", "holds / or #"),
        ("smtps://ann:hunter2/x@mail.example.org", "holds / or #"), ("smtps://ann@mail.example.org", "without a password"),
        ("smtps://:hunter2@mail.example.org", "without a user"), ("smtps://ann:hunter2@x@mail.example.org", "two @"),
        ("smtps://ann:hunter2%zz@mail.example.org", "%"), ("smtps://ann:hunter2%0A@mail.example.org", "%"),
        ("smtps://mail.example.org?starttls=off", "encrypted from the start"),
        ("smtp://mail.example.org?starttls=maybe", "starttls=required"), ("smtp://mail.example.org?tls=1", "starttls=required"),
        ("smtp://ann:hunter2@mail.example.org?starttls=off", "not sure to be encrypted"),
        ("smtp://ann:hunter2@127.example.org?starttls=off", "not sure to be encrypted"),
        ("smtp://ann:hunter2@mail.example.org?starttls=opportunistic", "not sure to be encrypted"),
        ("smtp://mail example.org", "space"), ("smtp://-mail.example.org", "does not name"),
    ]

    @Test(arguments: nonsense) func nonsenseIsRefusedInPlainEnglishWithoutThePassword(address: String, says: String) {
        let problem = #expect(throws: MailConfigurationProblem.self) { try read(address) }
        #expect(problem?.message.contains(says) == true, "\(problem?.message ?? "")")
        #expect(problem?.message.contains("hunter2") == false)
    }

    @Test func theSenderAndTheCertificatesAreChecked() throws {
        #expect(throws: MailConfigurationProblem.self) { try MailConfiguration.read(["EYHUB_SMTP": "smtps://mail.example.org"]) }
        #expect(throws: MailConfigurationProblem.self) { try MailConfiguration.read(["EYHUB_MAIL_FROM": "hub@example.org"]) }
        for sender in ["nobody", "Hub <hub@example.org", "Hub <hub@example.org>, b@example.org", "a@b@c"] {
            #expect(throws: MailConfigurationProblem.self, "\(sender)") { try read("smtps://mail.example.org", from: sender) }
        }
        for file in ["/no/such/file", "/etc/hostname"] {
            let problem = #expect(throws: MailConfigurationProblem.self) {
                try MailConfiguration.read([
                    "EYHUB_SMTP": "smtps://mail.example.org", "EYHUB_MAIL_FROM": "hub@example.org", "EYHUB_SMTP_CA": file,
                ])
            }
            #expect(problem?.message.contains(file) == true)
        }
    }
}
