internal import Civil
internal import Directory
public import House
internal import Identity
internal import Store

/// Invented champions, a roll-out and a preparation for the demonstration's invented hub, the same each time.
public enum SampleChampions {
    private struct Person: Sendable {
        let name: String
        let area: Int?
        /// Days since they began, or since they volunteered where they wait.
        let days: Int
        var shares = true
        var kind = AreaPost.Kind.champion
        /// The demonstration's own champion signs in as this one.
        var isDemo = false
    }

    private static let people: [Person] = [
        Person(name: "Chidi Nwosu", area: 0, days: 150, isDemo: true),
        Person(name: "Rosa Lindqvist", area: 0, days: 120),
        Person(name: "Gwen Pritchard", area: 1, days: 200, kind: .coordinator),
        Person(name: "Farah Aziz", area: 1, days: 60, shares: false),
        Person(name: "Tomasz Wrona", area: 2, days: 20),
        Person(name: "Ngozi Eze", area: nil, days: 3),
        Person(name: "Bridget O’Shea", area: nil, days: 3, shares: false),
    ]

    private static let answers: [(code: String, text: String)] = [
        (
            "vision",
            "Every child is known by the next place before they start there, and every setting, however small, knows whom to ring. In three years no childminder here says that nobody asked them."
        ),
        (
            "backing",
            "The director of children’s services and the heads of the two nursery schools. A short note each term, with what parents say."
        ),
        (
            "council-role",
            "At first the council calls the meetings and takes the notes. By the second year the champions do, and an adviser comes as a guest."
        ),
        ("capacity", "One adviser for a day a week until the summer; each nursery school lends a room and an hour of its office."),
    ]

    /// Makes them unless the hub has champions already. Returns how many there are.
    public static func make(hub: String, _ tools: Tools) async throws -> Int {
        try await tools.database.write { session in
            let today = tools.clock.today
            let ground = try HubGround.of(try Directory.hubSlug(hub, session), on: today, session)
            let there = try session.count("select count(*) from champion where hub_id = \(ground.id)")
            if there > 0 { return there }
            let areas = ground.areas.filter { $0.scheme == ground.areas.first?.scheme }
            let team = try PeopleBook.of(hub: hub, session)
            // As the hub's lead would have written it.
            let lead = team.first { $0.role == .hubLead }
            let tools =
                lead.map { lead in
                    tools.serving(Asker(means: .session("sample"), personID: lead.id, name: lead.name, hats: [], isSecondStepDone: true))
                } ?? tools
            let settings = ground.settings.filter { !$0.isSecret }
            let links = team.filter { [.adviser, .coordinator].contains($0.role) }
            let event = try event(ground.id, today, tools, session)
            for (index, person) in people.enumerated() where !settings.isEmpty {
                let mail = person.name.lowercased().filter { $0.isASCII && $0.isLetter }
                let wish = ChampionWish(
                    name: person.name, email: "\(mail)@example.org", telephone: "020 7946 04\(10 + index)",
                    settingID: settings[index * 7 % settings.count].id, area: areas.indices.contains(index % 4) ? areas[index % 4] : nil,
                    shares: person.shares)
                let id = try Champions.volunteer(
                    wish, hub: ground.id, source: person.area == nil ? .event : .team, event: person.area == nil ? event : nil,
                    person: person.isDemo ? team.first { $0.name == person.name }?.id : nil, tools, session)
                guard let id, let champion = try Champions.all("id = \(id)", session).first else { continue }
                guard let area = person.area, areas.indices.contains(area) else { continue }
                let place = areas[area]
                try Champions.give(
                    NewPost(
                        kind: person.kind, area: place, from: today.adding(days: -person.days),
                        baseID: person.kind == .coordinator ? place.baseID : nil,
                        linkPerson: links.isEmpty || index == 3 ? nil : links[index % links.count].id),
                    to: champion, hub: ground.id, tools, session)
            }
            if let first = areas.first {
                for (ago, people) in [(118, 14), (62, 11), (20, 16)] {
                    try AreaWork.met(first, hub: ground.id, on: today.adding(days: -ago), people: people, tools, session)
                }
            }
            try criteria(ground, areas.first, today, tools, session)
            try rollOut(ground, areas, team, today, tools, session)
            try readiness(ground.id, team, today, tools, session)
            return people.count
        }
    }

    /// A sign-up that is over, for its line in the list; nobody has its code.
    private static func event(_ hub: String, _ today: Day, _ tools: Tools, _ session: any Session) throws -> String {
        let (id, day) = (tools.ids.next(), today.adding(days: -3))
        try session.run(
            """
            insert into champion_event (id, hub_id, title, code_hash, from_day, to_day, made_at, by_whom)
            values (\(id), \(hub), 'A morning for every setting', \(EventCode.hash(EventCode.make(), for: "champion")), \(day), \(day), \(tools.clock.now),
                \(tools.asker.auditName))
            """)
        return id
    }

    private static func criteria(
        _ hub: HubGround, _ area: HubGround.Area?, _ today: Day, _ tools: Tools, _ session: any Session
    ) throws {
        for (index, words) in HandoverCriterion.samples.enumerated() {
            let id = tools.ids.next()
            try session.run(
                """
                insert into handover_criterion (id, hub_id, position, words, by_whom)
                values (\(id), \(hub.id), \(index + 1), \(words), \(tools.asker.auditName))
                """)
            if let area, index < 4 { try AreaWork.tick(id, area, hub: hub, on: today.adding(days: -30 + index * 5), tools, session) }
        }
    }

    private static func rollOut(
        _ hub: HubGround, _ areas: [HubGround.Area], _ team: [PeopleBook.Entry], _ today: Day, _ tools: Tools, _ session: any Session
    ) throws {
        let start = today.adding(days: -130)
        let id = try RollOuts.make("Our first year", start: start, hub: hub.id, tools, session)
        try RollOuts.add(RollOutSample.localities, to: id, start: start, areas: areas, hub: hub.id, tools, session)
        let owners = team.filter { [.hubLead, .coordinator, .adviser].contains($0.role) }.map(\.id)
        for (index, step) in try RollOutPicture.steps(of: id, session).enumerated() {
            if !owners.isEmpty, index % 5 != 4 {
                try session.run("update rollout_step set owner_person = \(owners[index % owners.count]) where id = \(step.id)")
            }
            // Most of what is past its day is done; one stage of the last area lags behind.
            if let due = step.due, due < today, !(step.areaName == areas.last?.name && due > today.adding(days: -70)) {
                try RollOuts.tick(step.id, on: due.adding(days: index % 3), tools, session)
            }
        }
    }

    private static func readiness(
        _ hub: String, _ team: [PeopleBook.Entry], _ today: Day, _ tools: Tools, _ session: any Session
    ) throws {
        for answer in answers { _ = try Readiness.answer(answer.code, answer.text, version: 0, hub: hub, tools, session) }
        let pilot = Readiness.Pilot(scope: .pilot, place: "the first two mini-hubs", until: today.adding(days: 90))
        _ = try Readiness.decide(pilot, hub: hub, tools, session)
        let owner = team.first { $0.role == .coordinator }?.id
        for (index, tip) in ReadinessTip.all.enumerated() where index < 9 {
            let isDone = index < 5
            let day = today.adding(days: isDone ? -100 + index * 15 : -10 + (index - 5) * 20)
            let kept = Readiness.Tip(planned: day, done: isDone ? day : nil, owner: index % 2 == 0 ? owner : nil)
            _ = try Readiness.set(tip.code, kept, hub: hub, tools, session)
        }
    }
}
