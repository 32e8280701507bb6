internal import Foundation
internal import Store

/// What an attempt means for the letter. Pure; the rule is in `docs/rules/mail.md`.
enum SMTPOutcome {
    static let outOfMemory = "The program could not start libcurl."

    static func report(_ ending: SMTPLine.Ending, _ talk: SMTPTalk, to recipient: String) -> SendReport {
        report(ending, stage: talk.stage, code: talk.code, answer: talk.answer, isHandedOver: talk.isHandedOver, to: recipient)
    }

    static func report(
        _ ending: SMTPLine.Ending, stage: SMTPTalk.Stage, code: Int, answer: String, isHandedOver: Bool, to recipient: String
    ) -> SendReport {
        if ending == .done { return SendReport(.accepted) }
        let said = "The mail server said: \(code) \(hiding(recipient, in: answer))"
        let isAboutLetter = stage == .recipient || stage == .data || (stage == .mail && code == 552)
        if code >= 500, isAboutLetter {
            return SendReport(.refused(said, bounced: isAboutAddress(code, answer)))
        }
        if code >= 400 {
            // Before the letter it is us the server does not want: our password, our sender. That is mended at our side.
            return SendReport(.later(said), isServerAway: !isAboutLetter || code == 421)
        }
        if isHandedOver {
            return SendReport(.inDoubt("The mail server had the letter and did not answer."))
        }
        return SendReport(.later(words(of: ending)), isServerAway: true)
    }

    /// What keeps us from the server, nil when nothing does.
    static func trouble(_ ending: SMTPLine.Ending, _ talk: SMTPTalk) -> String? {
        if ending == .done { return nil }
        return talk.code >= 400 ? "The mail server said: \(talk.code) \(talk.answer)" : words(of: ending)
    }

    /// Whether it is the address that is wrong. The server's second code (RFC 3463) tells it best: 5.1 is about the address, 5.2.1
    /// a mailbox that was closed; 550 alone is used for much else, such as letters taken for spam (5.7.1).
    static func isAboutAddress(_ code: Int, _ answer: String) -> Bool {
        let second = answer.prefix { $0 != " " }.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        if second.count == 3, second[0] == 5, let subject = second[1], let detail = second[2] {
            return subject == 1 || (subject == 2 && detail == 1)
        }
        return [550, 551, 553].contains(code)
    }

    private static func words(of ending: SMTPLine.Ending) -> String {
        switch ending {
        case .done: ""
        case .timedOut: "The mail server did not answer in time."
        case .failed(let detail): "The mail server could not be used: \(detail)"
        }
    }

    /// What the server said without the reader's address, which it likes to repeat.
    private static func hiding(_ recipient: String, in answer: String) -> String {
        HeaderLine.tidy(answer.replacingOccurrences(of: recipient, with: "(the address)", options: .caseInsensitive))
    }
}
