internal import Civil
internal import House
internal import Store

/// A question of the needs survey. Once asked its words never change: other words are its next version.
struct NeedQuestion: Sendable, Equatable {
    enum Kind: String, Sendable, CaseIterable, Bindable {
        /// Any number of a list.
        case choices
        /// From 1 to 5, scored.
        case scale
        /// Own words.
        case words

        var name: String {
            switch self {
            case .choices: "Choose from a list"
            case .scale: "Agree or not, from 1 to 5"
            case .words: "Own words"
            }
        }
    }

    let id: String
    /// The same for every version: `equal`.
    let code: String
    let version: Int
    let kind: Kind
    let words: String
    /// Values with their labels, for a list.
    let choices: [(value: String, label: String)]

    static func == (left: NeedQuestion, right: NeedQuestion) -> Bool { left.id == right.id }

    init?(_ row: Row) {
        guard let kind: Kind = row.code("kind") else { return nil }
        id = row.text("id")
        code = row.text("code")
        version = row.int("version")
        self.kind = kind
        words = row.text("words")
        choices = Self.choices(in: row.textOrNil("choices") ?? "")
    }

    init(id: String, code: String, version: Int = 1, kind: Kind, words: String, choices: [(value: String, label: String)] = []) {
        self.id = id
        self.code = code
        self.version = version
        self.kind = kind
        self.words = words
        self.choices = choices
    }

    /// A line each: `training Training for our team`.
    static func choices(in text: String) -> [(value: String, label: String)] {
        text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            return parts.count == 2 ? (value: String(parts[0]), label: String(parts[1])) : nil
        }
    }

    static func text(of choices: [(value: String, label: String)]) -> String {
        choices.map { "\($0.value) \($0.label)" }.joined(separator: "\n")
    }

    /// The values an answer may have.
    var values: [String] { kind == .scale ? ["1", "2", "3", "4", "5"] : choices.map(\.value) }

    /// What a hub asks until it writes its own: what would help, and how equal the partnership is.
    static let usual: [NeedQuestion] = [
        NeedQuestion(
            id: "", code: "help", kind: .choices, words: "What would help you most this term?",
            choices: [
                ("training", "Training for my team, or for me"), ("send", "Support for children with additional needs"),
                ("others", "Meeting other settings"), ("staff", "Finding and keeping staff"),
                ("business", "Funding, fees and filling places"),
                ("families", "Reaching families"), ("moves", "Moving children on well, to school or another setting"),
                ("wellbeing", "Looking after myself and my team"),
            ]),
        NeedQuestion(id: "", code: "own-words", kind: .words, words: "In your own words: what do you need from the hub?"),
        NeedQuestion(id: "", code: "known", kind: .scale, words: "We know whom to ring in the other settings near us."),
        NeedQuestion(id: "", code: "together", kind: .scale, words: "Settings of every kind work well together here."),
        NeedQuestion(
            id: "", code: "told", kind: .scale, words: "We are told what we need to know when a child comes to us from another setting."),
        NeedQuestion(id: "", code: "heard", kind: .scale, words: "The hub hears what settings like mine say."),
        NeedQuestion(id: "", code: "equal", kind: .scale, words: "People in this hub treat my kind of setting as an equal partner."),
    ]
}

/// A hub's questions in the database.
enum NeedQuestions {
    /// Those it asks now, in their order.
    static func now(_ hub: String, _ session: any Session) throws -> [NeedQuestion] {
        try session.all("select * from need_question where hub_id = \(hub) and retired_at is null order by position, id").compactMap(
            NeedQuestion.init)
    }

    /// The same, the usual ones written down first where the hub has none of its own yet.
    static func made(_ hub: String, _ tools: Tools, _ session: any Session) throws -> [NeedQuestion] {
        try session.lock("eyhub.need-questions.\(hub)")
        if try session.count("select count(*) from need_question where hub_id = \(hub)") == 0 {
            for (place, question) in NeedQuestion.usual.enumerated() { try write(question, hub, at: place, tools, session) }
        }
        return try now(hub, session)
    }

    static func write(_ question: NeedQuestion, _ hub: String, at place: Int, _ tools: Tools, _ session: any Session) throws {
        let choices = question.choices.isEmpty ? nil : NeedQuestion.text(of: question.choices)
        try session.run(
            """
            insert into need_question (id, hub_id, code, version, kind, words, choices, position, by_whom, written_at)
            values (\(tools.ids.next()), \(hub), \(question.code), \(question.version), \(question.kind), \(question.words), \(choices),
                \(place), \(tools.asker.auditName), \(tools.clock.now))
            on conflict (hub_id, code, version) do nothing
            """)
    }

    /// Other words or choices for a question: its next version. False when it is not the newest any more.
    static func rewrite(
        _ id: String, words: String, labels: [String], _ hub: String, _ tools: Tools, _ session: any Session
    ) throws -> Bool {
        try session.lock("eyhub.need-questions.\(hub)")
        guard
            let row = try session.first("select * from need_question where id = \(id) and hub_id = \(hub) and retired_at is null"),
            let old = NeedQuestion(row)
        else { return false }
        // A label that stays keeps its value, so that it is counted with what was ticked before.
        let choices = labels.enumerated().map { place, label in
            (value: old.choices.first { $0.label == label }?.value ?? "v\(old.version + 1)-\(place + 1)", label: label)
        }
        if words == old.words && NeedQuestion.text(of: choices) == NeedQuestion.text(of: old.choices) { return true }
        try session.run("update need_question set retired_at = \(tools.clock.now) where id = \(id)")
        let new = NeedQuestion(id: "", code: old.code, version: old.version + 1, kind: old.kind, words: words, choices: choices)
        try write(new, hub, at: row.int("position"), tools, session)
        try Audit.log(session, tools, action: "network.needs.question", subject: "hub:\(hub)", after: "\(old.code) version \(new.version)")
        return true
    }

    static func add(_ kind: NeedQuestion.Kind, words: String, labels: [String], _ hub: String, _ tools: Tools, _ session: any Session)
        throws
    {
        try session.lock("eyhub.need-questions.\(hub)")
        let place = try session.count("select coalesce(max(position), 0) + 1 from need_question where hub_id = \(hub)")
        let choices = labels.enumerated().map { (value: "v1-\($0 + 1)", label: $1) }
        try write(NeedQuestion(id: "", code: "own-\(place)", kind: kind, words: words, choices: choices), hub, at: place, tools, session)
        try Audit.log(session, tools, action: "network.needs.question", subject: "hub:\(hub)", after: "own-\(place) version 1")
    }

    /// Asks a question no longer, or again.
    static func set(asked: Bool, _ id: String, _ hub: String, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.need-questions.\(hub)")
        let at = asked ? nil : tools.clock.now
        let code = try session.first("select code from need_question where id = \(id) and hub_id = \(hub)")?.text("code") ?? ""
        if asked,
            try session.count("select count(*) from need_question where hub_id = \(hub) and code = \(code) and retired_at is null") > 0
        {
            throw Refusal.badRequest("A newer version of this question is asked already.")
        }
        try session.run("update need_question set retired_at = \(at) where id = \(id) and hub_id = \(hub)")
        try Audit.log(
            session, tools, action: "network.needs.question", subject: "hub:\(hub)", after: "\(code) \(asked ? "asked again" : "left out")")
    }
}
