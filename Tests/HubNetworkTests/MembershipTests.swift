import Civil
import House
import Testing

@testable import HubNetwork

/// The rules of docs/rules/membership.md and docs/rules/coverage.md that need no database.
@Suite struct MembershipTests {
    private func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

    private func meeting(_ text: String, _ settings: String..., part: Encounter.Part = .present) throws -> Encounter {
        Encounter(
            id: "e \(text)", day: try day(text), title: "Meeting",
            parts: Dictionary(settings.map { ($0, [part]) }, uniquingKeysWith: { first, _ in first }))
    }

    @Test("Active in autumn: at something since 1 April. The day itself counts; 31 March does not")
    func twoTerms() throws {
        let stay = Activity.Stay(settingID: "s", joined: try day("2025-01-10"), left: nil)
        let today = try day("2026-11-22")
        #expect(Activity([stay], [try meeting("2026-04-01", "s")]).isActive("s", on: today))
        #expect(!Activity([stay], [try meeting("2026-03-31", "s")]).isActive("s", on: today))
        #expect(Activity([stay], [try meeting("2026-11-22", "s")]).isActive("s", on: today))
        // What comes later was not known then.
        #expect(!Activity([stay], [try meeting("2026-11-22", "s")]).isActive("s", on: try day("2026-11-21")))
    }

    @Test("Speaking, hosting or chairing counts like being there", arguments: Encounter.Part.allCases)
    func everyPart(part: Encounter.Part) throws {
        let stay = Activity.Stay(settingID: "s", joined: try day("2025-01-10"), left: nil)
        let activity = Activity([stay], [try meeting("2026-10-01", "s", part: part)])
        #expect(activity.isActive("s", on: try day("2026-11-22")))
    }

    @Test("Only a member is active; on the day it leaves it is none any more, and it may come again")
    func onlyMembers() throws {
        let stays = [
            Activity.Stay(settingID: "s", joined: try day("2025-01-10"), left: try day("2026-01-10")),
            Activity.Stay(settingID: "s", joined: try day("2026-09-10"), left: nil),
        ]
        let activity = Activity(stays, [try meeting("2026-01-09", "s", "t"), try meeting("2026-10-01", "s", "t")])
        #expect(activity.isActive("s", on: try day("2026-01-09")))
        let (leaving, back) = (try day("2026-01-10"), try day("2026-10-01"))
        #expect(!activity.isMember("s", on: leaving) && !activity.isActive("s", on: leaving))
        #expect(activity.isActive("s", on: back) && !activity.isActive("t", on: back))
        #expect(activity.memberSince("s", on: back)?.iso == "2026-09-10")
    }

    @Test("The rate is the active among the members; without members there is none")
    func rates() throws {
        let stays = try ["a", "b", "c", "d"].map { Activity.Stay(settingID: $0, joined: try day("2025-01-10"), left: nil) }
        let activity = Activity(stays, [try meeting("2026-10-01", "a", "b", "c")])
        let count = activity.count(["a", "b", "c", "d", "other"], on: try day("2026-11-22"))
        #expect(count == Activity.Count(members: 4, active: 3) && count.rate == 75)
        #expect(activity.count(["other"], on: try day("2026-11-22")).rate == nil)
    }

    @Test("Quiet since a day, never seen, or new: joined in these two terms and not seen yet")
    func quiet() throws {
        let today = try day("2026-11-22")
        let stays = [
            Activity.Stay(settingID: "once", joined: try day("2025-01-10"), left: nil),
            Activity.Stay(settingID: "never", joined: try day("2026-03-31"), left: nil),
            Activity.Stay(settingID: "new", joined: try day("2026-04-01"), left: nil),
            Activity.Stay(settingID: "active", joined: try day("2025-01-10"), left: nil),
        ]
        let activity = Activity(stays, [try meeting("2026-02-02", "once"), try meeting("2026-10-02", "active")])
        let seen = try day("2026-02-02")
        #expect(activity.quiet("once", on: today) == .since(seen))
        #expect(activity.quiet("never", on: today) == .never)
        #expect(activity.quiet("new", on: today) == .new)
        #expect(activity.quiet("active", on: today) == nil && activity.quiet("stranger", on: today) == nil)
    }

    @Test("The page looks at the last day of each term, and at today")
    func termEnds() throws {
        let ends = Activity.ends(3, upTo: try day("2026-11-22"))
        #expect(ends.map(\.day.iso) == ["2026-03-31", "2026-08-31", "2026-11-22"])
        #expect(ends.map(\.term.name) == ["Spring 2026", "Summer 2026", "Autumn 2026"])
    }

    @Test("Coverage: a setting counts once in a term however often it was contacted; a try counts as contacted and not as reached")
    func coverage() throws {
        let autumn = Term(of: try day("2026-11-22"))
        let coverage = Coverage(
            [.init("a", ward: "w"), .init("b", ward: "w"), .init("c", ward: "v")],
            [
                .init("a", month: "2026-09", isReached: false), .init("a", month: "2026-11", isReached: true),
                .init("b", month: "2026-10", isReached: false), .init("b", month: "2026-08", isReached: true),
            ], terms: [autumn.previous, autumn])
        #expect(coverage.share(ofWard: "w", in: autumn) == Coverage.Share(settings: 2, contacted: 2, reached: 1))
        #expect(coverage.share(ofWard: "w", in: autumn.previous) == Coverage.Share(settings: 2, contacted: 1, reached: 1))
        #expect(coverage.share(ofWard: "v", in: autumn).percent == 0 && coverage.share(ofWard: "none", in: autumn).percent == nil)
        #expect(coverage.share(in: autumn).settings == 3)
        #expect([0, 0.1, 25, 25.1, 50, 75, 75.1, 100].map(Coverage.shade) == [0, 1, 1, 2, 2, 3, 4, 4])
    }
}
