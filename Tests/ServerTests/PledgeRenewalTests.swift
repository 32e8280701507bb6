import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import HubNetwork
@testable import Identity
@testable import Server

/// The rules of docs/rules/pledges.md on telling people that a signature is to be renewed.
@Suite struct PledgeRenewalTests {
    /// A look at a moment: so many days after the clock of the tests, at an hour.
    private func look(_ house: PledgeHouse, after days: Int = 0, hour: Int = 9, on database: (any Database)? = nil) async throws -> Int {
        let today = TestEngine.clock.now.dayInLondon.adding(days: days)
        let clock = Clock.fixed(Instant.inLondon(today, hour: hour))
        let tools = Tools(
            database: database ?? house.lead.tools.database, clock: clock, ids: .random(clock: clock),
            site: Site(name: "Test hub", doors: [], address: "https://hub.example.org")
        ).telling(by: Identity.newsDesk(SecretBox(secret: "a secret key of the tests")))
        return try await PledgeRenewals(tools: tools.serving(.house), step: 2).runIfDue()
    }

    /// The letters about it, with whom they go to, oldest first.
    private func letters(_ house: PledgeHouse) async throws -> [String] {
        try await house.lead.tools.database.read { session in
            try session.all("select to_address, subject from outbox where subject like '%renew%' order by to_address, subject").map {
                "\($0.text("to_address")): \($0.text("subject"))"
            }
        }
    }

    @Test("The setting’s people and the hub are told once, on the first day and not before", arguments: TestEngine.all)
    func tellsOnce(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let manager = try await house.manager(of: "s1")
            let own = "/own/s1/pledges/\(house.agreement)"
            #expect(try await manager.post(own, "key=\(PledgeHouse.key(1))&role=Owner&agree=yes").status == 303)
            // It ends on 22 November 2027, and thirty days before that it is due.
            let signed = TestEngine.clock.now.dayInLondon
            let first = signed.days(to: SigningRule.anniversary(of: signed)) - 30
            #expect(try await look(house, after: first - 1) == 0)
            #expect(try await look(house, after: first, hour: 7) == 0)
            #expect(try await look(house, after: first, hour: 8) == 1)
            let told = try await letters(house)
            #expect(
                told == [
                    "lead@example.org: One setting is to renew “Our partnership pledge”",
                    "manager@example.org: “Our partnership pledge” is to be renewed",
                ])
            for days in [0, 1, 29] { #expect(try await look(house, after: first + days) == 0) }
            // Its year over, it is no longer to be renewed: it is missing, which the live picture shows.
            #expect(try await look(house, after: first + 31) == 0)
            let end = try await letters(house)
            #expect(end == told)
            let text = try await house.lead.tools.database.read { session in
                try session.first("select text_body from outbox where to_address = 'manager@example.org' and subject like '%renew%'")?
                    .text("text_body") ?? ""
            }
            #expect(text.contains("holds until 21 November 2027") && text.contains("https://hub.example.org\(own)"), "\(text)")
        }
    }

    @Test("Who renewed in time, took it back, or wants no letters gets none", arguments: TestEngine.all)
    func tellsNobodyInVain(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            _ = try await house.manager(of: "s1", "one@example.org")
            _ = try await house.manager(of: "s2", "two@example.org")
            _ = try await house.manager(of: "s3", "three@example.org")
            try await house.paper("s1", "Rosa Marsh", day: "1+December+2025", key: 1)
            try await house.paper("s2", "Ivy Lane", day: "2+December+2025", key: 2)
            try await house.paper("s3", "Dee Park", day: "3+December+2025", key: 3)
            // s1 signs again; s2's is struck out; s3's manager wants no letters.
            try await house.paper("s1", "Rosa Marsh", key: 4)
            let struck = try await house.lead.tools.database.read { session in
                try session.first("select id from signature where setting_id = 's2'")?.text("id") ?? ""
            }
            #expect(try await house.lead.post("\(house.path)/signatures/\(struck)/withdraw", "because=Wrong").status == 303)
            try await house.lead.tools.database.write { session in
                _ = try session.run("update person set mail_wish = 'none' where email = 'three@example.org'")
            }
            #expect(try await look(house) == 1)
            let told = try await letters(house)
            #expect(told == ["lead@example.org: One setting is to renew “Our partnership pledge”"])
        }
    }

    @Test("Many at once are one letter to the hub’s person; killed on the way, nobody is told twice", arguments: TestEngine.all)
    func manyAtOnce(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            for (number, setting) in ["s1", "s2", "s3"].enumerated() {
                _ = try await house.manager(of: setting, "\(setting)@example.org")
                try await house.paper(setting, "Signer \(number)", day: "1+December+2025", key: number)
            }
            do {
                _ = try await look(house, on: DyingDatabase(house.lead.tools.database, after: 1))
                Issue.record("It did not die.")
            } catch is DyingDatabase.Died {}
            let midway = try await letters(house).count
            #expect(midway == 3)
            #expect(try await look(house) == 1)
            let told = try await letters(house)
            #expect(told.filter { !$0.hasPrefix("lead") }.map { String($0.prefix(2)) } == ["s1", "s2", "s3"])
            #expect(
                told.filter { $0.hasPrefix("lead") } == [
                    "lead@example.org: 2 settings are to renew “Our partnership pledge”",
                    "lead@example.org: One setting is to renew “Our partnership pledge”",
                ])
        }
    }
}
