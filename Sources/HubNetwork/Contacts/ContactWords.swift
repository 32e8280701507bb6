internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

/// All a contact says: as it is typed, as it stands, and as it was before.
struct ContactWords: Sendable, Equatable {
    var settings: [String]
    var how: Contact.How
    var day: Day
    var purpose: String?
    var withPerson: String?
    var outcome: Contact.Outcome
    var note: String?
    var isShared: Bool
    var nextStep: String?
    var nextDay: Day?
    var nextPerson: String?
}

extension ContactWords {
    init?(_ row: Row, settings: [String]) {
        guard let how: Contact.How = row.code("how"), let outcome: Contact.Outcome = row.code("outcome"), let day = row.day("day") else {
            return nil
        }
        self.settings = settings
        self.how = how
        self.day = day
        purpose = row.textOrNil("purpose")
        withPerson = row.textOrNil("with_person")
        self.outcome = outcome
        note = row.textOrNil("note")
        isShared = row.bool("is_shared")
        nextStep = row.textOrNil("next_step")
        nextDay = row.day("next_day")
        nextPerson = row.textOrNil("next_person")
    }

    /// What differs from a later version, in words.
    func differences(to later: ContactWords, titles: [String: String], people: [String: String]) -> [Difference.Row] {
        func list(_ ids: [String]) -> String { ids.map { titles[$0] ?? "A setting" }.sorted().joined(separator: ", ") }
        func person(_ id: String?) -> String? { id.map { people["person:\($0)"] ?? "Somebody who left" } }
        let rows: [Difference.Row] = [
            .init("With", before: list(settings), after: list(later.settings)), .init("How", before: how.name, after: later.how.name),
            .init("What came of it", before: outcome.name, after: later.outcome.name),
            .init("Day", before: day.medium, after: later.day.medium), .init("Note", before: note, after: later.note),
            .init("About", before: purpose, after: later.purpose),
            .init("With whom there", before: person(withPerson), after: person(later.withPerson)),
            .init("Shared with the setting", before: isShared ? "yes" : "no", after: later.isShared ? "yes" : "no"),
            .init("To do", before: nextStep, after: later.nextStep), .init("By", before: nextDay?.medium, after: later.nextDay?.medium),
            .init("Who does it", before: person(nextPerson), after: person(later.nextPerson)),
        ]
        return rows.filter { $0.before != $0.after }
    }
}

extension Contacts {
    /// A contact as it stands, with its version, and all it said before, oldest first.
    struct Story: Sendable {
        struct Was: Sendable {
            let words: ContactWords
            /// When it was corrected, and by whom.
            let at: Instant
            let by: String
        }

        let words: ContactWords
        let version: Int
        let by: String
        let isUndone: Bool
        let before: [Was]
    }

    static func story(_ id: String, _ session: any Session) throws -> Story {
        let settings = try session.all("select setting_id from contact_setting where contact_id = \(id) order by setting_id").map {
            $0.text("setting_id")
        }
        guard let row = try session.first("select * from contact where id = \(id)"), let words = ContactWords(row, settings: settings)
        else {
            throw Refusal.notFound("There is no contact at this address.")
        }
        let before = try session.all("select * from contact_was where contact_id = \(id) order by version").compactMap {
            row -> Story.Was? in
            let settings = row.text("settings").split(separator: " ").map(String.init)
            guard let words = ContactWords(row, settings: settings), let at = row.instant("at") else { return nil }
            return Story.Was(words: words, at: at, by: row.text("by_whom"))
        }
        return Story(
            words: words, version: row.int("version"), by: row.text("by_whom"), isUndone: row.textOrNil("undone_at") != nil, before: before)
    }

    /// Corrects a contact, unless somebody else did since this version. What it said before is kept. Returns whether it was corrected.
    static func correct(
        _ id: String, to words: ContactWords, version: Int, hub: String, _ tools: Tools, _ session: any Session
    ) throws -> Bool {
        let story = try story(id, session)
        if story.words == words { return true }
        let stepStays = story.words.nextStep == words.nextStep && story.words.nextDay == words.nextDay
        let old = story.words
        let changed = try session.run(
            """
            update contact set how = \(words.how), day = \(words.day), purpose = \(words.purpose), with_person = \(words.withPerson),
                outcome = \(words.outcome), note = \(words.note), is_shared = \(words.isShared), next_step = \(words.nextStep),
                next_day = \(words.nextDay), next_person = \(words.nextPerson), version = version + 1
            where id = \(id) and version = \(version)
            """)
        guard changed == 1 else { return false }
        // A promise that changed is open again.
        if !stepStays { try session.run("update contact set next_done_at = null, next_done_by = null where id = \(id)") }
        try session.run(
            """
            insert into contact_was (id, contact_id, version, at, by_whom, how, day, purpose, with_person, outcome, note, is_shared, next_step,
                next_day, next_person, settings)
            values (\(tools.ids.next()), \(id), \(story.version), \(tools.clock.now), \(tools.asker.auditName), \(old.how), \(old.day),
                \(old.purpose), \(old.withPerson), \(old.outcome), \(old.note), \(old.isShared), \(old.nextStep), \(old.nextDay),
                \(old.nextPerson), \(old.settings.joined(separator: " ")))
            """)
        try session.run("delete from contact_setting where contact_id = \(id)")
        for setting in Set(words.settings).sorted() {
            try session.run(
                "insert into contact_setting (contact_id, setting_id, hub_id, day) values (\(id), \(setting), \(hub), \(words.day))")
        }
        for setting in Set(words.settings + old.settings).sorted() {
            try stand(hub, setting, session)
            try Audit.log(
                session, tools, action: "network.contact.corrected", subject: "setting:\(setting)",
                before: "\(old.how.rawValue) \(old.day.iso) \(old.outcome.rawValue)",
                after: "\(words.how.rawValue) \(words.day.iso) \(words.outcome.rawValue)")
        }
        if words.outcome == .joined, old.outcome != .joined {
            for setting in words.settings { try Memberships.join(setting, hub, on: words.day, tools, session) }
        }
        return true
    }
}
