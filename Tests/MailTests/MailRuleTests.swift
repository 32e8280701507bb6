import Store
import Testing

@testable import Mail

/// The rules of `docs/rules/mail.md` about what the mail server's answers mean.
@Suite struct MailRuleTests {
    private func report(
        _ stage: SMTPTalk.Stage, _ code: Int, _ answer: String, isHandedOver: Bool = false, ending: SMTPLine.Ending = .failed("x")
    ) -> SendReport {
        SMTPOutcome.report(ending, stage: stage, code: code, answer: answer, isHandedOver: isHandedOver, to: "ann@example.org")
    }

    private func isLater(_ report: SendReport) -> Bool { if case .later = report.delivery { true } else { false } }
    private func isInDoubt(_ report: SendReport) -> Bool { if case .inDoubt = report.delivery { true } else { false } }
    private func isRefused(_ report: SendReport, bounced: Bool) -> Bool {
        if case .refused(_, bounced) = report.delivery { true } else { false }
    }

    @Test func notJustNowAndNever() {
        #expect(report(.data, 250, "OK", isHandedOver: true, ending: .done) == SendReport(.accepted))
        #expect(isLater(report(.recipient, 451, "4.3.0 busy")) && isLater(report(.data, 452, "4.2.2 full", isHandedOver: true)))
        #expect(isRefused(report(.recipient, 550, "5.1.1 no"), bounced: true))
        #expect(isRefused(report(.data, 554, "5.6.0 no", isHandedOver: true), bounced: false))
        #expect(isRefused(report(.mail, 552, "5.3.4 too big"), bounced: false))
    }

    /// A mistyped password or a refused sender must lose no letter.
    @Test func aRefusalBeforeTheLetterIsAboutOurSide() {
        for (stage, code) in [(SMTPTalk.Stage.opening, 535), (.opening, 554), (.mail, 550), (.mail, 530)] {
            let report = report(stage, code, "5.7.8 no")
            #expect(isLater(report) && report.isServerAway)
        }
        #expect(report(.recipient, 421, "closing").isServerAway && !report(.recipient, 451, "busy").isServerAway)
    }

    @Test func beforeTheLastLineABreakIsAnOrdinaryFailureAndAfterItADoubt() {
        for ending in [SMTPLine.Ending.timedOut("t"), .failed("reset")] {
            #expect(isLater(report(.data, 354, "go on", ending: ending)))
            #expect(isInDoubt(report(.data, 354, "go on", isHandedOver: true, ending: ending)))
        }
    }

    static let bounces: [(code: Int, answer: String, bounced: Bool)] = [
        (550, "5.1.1 unknown", true), (550, "5.1.10 null MX", true), (554, "5.1.2 no such host", true), (551, "moved", true),
        (553, "bad name", true), (550, "unknown", true), (550, "5.2.1 closed", true), (550, "5.7.1 spam", false),
        (552, "5.2.2 full", false), (554, "no", false), (550, "5 apples.in.a row", true),
    ]

    @Test(arguments: bounces) func whenMailHasBounced(code: Int, answer: String, bounced: Bool) {
        #expect(isRefused(report(.recipient, code, answer), bounced: bounced), "\(code) \(answer)")
    }

    @Test func whatTheServerSaysIsKeptWithoutTheAddress() {
        guard case .refused(let reason, _) = report(.recipient, 550, "5.1.1 <ANN@example.org> is\r\nunknown").delivery else {
            Issue.record("not refused")
            return
        }
        #expect(reason == "The mail server said: 550 5.1.1 <(the address)> is unknown")
    }

    @Test func aPasswordInBase64IsNotTakenForACommand() {
        let talk = SMTPTalk(body: [1])
        talk.hear(command: "RCPTxyzabc==")
        talk.hear(answer: "535-5.7.8 no\r")
        talk.hear(answer: "535 5.7.8 really\r")
        #expect(talk.stage == .opening && talk.code == 535 && talk.answer == "5.7.8 no 5.7.8 really")
        talk.hear(command: "RCPT TO:<ann@example.org>")
        #expect(talk.stage == .recipient && talk.code == 0)
        // The goodbye is not the answer to the letter.
        talk.hear(answer: "550 5.1.1 no\r")
        talk.hear(command: "QUIT")
        talk.hear(answer: "221 bye\r")
        #expect(talk.stage == .recipient && talk.code == 550)
    }
}
