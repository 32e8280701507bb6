internal import Civil
internal import Directory
public import House
internal import Identity
internal import Store

/// Two terms of invented contacts for the demonstration's invented hub, the same each time.
public enum SampleContacts {
    private static let notes = [
        "Told them what the hub does and who is in it.", "They would like the dates of the autumn meetings.",
        "Short of staff this month; call again after half-term.", "Glad to host a meeting in the spring.",
        "Asked about training on early communication.", "Wants to know how settling-in visits work between settings.",
    ]
    private static let promises = ["Send the dates of the meetings", "Call again", "Put them in touch with a mentor", "Send the agreement"]

    /// Makes them unless the hub has contacts already. Returns how many there are.
    public static func make(hub: String, _ tools: Tools) async throws -> Int {
        try await tools.database.write { session in
            let today = tools.clock.today
            let ground = try HubGround.of(try Directory.hubSlug(hub, session), on: today, session)
            let people = try PeopleBook.of(hub: hub, roles: [.hubLead, .coordinator, .champion], session).map(\.id)
            let there = try session.count("select count(*) from contact where hub_id = \(ground.id)")
            if there > 0 { return there }
            var dice = Dice(state: 20_261_122)
            var made = 0
            for place in ground.settings where !place.isSecret {
                // Childminders are reached less often than others: the picture the sources describe.
                let isQuiet = dice.next(10) < (place.type.isHome ? 5 : 2)
                if isQuiet { continue }
                for _ in 0..<(1 + dice.next(4)) {
                    made += 1
                    let day = today.adding(days: -dice.next(300))
                    let outcome: Contact.Outcome = [.spoke, .spoke, .spoke, .noAnswer, .left, .joined][dice.next(6)]
                    let promise = dice.next(12) == 0 ? promises[dice.next(promises.count)] : nil
                    let id = tools.ids.next()
                    let words = ContactWords(
                        settings: [place.id], how: Contact.How.allCases[dice.next(5)], day: day,
                        outcome: outcome, note: outcome.isReached ? notes[dice.next(notes.count)] : nil, isShared: dice.next(4) == 0,
                        nextStep: promise, nextDay: promise.map { _ in today.adding(days: dice.next(40) - 15) },
                        nextPerson: promise == nil || people.isEmpty || dice.next(3) == 0 ? nil : people[dice.next(people.count)])
                    try Contacts.log(NewContact(id: id, hubID: ground.id, words: words), tools, session)
                    if outcome == .joined { try Memberships.join(place.id, ground.id, on: day, tools, session) }
                }
            }
            return made
        }
    }

    /// A plain generator: the demonstration is the same on every machine.
    private struct Dice {
        var state: UInt64

        mutating func next(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % sides
        }
    }
}
