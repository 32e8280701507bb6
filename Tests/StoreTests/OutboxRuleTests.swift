import Civil
import Testing

@testable import Store

/// The rules of `docs/rules/mail.md` that are pure functions of the store.
@Suite struct OutboxRuleTests {
    static let now = Instant(seconds: 1_795_339_800)

    private func verdict(
        _ delivery: Delivery, attempts: Int = 1, ifInDoubt: IfInDoubt = .leave, secretUntil: Instant? = nil
    ) -> Verdict {
        Verdict(after: delivery, attempts: attempts, ifInDoubt: ifInDoubt, secretUntil: secretUntil, now: Self.now)
    }

    @Test func whenItIsTriedAgain() {
        for (index, wait) in [60, 300, 1_800, 7_200, 21_600, 86_400].enumerated() {
            let next = Self.now.adding(seconds: wait)
            #expect(verdict(.later("busy"), attempts: index + 1) == .again(at: next, reason: "busy"))
        }
        #expect(verdict(.later("busy"), attempts: 7) == .failed(reason: "busy", bounced: false, perhapsSent: false))
    }

    @Test func aLetterThatIsRefusedHasFailedAtOnce() {
        #expect(verdict(.refused("550 no", bounced: true)) == .failed(reason: "550 no", bounced: true, perhapsSent: false))
        #expect(verdict(.accepted) == .sent)
    }

    @Test func whenItCannotBeKnownWhetherALetterLeft() {
        let again = verdict(.inDoubt("silence"), ifInDoubt: .sendAgain)
        #expect(again == .again(at: Self.now.adding(seconds: 60), reason: "silence"))
        guard case .failed(let reason, false, perhapsSent: true) = verdict(.inDoubt("silence"), ifInDoubt: .leave) else {
            Issue.record("a doubtful notice was not left")
            return
        }
        #expect(reason.contains("not known whether"))
        #expect(LetterKind.signInLink.ifInDoubt == .sendAgain && LetterKind.invitation.ifInDoubt == .sendAgain)
        #expect(LetterKind.notice.ifInDoubt == .leave)
    }

    @Test func aSecretIsNotTriedAgainLaterThanItOpens() {
        let until = Self.now.adding(seconds: 60)
        guard case .failed(_, _, perhapsSent: false) = verdict(.later("busy"), secretUntil: until) else {
            Issue.record("a letter was put off until its link was dead")
            return
        }
        #expect(verdict(.later("busy"), secretUntil: until.adding(seconds: 1)) == .again(at: until, reason: "busy"))
    }

    @Test func whenNoticesAreDue() throws {
        // Sunday, 9:30 in winter.
        let daily = try #require(MailChoice.daily.due(.notice, postedAt: Self.now))
        #expect(daily.iso == "2026-11-23T08:00:00Z")
        #expect(MailChoice.weekly.due(.notice, postedAt: Self.now)?.iso == "2026-11-23T08:00:00Z")
        #expect(MailChoice.atOnce.due(.notice, postedAt: Self.now) == Self.now)
        #expect(MailChoice.none.due(.notice, postedAt: Self.now) == nil)
        // On a Monday at 8am the next is a day, or a week, away.
        #expect(MailChoice.daily.due(.notice, postedAt: daily)?.iso == "2026-11-24T08:00:00Z")
        #expect(MailChoice.weekly.due(.notice, postedAt: daily)?.iso == "2026-11-30T08:00:00Z")
        // 8am in summer is 7am UTC; the clocks go forward on Sunday 29 March 2026.
        let saturday = try #require(Instant(iso: "2026-03-28T12:00:00Z"))
        #expect(MailChoice.daily.due(.notice, postedAt: saturday)?.iso == "2026-03-29T07:00:00Z")
        // Just before 8am it is today.
        let early = try #require(Instant(iso: "2026-07-06T06:59:59Z"))
        #expect(MailChoice.weekly.due(.notice, postedAt: early)?.iso == "2026-07-06T07:00:00Z")
        // Nine in the evening in winter, half past midnight in summer: England's day counts.
        let midnight = try #require(Instant(iso: "2026-07-05T23:30:00Z"))
        #expect(MailChoice.daily.due(.notice, postedAt: midnight)?.iso == "2026-07-06T07:00:00Z")
        for choice in MailChoice.allCases {
            #expect(choice.due(.signInLink, postedAt: Self.now) == Self.now)
            #expect(choice.due(.invitation, postedAt: Self.now) == Self.now)
        }
    }

    @Test(arguments: [
        "", "ann", "@b.org", "ann@", "ann@b@c", "ann @b.org", "ann@b.org\r\nBcc: x@y.org", "ann@b.org\n", "ann@b.org,x@y.org",
        "<ann@b.org>", "ann..b@c.org", ".ann@b.org", "ann@-b.org", "ann@b..org", "ann@[127.0.0.1]", "änn@b.org", "ann@b.org>",
        "\"ann b\"@c.org", "ann@b.org\0",
    ]) func anAddressThatCouldBeMoreThanOneIsRefused(address: String) {
        #expect(!MailAddress.isGood(address))
        #expect(!MailAddress.isGood(String(repeating: "a", count: 65) + "@b.org"))
    }

    @Test(arguments: ["ann@example.org", "o'neil+hub@mail.example.co.uk", "a.b-c_d@x1.org", "ann@localhost"])
    func anOrdinaryAddressIsTaken(address: String) { #expect(MailAddress.isGood(address)) }
}
