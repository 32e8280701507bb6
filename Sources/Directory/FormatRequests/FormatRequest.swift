internal import Civil
internal import House
internal import Store

/// Somebody asked a hub for a page or a document in a format they can use (`docs/rules/format-requests.md`).
struct FormatRequest: Sendable, Equatable {
    /// What can be asked for.
    enum Format: String, CaseIterable, Sendable, Bindable {
        case largePrint = "large-print", easyRead = "easy-read", audio, braille, signLanguage = "sign-language", language, other

        var words: String {
            switch self {
            case .largePrint: "Large print"
            case .easyRead: "Easy read (short sentences and pictures)"
            case .audio: "Audio"
            case .braille: "Braille"
            case .signLanguage: "British Sign Language"
            case .language: "Another language"
            case .other: "Something else"
            }
        }
    }

    /// The promise: so many working days.
    static let workingDays = 5

    let id: String
    let hub: Hub
    /// Which page or document.
    let what: String
    let format: Format
    /// Which language; anything else they wrote.
    let detail: String?
    /// Blank once it was cleared.
    let name: String
    let email: String?
    let telephone: String?
    let address: String?
    let askedAt: Instant
    let due: WorkingDays.Reckoned
    let answeredAt: Instant?
    let answer: String?
    let clearedAt: Instant?

    /// Its page for the team.
    var path: String { "\(hub.staffPath)/formats/\(id)" }
}

extension FormatRequest {
    /// Names and ways to reach people are kept so long after the answer.
    static let keptDays = 365

    /// What is held about people of the network who asked, signed in or from their address, or who answered.
    static let holding = Holding(
        "format_request", ["by_whom", "name", "email", "telephone", "decided_by"], "Pages you asked for in another format, and answered",
        fate: "Your name and how to reach you go. That something was asked for and answered stays, by number.",
        rows: { id, session in
            let me = "person:\(id)"
            return try session.all(
                """
                select asked_at, what, format, detail, name, email, telephone, address, due_day, answered_at from format_request
                where by_whom = \(me) or lower(email) = (select email_key from person where id = \(id)) union all
                select asked_at, what, format, null, null, null, null, null, due_day, answered_at from format_request
                where decided_by = \(me) and (by_whom is null or by_whom <> \(me))
                    and (email is null or lower(email) <> (select email_key from person where id = \(id))) order by 1
                """)
        },
        forget: { id, tools, session in
            try clear(
                "(by_whom = \("person:\(id)") or lower(email) = (select email_key from person where id = \(id)))", tools.clock.now, session)
        })

    /// Takes out who asked and how to reach them. Returns how many it was.
    @discardableResult
    static func clear(_ condition: SQL, _ now: Instant, _ session: any Session) throws -> Int {
        try session.run(
            """
            update format_request set name = '', email = null, telephone = null, address = null, detail = null, cleared_at = \(now)
            where cleared_at is null and \(condition)
            """)
    }

    /// Clears what was answered long enough ago. Called whenever somebody asks or answers; safe to call at any time.
    static func clearOld(_ tools: Tools, _ session: any Session) throws {
        let limit = tools.clock.now.adding(seconds: -keptDays * 86_400)
        let count = try clear("answered_at < \(limit)", tools.clock.now, session)
        if count > 0 {
            try Audit.log(session, tools, action: "directory.format.cleared", subject: "format:old", after: "\(count) answered a year ago")
        }
    }
}
