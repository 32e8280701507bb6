internal import Civil
internal import Store

/// One visit, call, e-mail, message or meeting with one setting or several.
struct Contact: Sendable {
    let id: String
    let hubID: String
    let how: How
    let day: Day
    let by: String
    let purpose: String?
    let outcome: Outcome
    let note: String?
    let isShared: Bool
    let next: NextStep?
    let isUndone: Bool
    let wasCorrected: Bool

    enum How: String, Sendable, CaseIterable, Bindable {
        case call, visit, email, message, meeting

        var name: String {
            switch self {
            case .call: "Call"
            case .visit: "Visit"
            case .email: "E-mail"
            case .message: "Message"
            case .meeting: "Meeting"
            }
        }
    }

    enum Outcome: String, Sendable, CaseIterable, Bindable {
        case spoke, noAnswer = "no-answer", left = "message-left", joined, declined

        var name: String {
            switch self {
            case .spoke: "Spoke with them"
            case .noAnswer: "No answer"
            case .left: "Left word, or sent it"
            case .joined: "They join"
            case .declined: "They would rather not"
            }
        }

        /// Somebody of the setting was reached; the others are tries.
        var isReached: Bool { self == .spoke || self == .joined || self == .declined }
    }

    struct NextStep: Sendable {
        let words: String
        let day: Day
        let personID: String?
        let isDone: Bool
    }

    init?(_ row: Row) {
        guard let how: How = row.code("how"), let outcome: Outcome = row.code("outcome"), let day = row.day("day") else { return nil }
        id = row.text("id")
        hubID = row.text("hub_id")
        self.how = how
        self.day = day
        by = row.text("by_whom")
        purpose = row.textOrNil("purpose")
        self.outcome = outcome
        note = row.textOrNil("note")
        isShared = row.bool("is_shared")
        isUndone = row.textOrNil("undone_at") != nil
        wasCorrected = row.int("version") > 1
        next = row.textOrNil("next_step").flatMap { words in
            row.day("next_day").map {
                NextStep(words: words, day: $0, personID: row.textOrNil("next_person"), isDone: row.textOrNil("next_done_at") != nil)
            }
        }
    }
}

/// A contact as it was typed, to be written.
struct NewContact: Sendable {
    /// Made with the form, so that the same form sent twice is one contact.
    var id: String
    var hubID: String
    var words: ContactWords
}
