import Civil
import House
import Testing

@testable import HubNetwork

/// The rules of docs/rules/network-measures.md.
@Suite struct NetworkMeasuresTests {
    private let sectors: [String: Sector] = [
        "Larkspur": .pvi, "Poppy": .pvi, "Daisy": .pvi, "Hill School": .schools, "Rosa": .childminders, "Sam": .childminders,
    ]

    private func met(_ id: String, _ settings: [String], _ parts: [String: Set<Encounter.Part>] = [:]) throws -> Encounter {
        let day = try #require(Day(iso: "2026-10-01"))
        return Encounter(
            id: id, day: day, title: "Meeting",
            parts: Dictionary(uniqueKeysWithValues: settings.map { ($0, parts[$0] ?? [.present]) }))
    }

    private func example() throws -> [Encounter] {
        [
            try met("a", ["Larkspur", "Poppy", "Hill School", "Rosa"], ["Larkspur": [.hosted], "Hill School": [.spoke, .chaired]]),
            try met("b", ["Larkspur", "Poppy", "Daisy"], ["Daisy": [.hosted, .chaired]]),
        ]
    }

    @Test func `network measures: the worked example of who met whom`() throws {
        let contact = CrossContact(try example(), sectors: sectors, earlier: [try met("before", ["Larkspur", "Poppy"])])
        #expect(contact.pairs == 8 && contact.crossing == 5)
        #expect(contact.new == 7 && contact.newCrossing == 5)
        let chance = try #require(contact.byChance)
        #expect(abs(chance - 22.0 / 38) < 1e-12)
        #expect(contact.index == 108)
        // Both halves of the wheel are alike, and hold every pair once.
        for one in contact.links.indices {
            for other in contact.links.indices { #expect(contact.links[one][other] == contact.links[other][one]) }
        }
        let within = contact.links.indices.reduce(0) { $0 + contact.links[$1][$1] }
        #expect(within == contact.pairs - contact.crossing)
        #expect(contact.links.joined().reduce(0, +) == 2 * contact.crossing + within)
    }

    @Test func `a pair that meets often in a term counts once, and the order of the meetings changes nothing`() throws {
        let once = CrossContact(try example(), sectors: sectors)
        let often = CrossContact(try (example() + example()).reversed(), sectors: sectors)
        #expect(once.pairs == often.pairs && once.links == often.links && once.byChance == often.byChance)
    }

    @Test func `everybody with everybody is as chance would have it; each among their own is nothing`() throws {
        let all = CrossContact([try met("a", sectors.keys.sorted())], sectors: sectors)
        #expect(all.index == 100 && all.pairs == 15)
        let apart = CrossContact(
            [try met("a", ["Larkspur", "Poppy"]), try met("b", ["Rosa", "Sam"])], sectors: sectors)
        #expect(apart.index == 0 && apart.pairs == 2)
    }

    @Test func `a visit to one setting makes no pair, and whoever is not of the hub does not count`() throws {
        let contact = CrossContact([try met("a", ["Larkspur"]), try met("b", ["Larkspur", "Far Away"])], sectors: sectors)
        #expect(contact.pairs == 0 && contact.byChance == nil && contact.share == nil && contact.index == nil)
    }

    @Test func `network measures: the worked example of equal partners`() throws {
        let guests = [SectorGuest(encounterID: "a", sector: .health, spoke: true, chaired: false)]
        let shares = PartnerShares(try example() + [met("c", ["Sam"])], guests: guests, sectors: sectors)
        #expect(shares.gatherings == 2)
        func line(_ sector: Sector) throws -> PartnerShares.Line { try #require(shares.lines.first { $0.sector == sector }) }
        let (pvi, childminders, health) = (try line(.pvi), try line(.childminders), try line(.health))
        #expect(shares.total(.present) == 8)
        #expect(pvi.counts == [.present: 5, .hosted: 2, .chaired: 1] && pvi.gatherings == 2)
        #expect(childminders.counts == [.present: 1] && childminders.gatherings == 1)
        #expect(health.settings == 0 && health.counts == [.present: 1, .spoke: 1])
        #expect(shares.shareOfSettings(childminders) == 2.0 / 6 && shares.share(childminders, .present) == 1.0 / 8)
        // Childminders are a third of the settings and an eighth of those in the room: nobody falls shorter.
        #expect(shares.shortest(.present) == childminders && shares.shortest(.hosted) == childminders)
        #expect(!shares.lines.contains { $0.sector == .council })
    }
}
