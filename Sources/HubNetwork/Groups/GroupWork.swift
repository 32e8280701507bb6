internal import Civil
internal import House
internal import Identity
internal import Store

/// What a group has to deliver, by when.
struct Deliverable: Sendable {
    let id: String
    let words: String
    let dueDay: Day
    let doneDay: Day?

    init?(_ row: Row) {
        guard let due = row.day("due_day") else { return nil }
        id = row.text("id")
        words = row.text("words")
        dueDay = due
        doneDay = row.day("done_day")
    }

    func isOverdue(on today: Day) -> Bool { doneDay == nil && dueDay < today }
}

/// One version of a group's terms of reference.
struct TermsVersion: Sendable {
    let id: String
    let number: Int
    let body: String
    /// Written over a version that had changed meanwhile, and kept beside it.
    let isAside: Bool
    let writtenAt: Instant?
    let by: String

    init(_ row: Row) {
        id = row.text("id")
        number = row.int("version")
        body = row.text("body")
        isAside = row.bool("is_aside")
        writtenAt = row.instant("written_at")
        by = row.text("by_whom")
    }
}

/// What a representative brings from their sector before a meeting, or tells it after.
struct SectorNote: Sendable {
    enum Timing: String, Sendable, CaseIterable, Bindable {
        case before, after

        var name: String { self == .before ? "Before the meeting" : "After the meeting" }
        var question: String { self == .before ? "What my sector wants raised" : "What I tell my sector" }
    }

    let id: String
    let groupID: String
    let seatID: String
    let sector: Sector
    let timing: Timing
    let meetingDay: Day
    let body: String
    let isUndone: Bool
    let by: String

    init?(_ row: Row) {
        guard let sector: Sector = row.code("sector"), let timing: Timing = row.code("timing"), let day = row.day("meeting_day") else {
            return nil
        }
        id = row.text("id")
        groupID = row.text("group_id")
        seatID = row.text("seat_id")
        self.sector = sector
        self.timing = timing
        meetingDay = day
        body = row.text("body")
        isUndone = row.textOrNil("undone_at") != nil
        by = row.text("by_whom")
    }
}

/// A group's papers, meetings and promises in the database.
struct GroupWork: Sendable {
    let deliverables: [Deliverable]
    /// The newest first.
    let meetings: [(id: String, day: Day)]
    /// The current version of the terms of reference.
    let terms: TermsVersion?
    /// The newest meeting first.
    let notes: [SectorNote]
    /// Of whoever wrote them.
    let names: [String: String]

    static func of(_ group: String, _ session: any Session) throws -> GroupWork {
        let notes = try session.all(
            """
            select * from sector_note where group_id = \(group) and undone_at is null order by meeting_day desc, sector, timing, id limit 200
            """
        ).compactMap(SectorNote.init)
        let terms = try session.first(
            "select * from terms_of_reference where group_id = \(group) and is_aside = 0 order by version desc limit 1"
        ).map(TermsVersion.init)
        return GroupWork(
            deliverables: try session.all(
                "select * from group_deliverable where group_id = \(group) and removed_at is null order by due_day, id"
            ).compactMap(Deliverable.init),
            meetings: try session.all(
                "select id, day from group_meeting where group_id = \(group) and undone_at is null order by day desc, id limit 200"
            ).compactMap { row in row.day("day").map { (row.text("id"), $0) } }, terms: terms, notes: notes,
            names: try PeopleBook.names(notes.map(\.by) + [terms?.by ?? ""], session))
    }

    /// Every version of the terms of reference, the newest first, with those set aside beside the version they were written over.
    static func versions(_ group: String, _ session: any Session) throws -> [TermsVersion] {
        try session.all(
            "select * from terms_of_reference where group_id = \(group) order by version desc, is_aside desc, written_at desc, id desc"
        ).map(TermsVersion.init)
    }

