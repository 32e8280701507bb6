internal import Civil
internal import Directory
public import House
internal import Identity
internal import Store

/// Invented groups of the demonstration's invented hub.
public enum SampleGroups {
    private struct Plan {
        let facts: Groups.Facts
        let seats: [(sector: Sector, name: String?, organisation: String?)]
    }

    private static let terms = """
        The steering group looks after the hub’s shared vision and its plan for the year.
        It decides how the hub’s money is spent within the budget, which groups are set up, and when the hub grows. It does not decide about any one setting.
        Each sector has its own seats. Whoever fills one asks their sector before a meeting and tells it after.
        It meets once a term. The chair is from outside and has no vote.
        """

    /// Makes them unless the hub has groups already. Returns how many there are.
    public static func make(hub: String, _ tools: Tools) async throws -> Int {
        try await tools.database.write { session in
            let there = try session.count("select count(*) from network_group where hub_id = \(hub)")
            if there > 0 { return there }
            let today = tools.clock.today
            let ground = try HubGround.of(try Directory.hubSlug(hub, session), on: today, session)
            let lead = try PeopleBook.of(hub: hub, roles: [.hubLead], session).first
            let begun = Term(of: today).previous.previous.previous.first.adding(days: 8)
            let desk = SampleDesk.tools(tools, on: begun, as: lead)
            for plan in plans(begun, today) {
                let id = try Groups.make(plan.facts, hub: hub, seats: [:], desk, session)
                for seat in plan.seats {
                    try Groups.addSeat(id, seat.sector, title: nil, isChair: seat.sector == .others, on: begun, desk, session)
                }
                try fill(try Groups.book(id, hub: hub, session), plan, ground, desk, session)
                if plan.facts.kind == .steering { try work(id, begun, today, tools, lead, session) }
                if plan.facts.kind == .task {
                    try GroupWork.add(
                        deliverable: "A settling-in leaflet every setting can use", due: today.adding(days: -9), to: id, desk, session)
                    try GroupWork.add(deliverable: "A shared form for the first visit", due: today.adding(days: 40), to: id, desk, session)
                }
            }
            return try session.count("select count(*) from network_group where hub_id = \(hub)")
        }
    }

    private static func plans(_ begun: Day, _ today: Day) -> [Plan] {
        [
            Plan(
                facts: Groups.Facts(
                    kind: .steering, title: "Steering group", purpose: "Keeps the hub to its shared vision, and its plan to its money.",
                    beginsDay: begun, rhythm: .term),
                seats: [
                    (.others, "Ruth Adeyemi", "Formerly director of children’s services, Eastshire"), (.childminders, "Dora Lind", nil),
                    (.childminders, nil, nil), (.pvi, "Amir Shah", nil), (.pvi, "Grace Bell", nil), (.schools, "Jo Ashdown", nil),
                    (.schools, "Kim Birch", nil), (.schools, "Lee Cole", nil), (.health, "Hana Suzuki", "Health visiting service"),
                    (.council, "Alison Reed", "Early years team"),
                ]),
            Plan(
                facts: Groups.Facts(
                    kind: .strategic, title: "Strategic group", purpose: "Brings council, health and the hub to one plan.",
                    beginsDay: begun,
                    rhythm: .twoMonths),
                seats: [
                    (.council, "Nadia Hussain", "Best Start in Life"), (.health, "Tom Varley", "Public health"),
                    (.schools, "Jo Ashdown", nil),
                    (.pvi, "Grace Bell", nil), (.childminders, "Dora Lind", nil),
                ]),
            Plan(
                facts: Groups.Facts(
                    kind: .task, title: "Settling in together", purpose: "One way to settle a child in, whichever setting it is.",
                    beginsDay: today.adding(days: -80), endsDay: today.adding(days: 60), rhythm: .month),
                seats: [(.childminders, "Priya Nair", nil), (.pvi, "Amir Shah", nil), (.schools, nil, nil)]),
            Plan(
                facts: Groups.Facts(
                    kind: .mentors, title: "Mentors’ group", purpose: "Ten mentors learn from one another.", beginsDay: begun,
                    rhythm: .month),
                seats: [(.schools, "Kim Birch", nil), (.pvi, "Maya Patel", nil), (.schools, "Sam Rowe", "College nursery")]),
        ]
    }

    private static func fill(
        _ book: GroupBook, _ plan: Plan, _ ground: HubGround, _ desk: Tools, _ session: any Session
    ) throws {
        var left = plan.seats
        var places = ground.settings.filter { !$0.isSecret }
        for seat in book.seats {
            guard let at = left.firstIndex(where: { $0.sector == seat.sector }) else { continue }
            let person = left.remove(at: at)
            guard let name = person.name else { continue }
            // Whoever has no organisation comes from a setting of their sector.
            let place = person.organisation == nil ? places.first { $0.type.sector == seat.sector } : nil
            places.removeAll { $0.id == place?.id }
            _ = try Groups.fill(
                seat,
                Groups.NewSitting(
                    name: name, organisation: person.organisation, settingID: place?.id, sector: seat.sector,
                    fromDay: max(book.group.beginsDay, seat.fromDay)), desk, session)
        }
    }

    /// Terms of reference, meetings and what passed between the sectors.
    private static func work(
        _ id: String, _ begun: Day, _ today: Day, _ tools: Tools, _ lead: PeopleBook.Entry?, _ session: any Session
    ) throws {
        let early = SampleDesk.tools(tools, on: begun.adding(days: 20), as: lead)
        _ = try GroupWork.write(terms: String(terms.prefix(230)), over: 0, id, early, session)
        let later = SampleDesk.tools(tools, on: today.adding(days: -60), as: lead)
        _ = try GroupWork.write(terms: terms, over: 1, id, later, session)
        var term = Term(of: begun)
        while term < Term(of: today) {
            let day = term.first.adding(days: 40)
            if day >= begun { try GroupWork.add(meeting: day, to: id, SampleDesk.tools(tools, on: day, as: lead), session) }
            term = term.next.next
        }
        let last = today.adding(days: -12)
        try GroupWork.add(meeting: last, to: id, SampleDesk.tools(tools, on: last, as: lead), session)
        let hub = try session.first("select hub_id from network_group where id = \(id)")?.text("hub_id") ?? ""
        let book = try Groups.book(id, hub: hub, session)
        guard let childminders = book.sectorSeats.first(where: { $0.sector == .childminders && $0.holder != nil }) else { return }
        let (before, after) = (SampleDesk.tools(tools, on: last.adding(days: -4), as: lead), SampleDesk.tools(tools, on: last, as: lead))
        try GroupWork.add(
            note: "Meetings at ten in the morning leave us out: we have children with us. Could every second one be in the evening?",
            .before,
            seat: childminders, meeting: last, before, session)
        try GroupWork.add(
            note:
                "From spring on every second meeting is at 7pm. The pack for the two-year-old check is shared with us before it is printed.",
            .after, seat: childminders, meeting: last, after, session)
    }
}
