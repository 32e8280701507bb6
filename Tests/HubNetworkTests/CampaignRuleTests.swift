import Civil
import Directory
import Testing

@testable import HubNetwork

/// The rules of docs/rules/campaigns.md that need no database.
@Suite struct CampaignRuleTests {
    private static func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

    private func progress(
        _ outcomes: [(String, Contact.Outcome)], invited: String? = nil, next: String? = nil, isMember: Bool = false
    ) throws -> CampaignProgress {
        var events = try outcomes.map { CampaignEvent(day: try Self.day($0.0), outcome: $0.1) }
        if let next, !events.isEmpty { events[events.count - 1].nextDay = try Self.day(next) }
        return CampaignProgress(
            events: events, invited: try invited.map(Self.day), begins: try Self.day("2026-09-01"), isMember: isMember)
    }

    @Test("Listed, invited, tried, answered, joined, declined: each follows from what was sent and logged")
    func stages() throws {
        #expect(try progress([]).stage == .listed)
        #expect(try progress([], invited: "2026-09-02").stage == .invited)
        #expect(try progress([("2026-09-03", .noAnswer), ("2026-09-06", .left)]).stage == .tried)
        #expect(try progress([("2026-09-03", .noAnswer), ("2026-09-06", .spoke)]).stage == .answered)
        #expect(try progress([("2026-09-03", .spoke), ("2026-09-06", .joined)]).stage == .joined)
        #expect(try progress([("2026-09-03", .declined), ("2026-09-09", .spoke)]).stage == .declined)
        #expect(try progress([("2026-09-03", .declined), ("2026-09-09", .joined)]).stage == .joined)
        #expect(try progress([("2026-09-03", .noAnswer)], isMember: true).stage == .joined)
    }

    @Test("Tries count since somebody was reached")
    func tries() throws {
        #expect(try progress([("2026-09-03", .noAnswer), ("2026-09-06", .left), ("2026-09-13", .noAnswer)]).tries == 3)
        #expect(try progress([("2026-09-03", .noAnswer), ("2026-09-06", .spoke), ("2026-09-20", .noAnswer)]).tries == 1)
    }

    @Test("Ring again in three days after no answer, a week where word was left, a fortnight where they spoke, or when it was promised")
    func dueDays() throws {
        #expect(try progress([]).due?.iso == "2026-09-01")
        #expect(try progress([], invited: "2026-09-02").due?.iso == "2026-09-09")
        #expect(try progress([], invited: "2026-08-20").due?.iso == "2026-09-01")
        #expect(try progress([("2026-09-03", .noAnswer)]).due?.iso == "2026-09-06")
        #expect(try progress([("2026-09-03", .left)]).due?.iso == "2026-09-10")
        #expect(try progress([("2026-09-03", .spoke)]).due?.iso == "2026-09-17")
        #expect(try progress([("2026-09-03", .noAnswer)], next: "2026-10-01").due?.iso == "2026-10-01")
        #expect(try progress([("2026-09-03", .joined)]).due == nil)
        #expect(try progress([("2026-09-03", .declined)]).due == nil)
    }

    @Test("Shared evenly: nobody has two more than another, everybody on the list has one caller, and the same input gives the same answer")
    func sharesEvenly() {
        var state: UInt64 = 11
        func next(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % sides
        }
        for round in 0..<300 {
            let calls = (0..<next(60)).map { CallSharing.Call(id: "t\($0)", area: "area \(next(5))") }
            let callers = (0...next(6)).map { "c\($0)" }
            let given = CallSharing.share(calls, among: callers)
            let counts = callers.map { caller in given.values.count { $0 == caller } }
            #expect(given.count == calls.count, "round \(round)")
            #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1, "round \(round): \(counts)")
            #expect(CallSharing.share(calls, among: callers) == given)
        }
    }

