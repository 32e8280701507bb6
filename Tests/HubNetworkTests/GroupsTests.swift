import Civil
import House
import Testing

@testable import HubNetwork

/// The rules of docs/rules/groups.md.
@Suite struct GroupsTests {
    private func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

    private func sitting(
        _ name: String, _ sector: Sector, person: String? = nil, organisation: String? = nil, setting: String? = nil
    ) throws -> Seat.Sitting {
        Seat.Sitting(
            id: name, personID: person, name: name, organisation: organisation, settingID: setting, sector: sector,
            fromDay: try day("2026-01-01"), toDay: nil)
    }

    @Test("A volunteer from outside is an independent chair, as in Newham")
    func outsideChair() throws {
        let chair = try sitting("Ruth Adeyemi", .others, organisation: "Formerly Children’s Services, Eastshire")
        let others = [
            try sitting("Jo Ash", .schools, setting: "s1"), try sitting("Kim Birch", .schools, setting: "s2"),
            try sitting("Lee Cole", .council, organisation: "Westshire Council"),
        ]
        #expect(Independence.ties(of: chair, others: others, seats: [.schools: 2, .council: 1]).isEmpty)
    }

    @Test("A chair of a sector with more than one seat is not independent; of one with a single seat they may be")
    func chairOfASector() throws {
        let chair = try sitting("Dora Elm", .childminders, setting: "s9")
        let ties = Independence.ties(of: chair, others: [], seats: [.childminders: 2])
        #expect(ties.count == 1 && ties[0].contains("2 seats"))
        #expect(Independence.ties(of: chair, others: [], seats: [.childminders: 1]).isEmpty)
        // “Others” is no sector: two of them are no block.
        let outside = try sitting("Ruth Adeyemi", .others)
        #expect(Independence.ties(of: outside, others: [], seats: [.others: 3]).isEmpty)
    }

    @Test("Whoever fills another seat, or comes from where somebody in a seat comes from, is tied to it")
    func tiedChair() throws {
        let account = try sitting("Ann Fir", .health, person: "p1")
        #expect(Independence.ties(of: account, others: [try sitting("A. Fir", .health, person: "p1")], seats: [:]).count == 1)
        let written = try sitting("Ruth Adeyemi", .others)
        #expect(Independence.ties(of: written, others: [try sitting("ruth  adeyemi", .council)], seats: [:]).count == 1)
        let same = try sitting("Ben Gale", .council, organisation: "Westshire Council.")
        #expect(
            Independence.ties(of: same, others: [try sitting("Cy Hay", .health, organisation: "WESTSHIRE council")], seats: [:]).count == 1)
        let setting = try sitting("Di Ivy", .others, setting: "s1")
        #expect(Independence.ties(of: setting, others: [try sitting("Ed Jay", .pvi, setting: "s1")], seats: [:]).count == 1)
        #expect(Independence.ties(of: setting, others: [try sitting("Ed Jay", .pvi, setting: "s2")], seats: [:]).isEmpty)
    }

    @Test("The finding names the sector whose seats fall shortest of its share of settings")
    func balance() {
        let balance = Balance(seats: [.schools: 3, .childminders: 1], settings: [.childminders: 60, .schools: 20, .pvi: 20])
        #expect(balance.lines.map(\.sector) == [.childminders, .pvi, .schools])
        #expect(balance.lines.map(\.seatShare) == [25, 0, 75] && balance.lines.map(\.settingShare) == [60, 20, 20])
        #expect(balance.finding == "Childminders are 60% of the settings and have 25% of the seats")
        #expect(
            Balance(seats: [.pvi: 1, .schools: 1], settings: [.pvi: 10, .schools: 11]).finding
                == "Every sector has about its share of the seats")
        #expect(Balance(seats: [:], settings: [.pvi: 1]).finding == "No seats yet")
        #expect(Balance(seats: [.health: 1], settings: [:]).lines.map(\.settingShare) == [0])
    }

    @Test("A term without a meeting is missed once it is over; the one that runs and the one it began in are not")
    func terms() throws {
        let met = [try day("2026-01-20"), try day("2026-02-20")]
        let periods = Rhythm.term.periods(since: try day("2025-10-01"), through: try day("2026-11-22"), met: met)
        #expect(periods.map(\.name) == ["Autumn 2026", "Summer 2026", "Spring 2026", "Autumn 2025"])
        #expect(periods.map(\.state) == [.running, .missed, .kept, .begun])
        #expect(periods.map(\.met) == [0, 0, 2, 0])
    }

    @Test("Months, pairs of months and school years follow one another without a gap, whatever the day", arguments: Rhythm.allCases)
    func noGaps(rhythm: Rhythm) throws {
        for end in ["2024-02-29", "2026-12-31", "2026-01-01", "2026-08-31", "2026-09-01"] {
            let periods = rhythm.periods(since: try day("2000-01-01"), through: try day(end), met: [])
            #expect(periods.count > 3)
            let last = try day(end)
            #expect(periods[0].first <= last && periods[0].last >= last)
            for (newer, older) in zip(periods, periods.dropFirst()) { #expect(older.last.adding(days: 1) == newer.first, "\(newer.name)") }
        }
    }

    @Test("A period is named as people say it")
    func names() throws {
        let today = try day("2026-11-22")
        func name(_ rhythm: Rhythm) -> String? { rhythm.periods(since: today, through: today, met: []).first?.name }
        #expect(name(.month) == "November 2026" && name(.twoMonths) == "November and December 2026")
        #expect(name(.term) == "Autumn 2026" && name(.year) == "2026/2027")
    }
}
