import Civil
import Directory
import Foundation
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The table of docs/rules/retention.md, carried out.
@Suite struct ClearingTests {
    private func withHouse(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            try await body(TestHouse(database: database, rooms: LoadedHouse.rooms).withAdministrator())
        }
    }

    /// Half past nine on a Sunday.
    private static let now = TestEngine.clock.now

    private static func clearing(_ database: any Database, at moment: Instant = now) -> Clearing {
        let clock = Clock.fixed(moment)
        let tools = Tools(database: database, clock: clock, ids: .random(clock: clock), site: Site(name: "Test hub", doors: []))
        let room = LoadedHouse.rooms(tools).compactMap { $0 as? Identity }.first
        return Clearing(tools: tools.serving(.house), rules: room?.allRetention ?? [], step: 3)
    }

    /// One thing of each kind that was over at a moment, all called by the same name.
    private static func put(_ name: String, over moment: Instant, _ session: any Session) throws {
        let person = "person-\(name)"
        try session.run(
            """
            insert into person (id, name, email, email_key, second_step_used, mail_wish, created_at)
            values (\(person), 'Bea Ives', \(name + "@example.org"), \(name + "@example.org"), 0, 'at-once', \(moment))
            """)
        try session.run(
            """
            insert into role (id, person_id, role, hub_id, from_at, to_at, given_by, ended_by)
            values (\("role-" + name), \(person), 'mentor', 'h', \(moment), \(moment), 'staff', 'staff')
            """)
        try session.run("insert into attempt (what, who_hash, window_start, count) values ('x', \(name), \(moment), 1)")
        try session.run(
            """
            insert into sign_in_link (token_hash, person_id, next, created_at, expires_at)
            values (\(name), 'keeper', '', \(moment), \(moment))
            """)
        try session.run(
            """
            insert into session (id, cookie_hash, person_id, device, is_shared, created_at, seen_at)
            values (\(name), \(name), 'keeper', 'A browser', 0, \(moment), \(moment))
            """)
        try session.run(
            "insert into recovery_code (code_hash, person_id, created_at, used_at) values (\(name), 'keeper', \(moment), \(moment))")
        try session.run(
            """
            insert into api_token (id, person_id, name, token_hash, deeds, created_at, expires_at)
            values (\(name), 'keeper', 'A program', \(name), '', \(moment), \(moment))
            """)
        try session.run(
            "insert into held_notice (id, person_id, subject, text, created_at) values (\(name), 'keeper', 'News', 'Hello.', \(moment))")
        try session.run(
            """
            insert into outbox (id, kind, is_urgent, if_in_doubt, person_id, to_address, to_name, subject, text_body, created_at, due_at,
                state, attempts, perhaps_sent, sent_at)
            values (\(name), 'notice', 0, 'leave', 'keeper', 'keeper@example.org', '', 'News', 'Hello.', \(moment), \(moment), 'sent', 1, 0,
                \(moment))
            """)
        try session.run(
            """
            insert into invitation (id, token_hash, name, email, role, invited_by, created_at, expires_at)
            values (\(name), \(name), 'Cal', 'cal@example.org', 'mentor', 'staff', \(moment), \(moment))
            """)
        for (id, what, done) in [(name, "name", Optional(moment)), ("open-" + name, "address", nil)] {
            try session.run(
                """
                insert into person_change (id, person_id, what, before, after, made_at, by_whom, confirm_hash, expires_at, done_at)
                values (\(id), 'keeper', \(what), 'Keeper Ives', 'Keeper', \(moment), 'staff', \(id), \(moment), \(done))
                """)
        }
        try session.run("insert into audit (id, at, who, action, subject) values (\(name), \(moment), 'staff', 'x', 'y')")
        try session.run(
            """
            insert into clearing (day, rule, cleared, started_at, ended_at)
            values (\(moment.dayInLondon), \(name), 1, \(moment), \(moment))
            """)
        try session.run(
            """
            insert into campaign_partner (id, hub_id, name, organisation, email, sector, made_at, by_whom, used_at)
            values (\(name), 'h', 'Dee', 'Family support', 'dee@example.org', 'council', \(moment), 'staff', \(moment))
            """)
        try session.run(
            """
            insert into campaign (id, hub_id, title, asks, from_day, made_at, by_whom, version, edition)
            values (\(name), 'h', 'A campaign', 'to join', '2001-01-01', \(moment), 'staff', 1, 1)
            """)
        try session.run(
            """
            insert into campaign_target (id, campaign_id, hub_id, setting_id, added_at, by_whom)
            values (\(name), \(name), 'h', 's', \(moment), 'staff')
            """)
        try session.run(
            """
            insert into campaign_post (id, campaign_id, target_id, edition, way, address, stop_key, day, at, by_whom)
            values (\(name), \(name), \(name), 1, 'email', 'dee@example.org', \(name), '2001-01-01', \(moment), 'staff')
            """)
        // What closes on the day itself goes the night after, so these close a little later.
        let day = moment.dayInLondon.adding(days: 2)
        try session.run(
            """
            insert into network_group (id, hub_id, kind, title, begins_day, version, created_at, by_whom)
            values (\(name), 'h', 'steering', 'Steering', '2001-01-01', 1, \(moment), 'staff')
            """)
        try session.run(
            "insert into group_seat (id, group_id, sector, is_chair, from_day) values (\(name), \(name), 'pvi', 0, '2001-01-01')")
        try session.run(
            """
            insert into group_sitting (id, seat_id, name, sector, from_day, to_day, by_whom)
            values (\(name), \(name), 'Cal', 'pvi', '2001-01-01', \(day), 'staff')
            """)
        try session.run(
            """
            insert into need_survey (id, hub_id, term_year, term_season, from_day, closes_day, sums_day, opened_at, by_whom)
            values (\(name), \(name), 2001, 1, '2001-01-01', \(day), \(day), \(moment), 'staff')
            """)
        try session.run("insert into survey_sheet (id, survey_id, sector) values (\(name), \(name), 'pvi')")
        try session.run(
            """
            insert into survey_reply (survey_id, person_id, setting_id, sector, sheet_id) values (\(name), 'keeper', 's', 'pvi', \(name))
            """)
        try session.run(
            """
            insert into format_request (id, hub_id, what, format, name, asked_at, asked_day, due_day, is_due_certain, answered_at, answer)
            values (\(name), 'hub-of-formats', 'A page', 'large-print', 'Ivy', \(moment), \(moment.dayInLondon), \(moment.dayInLondon), 1,
                \(moment), 'Sent')
            """)
        try session.run("insert into upload (id, name, size, created_at) values (\(name), 'list.csv', 1, \(moment))")
        try session.run(
            """
            insert into champion (id, hub_id, name, telephone, shares, source, stood_at, state, decided_at, left_day, version, changed_at,
                by_whom)
            values (\("declined-" + name), 'h', 'Dov', '020 7946 0001', 0, 'event', \(moment), 'declined', \(moment), null, 1, \(moment), 'staff'),
                (\("left-" + name), 'h', 'Eve', '020 7946 0002', 0, 'team', \(moment), 'accepted', \(moment), \(moment.dayInLondon), 1,
                \(moment), 'staff')
            """)
        try putSignature(name, over: moment, session)
    }

    /// A signature from a sheet of paper, another sheet that was never saved, and the code of an event that is over.
    private static func putSignature(_ name: String, over moment: Instant, _ session: any Session) throws {
        try session.run(
            "insert into agreement (id, hub_id, kind, is_open, created_at, by_whom) values (\(name), 'h', 'pledge', 1, \(moment), 'staff')")
        try session.run(
            """
            insert into agreement_version (id, agreement_id, number, title, opening, aims, duties, principles, needs_both, renews,
                notice_days, asks_again, edition, begun_at, by_whom)
            values (\(name), \(name), 1, 'Ours', '', 'Aim', '', '', 0, 1, 30, 1, 1, \(moment), 'staff')
            """)
        for (sheet, saved) in [(name, Optional(moment)), ("unsaved-" + name, nil)] {
            try session.run(
                """
                insert into signing_sheet (id, agreement_id, day, lines, entered_at, by_whom, saved_at)
                values (\(sheet), \(name), \(moment.dayInLondon), 'Larkspur, Rosa, manager', \(moment), 'staff', \(saved))
                """)
        }
        try session.run(
            """
            insert into signature (id, version_id, hub_id, setting_id, name, name_key, role_words, how, day, signed_at, by_whom, sheet_id,
                fingerprint)
            values (\(name), \(name), 'h', 's', 'Rosa', 'rosa', 'manager', 'paper', \(moment.dayInLondon), \(moment), 'staff', \(name), 'f')
            """)
        try session.run(
            """
            insert into signing_event (id, agreement_id, title, first_day, last_day, code_hash, code_sealed, created_at, by_whom)
            values (\(name), \(name), 'Launch', \(moment.dayInLondon), \(moment.dayInLondon), \(name), 'sealed', \(moment), 'staff')
            """)
    }

    /// Somebody with a role, and the letter of somebody who was forgotten while it was leaving.
    private static func putOthers(_ session: any Session) throws {
        try session.run(
            """
            insert into hub (id, name, slug, is_sample, created_at)
            values ('hub-of-formats', 'Fern', 'fern', 0, '2001-01-01T00:00:00Z')
            """)
        try session.run(
            """
            insert into person (id, name, second_step_used, mail_wish, created_at, forgotten_at)
            values ('keeper', 'Keeper', 0, 'at-once', '2001-01-01T00:00:00Z', null), ('gone', '', 0, 'none', \(now), \(now))
            """)
        try session.run(
            """
            insert into role (id, person_id, role, hub_id, from_at, given_by)
            values ('role-keeper', 'keeper', 'mentor', 'h', '2001-01-01T00:00:00Z', 'staff')
            """)
        try session.run(
            """
            insert into outbox (id, kind, is_urgent, if_in_doubt, person_id, to_address, to_name, subject, text_body, created_at, due_at,
                state, attempts, perhaps_sent)
            values ('to-gone', 'notice', 0, 'leave', 'gone', 'gone@example.org', '', 'News', 'Hello.', \(now), \(now), 'queued', 1, 0)
            """)
    }

    /// Whether what a rule is about is still there, by the thing's name.
    private static let whereabouts: [String: @Sendable (String) -> SQL] = [
        "attempts": { "attempt where who_hash = \($0)" }, "sign-in-links": { "sign_in_link where token_hash = \($0)" },
        "sessions": { "session where id = \($0)" }, "recovery-codes": { "recovery_code where code_hash = \($0)" },
        "tokens": { "api_token where id = \($0)" }, "notices": { "held_notice where id = \($0)" },
        "letter-texts": { "outbox where text_body <> '' and id = \($0)" }, "letters": { "outbox where id = \($0)" },
        "letters-to-the-forgotten": { "outbox where id = \($0.hasPrefix("old") ? "to-gone" : "new0")" },
        "invitations": { "invitation where name <> '' and id = \($0)" },
        "people": { "person where forgotten_at is null and id = \("person-" + $0)" }, "audit": { "audit where id = \($0)" },
        "earlier-names": { "person_change where id = \($0)" },
        "unconfirmed-addresses": { "person_change where id = \("open-" + $0)" },
        "clearings": { "clearing where rule = \($0)" }, "uploads": { "upload where id = \($0)" },
        "format-requests": { "format_request where name <> '' and id = \($0)" },
        "signature-names": { "signature where name <> '' and id = \($0)" },
        "signing-sheets": { "signing_sheet where lines <> '' and id = \($0)" },
        "unsaved-sheets": { "signing_sheet where id = \("unsaved-" + $0)" },
        "event-codes": { "signing_event where code_sealed is not null and id = \($0)" },
        "campaign-partners": { "campaign_partner where name <> '' and id = \($0)" },
        "campaign-addresses": { "campaign_post where address is not null and id = \($0)" },
        "volunteers": { "champion where name = 'Dov' and id = \("declined-" + $0)" },
        "left-champions": { "champion where telephone is not null and id = \("left-" + $0)" },
        "group-names": { "group_sitting where name is not null and id = \($0)" },
        "survey-threads": { "survey_reply where sheet_id is not null and survey_id = \($0)" },
        "survey-sheets": { "need_survey where summed_at is null and id = \($0)" },
    ]

    private static func isThere(_ rule: String, _ name: String, _ database: any Database) async throws -> Bool? {
        guard let place = whereabouts[rule] else { return nil }
        return try await database.read { try $0.count("select count(*) from \(place(name))") } > 0
    }

    private static let olds = (0..<7).map { "old\($0)" }

    private static func fill(_ database: any Database) async throws {
        try await database.write { session in
            try putOthers(session)
            for (index, name) in olds.enumerated() { try put(name, over: now.adding(seconds: -(8 * 366 + index) * 86_400), session) }
            try put("new0", over: now, session)
        }
    }

    private func expectCleared(_ database: any Database, _ about: String = "") async throws {
        for rule in Self.clearing(database).rules {
            for name in Self.olds + ["new0"] {
                let isThere = try await Self.isThere(rule.code, name, database)
                #expect(isThere == (name == "new0"), "\(rule.code) \(name) \(about)")
            }
        }
        let (stands, told) = try await database.read { session in
            (
                try session.count("select sum(cleared) from clearing where rule not like 'old%' and rule not like 'new%'"),
                try session.all("select after from audit where action = 'identity.cleared'").reduce(0) { $0 + (Int($1.text("after")) ?? 0) }
            )
        }
        // Seven of each kind, and one letter to somebody who is gone.
        let expected = (Self.whereabouts.count - 1) * Self.olds.count + 1
        #expect(stands == expected && told == expected, "\(about)")
    }

    @Test("What the page of rules says is what the program does, and the other way round")
    func theDocumentIsTheData() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("docs/rules/retention.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let table =
            text.components(separatedBy: "| what | kept for | then | may be | why |").last?.split(separator: "\n").prefix {
                $0.hasPrefix("|")
            } ?? []
        let written = table.dropFirst().map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
        let clearing = Self.clearing(try Databases.open("sqlite::memory:"))
        let known = clearing.rules.map { [$0.words, $0.standard.words, $0.then, $0.range, $0.bounds.why] }
        #expect(Set(written) == Set(known) && written.count == known.count)
        #expect(Set(clearing.rules.map(\.code)) == Set(Self.whereabouts.keys) && clearing.rules.count == Self.whereabouts.count)
    }

    @Test("What has been kept its time goes, what has not stays, and the preview said so before", arguments: TestEngine.all)
    func clears(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let database = house.tools.database
            try await Self.fill(database)
            let clearing = Self.clearing(database)
            for rule in clearing.rules {
                let due = try await database.read { try rule.due(at: Self.now, in: $0) }
                #expect(due == (rule.code == "letters-to-the-forgotten" ? 1 : Self.olds.count), "\(rule.code)")
            }
            let preview = try await house.get("/staff/clearing")
            #expect(preview.status == 200 && preview.text.contains("Not yet") && preview.text.contains("Within minutes"))
            try await clearing.runIfDue()
            try await expectCleared(database)
            for rule in clearing.rules {
                let left = try await database.read { try rule.due(at: Self.now, in: $0) }
                #expect(left == 0, "\(rule.code)")
            }
            let page = try await house.get("/staff/clearing").text
            #expect(page.contains("22 November 2026, 9:30am") && page.contains("<b>0</b>") && page.contains("23 November 2026, 3am"))
            // The people who went have no name left anywhere, and those with a role are all there.
            let names = try await database.read { try $0.count("select count(*) from person where name = 'Bea Ives'") }
            let keepers = try await database.read {
                try $0.count("select count(*) from person where id = 'keeper' and forgotten_at is null")
            }
            #expect(names == 1 && keepers == 1)
            let ada = try await house.get("/account").status
            #expect(ada == 200)
        }
    }

    @Test("It runs once a day, from three in the morning on", arguments: TestEngine.all)
    func onceADay(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let database = house.tools.database
            try await Self.fill(database)
            let three = Instant.inLondon(Self.now.dayInLondon, hour: 3)
            try await Self.clearing(database, at: three.adding(seconds: -1)).runIfDue()
            func runs() async throws -> Int {
                try await database.read { try $0.count("select count(*) from clearing where rule = 'sessions'") }
            }
            let early = try await runs()
            try await Self.clearing(database, at: three).runIfDue()
            let first = try await runs()
            // What grows old during the day waits for the next night.
            try await database.write { try Self.put("old-late", over: three.adding(seconds: -9 * 366 * 86_400), $0) }
            try await Self.clearing(database, at: three.adding(seconds: 600)).runIfDue()
            let same = try await Self.isThere("sessions", "old-late", database)
            try await Self.clearing(database, at: three.adding(seconds: 86_400)).runIfDue()
            let next = try await Self.isThere("sessions", "old-late", database)
            let last = try await runs()
            #expect(early == 0 && first == 1 && same == true && next == false && last == 2)
        }
    }

    @Test("Killed at any moment, it goes on where it ended, and counts nothing twice", arguments: TestEngine.all)
    func survivesDying(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let database = house.tools.database
            try await Self.fill(database)
            var deaths = 0
            while true {
                // Each time it gets three transactions further.
                do {
                    try await Self.clearing(DyingDatabase(database, after: 3)).runIfDue()
                    break
                } catch is DyingDatabase.Died { deaths += 1 }
            }
            #expect(deaths > 5)
            try await expectCleared(database)
        }
    }

    @Test("Several copies of the program clear everything, and count nothing twice", arguments: TestEngine.all)
    func severalCopies(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            let first = try Databases.open(address)
            let second = try Databases.open(address)
            try await first.migrate(Rooms.migrations, clock: TestEngine.clock)
            try await Self.fill(first)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for database in [first, second, first, second] {
                    group.addTask { try await Self.clearing(database).runIfDue() }
                }
                try await group.waitForAll()
            }
            // Whoever gave way to another looks again ten minutes later.
            try await Self.clearing(second, at: Self.now.adding(seconds: 600)).runIfDue()
            try await expectCleared(first)
            await first.close()
            await second.close()
        }
    }

    @Test("Somebody without a role is forgotten two years after the last one ended, and not a day sooner", arguments: TestEngine.all)
    func forgetsThoseWithoutARole(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let database = house.tools.database
            let ended = try #require(Day(iso: "2024-11-22"))
            try await database.write { session in
                try Self.putOthers(session)
                try Self.put("late", over: Instant.inLondon(ended, hour: 12), session)
                try Self.put("early", over: Instant.inLondon(ended.adding(days: -1), hour: 12), session)
            }
            try await Self.clearing(database).runIfDue()
            let late = try await Self.isThere("people", "late", database)
            let early = try await Self.isThere("people", "early", database)
            #expect(late == true && early == false)
            let left = try await database.read { session in
                try session.all("select role, to_at from role where person_id = 'person-early'").map { $0.text("role") }
            }
            // That the role was held is counted in reports.
            #expect(left == ["mentor"])
        }
    }
}
