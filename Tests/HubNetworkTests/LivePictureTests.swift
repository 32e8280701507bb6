import Civil
import House
import Testing

@testable import HubNetwork

/// The rules of docs/rules/live-picture.md that are this room's own.
@Suite struct LivePictureTests {
    private func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

    private func seen(last: String?, met: String? = nil, tries: Int = 0, since: String = "2026-09-01") throws -> Set<String> {
        let today = try day("2026-11-22")
        let hub = WatchedHub(id: "h", settingIDs: ["s"], today: today, since: try day(since))
        let standing = try last.map { text in
            Standing(
                firstDay: try day(text), lastDay: try day(text), spokenDay: nil, metDay: try met.map(day), tries: tries, contacts: 1)
        }
        return Set(Network.sightings(hub, standing.map { ["s": $0] } ?? [:], members: ["s"]).map(\.signal.code))
    }

    @Test("Never contacted stands alone: nothing else can be said yet")
    func never() throws {
        #expect(try seen(last: nil) == ["never-contacted"])
    }

    @Test("Not contacted since a day means before it; the day itself counts as contacted")
    func since() throws {
        #expect(try seen(last: "2026-08-31", met: "2026-08-31") == ["not-since"])
        #expect(try seen(last: "2026-09-01", met: "2026-09-01").isEmpty)
        #expect(try seen(last: "2026-09-01", met: "2026-09-01", since: "2026-09-02") == ["not-since"])
    }

    @Test("Two terms without a meeting are this one and the one before: in autumn since 1 April")
    func absent() throws {
        #expect(try seen(last: "2026-10-01", met: "2026-04-01").isEmpty)
        #expect(try seen(last: "2026-10-01", met: "2026-03-31") == ["absent"])
        #expect(try seen(last: "2026-10-01", met: nil) == ["absent"])
    }

    @Test("Tried counts while nobody was reached")
    func tried() throws {
        #expect(try seen(last: "2026-10-01", met: "2026-09-10", tries: 2) == ["tried"])
    }

    @Test("Whoever has not joined, or left, is said")
    func members() throws {
        let hub = WatchedHub(id: "h", settingIDs: ["s", "t"], today: try day("2026-11-22"), since: try day("2026-09-01"))
        let sightings = Network.sightings(hub, [:], members: ["t"])
        #expect(sightings.filter { $0.signal == .notMember }.map(\.settingID) == ["s"])
    }
}