    @Test("What somebody has already counts, and neighbours stay with one caller where the numbers allow")
    func sharesFairly() {
        let calls = (0..<4).map { CallSharing.Call(id: "t\($0)", area: "Riverside") }
        let having = CallSharing.share(calls, among: ["ann", "bea"], having: ["ann": 4])
        #expect(Set(having.values) == ["bea"])
        let areas = (0..<12).map { CallSharing.Call(id: "t\($0)", area: "area \($0 % 3)") }
        let given = CallSharing.share(areas, among: ["ann", "bea", "cal"])
        for area in 0..<3 { #expect(Set((0..<12).filter { $0 % 3 == area }.compactMap { given["t\($0)"] }).count == 1) }
        #expect(CallSharing.share(calls, among: []).isEmpty)
    }

    /// `counts`: settings, listed, joined of a kind in an area.
    private func entries(_ counts: [(area: String, type: SettingType, settings: Int, listed: Int, joined: Int)]) -> [CampaignGap.Entry] {
        counts.flatMap { line in
            (0..<line.settings).map { index in
                CampaignGap.Entry(
                    area: line.area, type: line.type, isListed: index < line.listed, wasInvited: index < line.listed,
                    answered: index < line.joined, joined: index < line.joined)
            }
        }
    }

    @Test("The worked example: childminders in Riverside are 40% of the settings and 10% of those who joined")
    func workedExample() {
        let gap = CampaignGap(
            entries([("Riverside", .childminder, 16, 16, 1), ("Riverside", .dayNursery, 8, 8, 3), ("Hill", .childminder, 16, 16, 6)]),
            areaOrder: ["Riverside", "Hill"])
        #expect(gap.measure == .joined)
        #expect(gap.largest?.area == "Riverside" && gap.largest?.type == .childminder)
        #expect(
            gap.sentence == "The gap is largest for childminders in Riverside: they are 40% of the settings and 10% of those who joined.")
        #expect(gap.whole.settings == gap.cells.reduce(0) { $0 + $1.settings })
        #expect(gap.whole.joined == gap.areas.reduce(0) { $0 + $1.joined } && gap.whole.joined == gap.types.reduce(0) { $0 + $1.joined })
    }

    @Test("The furthest step with ten or more is what counts; before that it is the list itself")
    func measures() {
        let few = CampaignGap(entries([("Hill", .childminder, 20, 20, 9)]), areaOrder: [])
        #expect(few.measure == .invited)
        let enough = CampaignGap(entries([("Hill", .childminder, 20, 20, 10)]), areaOrder: [])
        #expect(enough.measure == .joined)
        let none = CampaignGap(entries([("Hill", .childminder, 20, 0, 0)]), areaOrder: [])
        #expect(none.measure == .listed && none.sentence.hasPrefix("Nobody is on the list"))
    }

    @Test("Under five points is even, and a cell of fewer than three settings is never called a gap")
    func even() {
        let even = CampaignGap(entries([("Hill", .school, 50, 50, 24), ("Dale", .school, 50, 50, 26)]), areaOrder: [])
        #expect(even.largest == nil && even.sentence.hasPrefix("Every area and kind is represented"))
        let small = CampaignGap(entries([("Hill", .school, 20, 20, 20), ("Dale", .school, 2, 2, 0)]), areaOrder: [])
        #expect(small.largest == nil)
    }

    @Test("A letter's fields are filled in; a field that is not known is refused by its name, and an open brace by what follows it")
    func letterFields() throws {
        let letter = try LetterWords("Dear {contact}, {hub} writes to {Setting}.")
        #expect(letter.filled([.contact: "Ann", .hub: "The hub", .setting: "{hub}"]) == "Dear Ann, The hub writes to {hub}.")
        #expect(throws: LetterWords.Problem.unknown("name")) { try LetterWords("Dear {name}") }
        #expect(throws: LetterWords.Problem.open("setting and more")) { try LetterWords("Dear {setting and more") }
        #expect(LetterWords.Problem.unknown("name").message.contains("{name}"))
    }
}
