import Civil
import Foundation
import Mail
import Store
import Testing

@Suite struct MessageTests {
    private func message(_ letter: Letter, from: String = "The Hub <hub@hub.example.org>") async throws -> String {
        let claimed = try #require(try await Sample.claimed(letter))
        let sender = try #require(Mailbox(from))
        let message = try #require(Message(claimed, from: sender, at: Sample.now))
        return String(decoding: message.bytes, as: UTF8.self)
    }

    @Test func aMessageHasTheHeadersPeopleAndProgramsNeed() async throws {
        let text = try await message(Sample.notice())
        let head = HeadReader(text)
        #expect(head["Date"] == "Sun, 22 Nov 2026 09:30:00 +0000")
        #expect(head["From"] == "\"The Hub\" <hub@hub.example.org>")
        #expect(head["To"] == "\"Ann\" <ann@example.org>")
        #expect(head["Subject"] == "News")
        #expect(head["Auto-Submitted"] == "auto-generated")
        #expect(head["MIME-Version"] == "1.0")
        #expect(head["List-Unsubscribe"] == "<https://hub.example.org/stop/1>")
        #expect(head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click")
        let id = try #require(head["Message-ID"])
        #expect(id.hasPrefix("<") && id.hasSuffix("@hub.example.org>"))
        #expect(text.hasSuffix("\r\n\r\nHello.\r\n"))
    }

    @Test func aSignInLinkOffersNoUnsubscribing() async throws {
        let head = HeadReader(try await message(Sample.link()))
        #expect(!head.names.contains { $0.hasPrefix("List-") })
        #expect(head["Content-Type"]?.hasPrefix("multipart/alternative; boundary=") == true)
    }

    @Test func noLineOfAMessageIsLongOrHoldsAnythingButASCII() async throws {
        let long = String(repeating: "শিশু und Überlänge 👩🏽‍🍼 ", count: 60)
        var letter = Sample.notice(subject: long)
        letter.name = long
        letter.text = long + "\n" + String(repeating: "x", count: 3_000) + "\n.\n..\nFrom me\n= \t \n"
        letter.html = "<p>\(long)</p>"
        let text = try await message(letter, from: "Süd \"Hub\", \\ Ltd <hub@hub.example.org>")
        for line in text.components(separatedBy: "\r\n") {
            #expect(line.utf8.count <= 78, "\(line)")
            #expect(line.utf8.allSatisfy { (32...126).contains($0) || $0 == 9 })
        }
    }

    /// Python's own parser reads it, as a stranger's mail program would.
    @Test func anotherProgramReadsBackWhatWasWritten() async throws {
        var letter = Sample.notice(subject: "Überblick: 2 = 2 & „so“ – শিশু")
        letter.name = "Zoë \"Zo\" O'Neil, (mentor)"
        letter.text = "Tab\there, space at the end \n.dot\n= equals =3D\n\nÜ\r\nlast"
        letter.html = "<p>শিশুদের জন্য খবর, শিশুদের জন্য খবর</p>"
        let text = try await message(letter)
        let folder = NSTemporaryDirectory() + "eyhub-message-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/message"))
        let script = """
            import email, email.policy, json, sys
            m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
            parts = [p.get_content() for p in m.iter_parts()]
            print(json.dumps([m["Subject"], m["To"].addresses[0].display_name, m["To"].addresses[0].addr_spec, *parts, len(m.defects)]))
            """
        let child = try Child("/usr/bin/python3", ["-c", script, "\(folder)/message"])
        let line = try #require(await child.firstLine())
        let read = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
        #expect(read[0] as? String == letter.subject)
        #expect(read[1] as? String == letter.name)
        #expect(read[2] as? String == letter.address)
        #expect(
            (read[3] as? String)?.replacingOccurrences(of: "\r\n", with: "\n") == letter.text.replacingOccurrences(of: "\r\n", with: "\n"))
        #expect((read[4] as? String)?.replacingOccurrences(of: "\r\n", with: "\n") == letter.html)
        #expect(read[5] as? Int == 0)
        await child.letGo()
    }

    @Test(arguments: ["Hello\r\nBcc: eve@example.org", "Hello\nX: y", "a\u{2028}b\u{85}Bcc: x", "a\0b\u{1B}[31m"])
    func nothingInASubjectOrANameBecomesAHeader(text: String) async throws {
        var letter = Sample.notice(subject: text)
        letter.name = text
        let expected = HeadReader(try await message(Sample.notice())).names
        let names = HeadReader(try await message(letter, from: "\(text) <hub@hub.example.org>")).names
        #expect(names == expected)
    }
}
