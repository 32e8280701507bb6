internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// What the hub and a setting did together, newest first, from every room.
    var timelineRoutes: [Route] {
        [
            route(.get, "/staff/network/{hub}/settings/{id}", .seeNetwork, "A setting’s timeline", at: Self.atHub) {
                try await $0.timelinePage($1)
            },
            route(.get, "/own/{id}/timeline", .seeOwnTimeline, "What the hub and one’s own setting did together", at: Self.atOwnSetting) {
                try await $0.ownTimelinePage($1)
            },
        ]
    }

    private static let size = 30

    /// Where the page before ended, as the address says it: `2026-05-03~key`.
    private static func before(_ request: Request) -> (day: Day, key: String)? {
        guard let text = request.query["before"], let mark = text.firstIndex(of: "~"), let day = Day(iso: text[..<mark]) else { return nil }
        return (day, String(text[text.index(after: mark)...].prefix(80)))
    }

    private struct Reading: Sendable {
        let hub: (id: String, name: String, slug: String)
        let title: String
        let standing: Standing?
        let memberSince: Day?
        let entries: [TimelineEntry]
        let people: [PeopleBook.Entry]
    }

    private func timelinePage(_ request: Request) async throws -> Answer {
        let id = request.parameter("id")
        let before = Self.before(request)
        let chapters = allChapters
        let reading = try await tools.database.read { session in
            let hubID = try Network.hubID(request, session)
            guard let hub = try Directory.hubs(session).first(where: { $0.id == hubID }) else {
                throw Refusal.notFound("There is no hub here.")
            }
            return Reading(
                hub: (hub.id, hub.name, hub.slug), title: try Directory.titles(of: [id], session)[id] ?? "A setting",
                standing: try session.first("select * from standing where hub_id = \(hubID) and setting_id = \(id)").map(Standing.init),
                memberSince: try Memberships.now(hubID, session)[id],
                entries: try Chapter.together(chapters, id, .team(hubID), before: before, limit: Self.size + 1, session),
                people: try PeopleBook.of(hub: hubID, setting: id, session))
        }
        let base = "/staff/network/\(reading.hub.slug)"
        var frame = tools.frame(reading.title, for: .staff, at: "/staff/network")
        frame.breadcrumbs = [Link("The network", base)]
        frame.action = Action("Log a contact", "\(base)/log?setting=\(id)")
        frame.lead = lead(reading)
        frame.notices = notices(request.query, base)
        frame.content =
            Columns(
                Card("Together with \(reading.hub.name)", timeline(reading.entries, "\(base)/settings/\(id)", hub: reading.hub.slug)).html,
                "\(people(reading, id))\(membership(reading, "\(base)/settings/\(id)"))\(Card("Its record", "<p><a href=\"/staff/settings/\(segment: id)\">Register, inspections, facts</a></p>"))"
            ).html
        return .page(frame.html)
    }

    private func lead(_ reading: Reading) -> HTML {
        guard let standing = reading.standing else { return "No contact yet." }
        let tries = standing.tries > 0 ? " Tried \(standing.tries) \(standing.tries == 1 ? "time" : "times") since." : ""
        let spoken = standing.spokenDay.map { "Last spoken to on \($0.medium)." } ?? "Not reached yet."
        return "\(spoken)\(tries) \(grouped(standing.contacts)) \(standing.contacts == 1 ? "contact" : "contacts") in all."
    }

    private func notices(_ query: FormData, _ base: String) -> [Notice] {
        switch query["done"] {
        case "logged": [.success("Saved.")]
        case "corrected": [.success("Saved. What it said before is kept.")]
        case "undone": [.success("Taken back. It is in no count any more.")]
        case "restored": [.success("It is back.")]
        case "joined": [.success("A member from today.")]
        case "left": [.success("No longer a member.")]
        default: []
        }
    }

    private func timeline(_ entries: [TimelineEntry], _ path: String, hub: String?) -> HTML {
        let shown = entries.prefix(Self.size)
        if shown.isEmpty { return "<p>Nothing yet. What the hub and the setting do together stands here, the newest first.</p>" }
        let items = shown.html { entry in
            let title: HTML =
                entry.href.map { "<a href=\"\(link: $0.replacing("{hub}", with: hub ?? ""))\">\(entry.title)</a>" } ?? "\(entry.title)"
            var taking: HTML?
            if let hub, let undo = entry.undo {
                var button = Button("Take back", action: undo.replacing("{hub}", with: hub), style: .small)
                button.about = "what was logged on \(entry.day.medium)"
                taking = button.html
            }
            return "<li><p><strong>\(entry.day.medium)</strong> \(title)</p>\(entry.detail)\(taking)</li>"
        }
        var more: HTML?
        if entries.count > Self.size, let last = shown.last {
            let address = PageAddress(path, [("before", "\(last.day.iso)~\(last.key)")])
            more = "<p class=\"more\"><a href=\"\(link: address.href)\">Earlier</a></p>"
        }
        return "<ol class=\"listing timeline\">\(items)</ol>\(more)"
    }

    private func people(_ reading: Reading, _ id: String) -> Card {
        let items = reading.people.html { "<li><bdi>\($0.name)</bdi>, \($0.role.name.lowercased())</li>" }
        let over = "setting:\(id):\(reading.hub.id)"
        let address = PageAddress("/staff/people/invite", [("role", Role.manager.rawValue), ("over", over)])
        let invite: HTML? =
            tools.asker.may(.invitePeople, at: Whereabouts(hubs: [reading.hub.id]))
            ? " <a href=\"\(link: address.href)\">Invite its manager</a>" : nil
        return Card(
            "Who is there",
            reading.people.isEmpty
                ? "<p>Nobody of this setting has an account yet.\(invite)</p>"
                : "<ul class=\"listing\">\(items)</ul>")
    }

    private func membership(_ reading: Reading, _ path: String) -> Card? {
        guard Permission.answer(tools.asker.hats, .keepMembers, Whereabouts(hubs: [reading.hub.id])) == .yes else { return nil }
        guard let since = reading.memberSince else {
            return Card("Membership", "<p>Not a member.</p>\(Button("It joins today", action: "\(path)/join", style: .quiet))")
        }
        let form = Form.post("\(path)/leave", "It leaves today", fields: [.text("because", "Why?").optional()])
        return Card("Membership", "<p>A member since \(since.medium).</p>\(Disclosure("It leaves", form.html))")
    }

    private func ownTimelinePage(_ request: Request) async throws -> Answer {
        let id = request.parameter("id")
        let before = Self.before(request)
        let chapters = allChapters
        let (entries, title) = try await tools.database.read { session in
            (
                try Chapter.together(chapters, id, .own, before: before, limit: Self.size + 1, session),
                try Directory.titles(of: [id], session)[id] ?? ""
            )
        }
        var frame = ownFrame(
            "With your hub", setting: id, title: title, section: .timeline,
            content: timeline(entries, "/own/\(id)/timeline", hub: nil))
        frame.lead = "What your setting and the hub did together, where the hub shares it."
        return .page(frame.html)
    }
}
