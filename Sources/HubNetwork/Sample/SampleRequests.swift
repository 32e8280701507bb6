internal import Civil
internal import Directory
public import House
internal import Identity
internal import Store

/// Invented requests of the demonstration's invented hub, each at another place of its story.
public enum SampleRequests {
    private struct Asked {
        let topic: String
        let words: String
        let daysAgo: Int
        let joiners: Int
        var answer: String?
        var passedTo: Role?
        var mergedInto: Int?
    }

    private static let all: [Asked] = [
        Asked(
            topic: "Identifying autism",
            words: "We are not sure what to look for in two-year-olds, and whom to ask before we speak with parents.",
            daysAgo: 120, joiners: 7,
            answer: "The Area SENCo holds an evening on it on the first Tuesday of each term. The first list of signs is on the hub’s wall."
        ),
        Asked(
            topic: "Food allergies", words: "Training on allergies and adrenaline pens that counts for all of the team.", daysAgo: 30,
            joiners: 5,
            passedTo: .healthPartner),
        Asked(topic: "Spotting autism early", words: "Is there a checklist others use?", daysAgo: 100, joiners: 2, mergedInto: 1),
        Asked(
            topic: "Changes to funded hours", words: "What changes in January for two-year-olds, and from when can we tell parents?",
            daysAgo: 24,
            joiners: 4),
        Asked(
            topic: "Somebody to cover a morning", words: "To go to training I need cover from eight to twelve. Do others share?",
            daysAgo: 12,
            joiners: 3),
        Asked(
            topic: "Makaton", words: "A short course near us, in the evening.", daysAgo: 60, joiners: 6,
            answer: "Maya Patel runs one on four Thursdays from January. Book with her."),
        Asked(topic: "Settling-in visits", words: "How do you count them, and do you charge for them?", daysAgo: 3, joiners: 1),
        Asked(
            topic: "A child who does not speak at nursery", words: "What helps, and when do we refer? No names here, of course.",
            daysAgo: 6,
            joiners: 2, passedTo: .areaSENCo),
    ]

    /// Makes them unless the hub has requests already. Returns how many there are.
    public static func make(hub: String, _ tools: Tools) async throws -> Int {
        try await tools.database.write { session in
            let there = try session.count("select count(*) from need_request where hub_id = \(hub)")
            if there > 0 { return there }
            let today = tools.clock.today
            let ground = try HubGround.of(try Directory.hubSlug(hub, session), on: today, session)
            let people = try PeopleBook.of(hub: hub, session)
            let lead = people.first { $0.role == .hubLead }
            let owner = people.first { $0.role == .manager }
            let settings = ground.settings.filter { !$0.isSecret }
            var dice = SampleDesk.Dice(state: 20_261_124)
            for (place, one) in all.enumerated() where !settings.isEmpty {
                // What the demonstration's own manager asked is first in their own list.
                let own = place % 3 == 0 ? owner?.settingID : nil
                let desk = SampleDesk.tools(tools, on: today.adding(days: -one.daysAgo), as: own == nil ? lead : owner)
                _ = try Requests.ask(
                    Requests.New(
                        id: tools.ids.next(), hubID: hub, topic: one.topic, words: one.words,
                        settingID: own ?? settings[dice.next(settings.count)].id, isOpenAboutAsker: place % 2 == 0), desk, session)
                let request = try Requests.find("\(place + 1)", hub: hub, session)
                for _ in 0..<one.joiners {
                    let day = today.adding(days: -max(0, one.daysAgo - 1 - dice.next(4)))
                    try Requests.join(
                        request, setting: settings[dice.next(settings.count)].id, SampleDesk.tools(tools, on: day, as: lead), session)
                }
                try settle(one, request, today, tools, lead, session)
            }
            return all.count
        }
    }

    private static func settle(
        _ one: Asked, _ request: NeedRequest, _ today: Day, _ tools: Tools, _ lead: PeopleBook.Entry?, _ session: any Session
    ) throws {
        let later = SampleDesk.tools(tools, on: today.adding(days: -max(0, one.daysAgo - 6)), as: lead)
        if let role = one.passedTo {
            let passing = Requests.Passing(to: role.name, role: nil, byDay: today.adding(days: one.daysAgo > 20 ? -2 : 14))
            try Requests.pass(request, passing, over: request.version, later, session)
        } else if let into = one.mergedInto {
            try Requests.merge(request, into: try Requests.find("\(into)", hub: request.hubID, session), later, session)
        } else if let answer = one.answer {
            try Requests.answer(request, answer, over: request.version, later, session)
        }
    }
}