    /// Writes the terms over a version. Where that is no longer the newest, what was typed is set aside and kept, and false comes back.
    static func write(terms: String, over version: Int, _ group: String, _ tools: Tools, _ session: any Session) throws -> Bool {
        try session.lock("eyhub.group.\(group)")
        let newest = try session.count(
            "select coalesce(max(version), 0) from terms_of_reference where group_id = \(group) and is_aside = 0")
        let isAside = newest != version
        let number = isAside ? newest : newest + 1
        // The same page sent again sets nothing aside twice.
        let isKept =
            try session.count(
                "select count(*) from terms_of_reference where group_id = \(group) and version = \(number) and is_aside = 1 and body = \(terms)"
            ) > 0
        if !(isAside && isKept) {
            try session.run(
                """
                insert into terms_of_reference (id, group_id, version, body, is_aside, written_at, by_whom)
                values (\(tools.ids.next()), \(group), \(number), \(terms), \(isAside), \(tools.clock.now), \(tools.asker.auditName))
                on conflict do nothing
                """)
            try Groups.log(isAside ? "terms.set-aside" : "terms.written", group, after: "version \(number)", tools, session)
        }
        return !isAside
    }

    static func add(deliverable words: String, due: Day, to group: String, _ tools: Tools, _ session: any Session) throws {
        let id = tools.ids.next()
        try session.run(
            """
            insert into group_deliverable (id, group_id, words, due_day, by_whom)
            values (\(id), \(group), \(words), \(due), \(tools.asker.auditName))
            """)
        try Groups.log("deliverable.added", group, after: id, tools, session)
    }

    static func set(done: Bool, deliverable id: String, of group: String, _ tools: Tools, _ session: any Session) throws {
        let day = done ? tools.clock.today : nil
        try session.run("update group_deliverable set done_day = \(day) where id = \(id) and group_id = \(group)")
        try Groups.log(done ? "deliverable.done" : "deliverable.not-done", group, after: id, tools, session)
    }

    static func set(removed: Bool, deliverable id: String, of group: String, _ tools: Tools, _ session: any Session) throws {
        let at = removed ? tools.clock.now : nil
        try session.run("update group_deliverable set removed_at = \(at) where id = \(id) and group_id = \(group)")
        try Groups.log(removed ? "deliverable.removed" : "deliverable.restored", group, after: id, tools, session)
    }

    static func add(meeting day: Day, to group: String, _ tools: Tools, _ session: any Session) throws {
        let id = tools.ids.next()
        try session.run(
            "insert into group_meeting (id, group_id, day, by_whom) values (\(id), \(group), \(day), \(tools.asker.auditName))")
        try Groups.log("meeting.added", group, after: day.iso, tools, session)
    }

    static func set(undone: Bool, meeting id: String, of group: String, _ tools: Tools, _ session: any Session) throws {
        let at = undone ? tools.clock.now : nil
        try session.run("update group_meeting set undone_at = \(at) where id = \(id) and group_id = \(group)")
        try Groups.log(undone ? "meeting.undone" : "meeting.restored", group, after: id, tools, session)
    }

    static func add(
        note body: String, _ timing: SectorNote.Timing, seat: Seat, meeting day: Day, _ tools: Tools, _ session: any Session
    ) throws {
        let id = tools.ids.next()
        try session.run(
            """
            insert into sector_note (id, group_id, seat_id, sector, timing, meeting_day, body, written_at, by_whom)
            values (\(id), \(seat.groupID), \(seat.id), \(seat.sector.rawValue), \(timing), \(day), \(body), \(tools.clock.now),
                \(tools.asker.auditName))
            """)
        try Groups.log("note.\(timing.rawValue)", seat.groupID, after: id, tools, session)
    }

    static func set(undone: Bool, note id: String, _ tools: Tools, _ session: any Session) throws {
        let at = undone ? tools.clock.now : nil
        try session.run("update sector_note set undone_at = \(at) where id = \(id)")
        let group = try session.first("select group_id from sector_note where id = \(id)")?.text("group_id") ?? ""
        try Groups.log(undone ? "note.undone" : "note.restored", group, after: id, tools, session)
    }
}
