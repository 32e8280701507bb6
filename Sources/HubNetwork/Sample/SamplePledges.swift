internal import Civil
internal import Directory
public import House
public import Identity
internal import Store

/// An invented pledge and agreement for the demonstration's invented hub, signed by a good part of its settings; the same each time.
public enum SamplePledges {
    private static let firstNames = ["Rosa", "Amina", "Grace", "Joan", "Priya", "Ewa", "Fatou", "Helen", "Dawn", "Nadia", "Marta", "Olu"]
    private static let lastNames = ["Marsh", "Begum", "Osei", "Clarke", "Nair", "Kowalska", "Diallo", "Hughes", "Adeyemi", "Reid", "Silva"]

    /// Makes them unless the hub has some already. Returns how many signatures there are.
    public static func make(hub: String, _ tools: Tools, _ secrets: SecretBox) async throws -> Int {
        try await tools.database.write { session in
            let there = try Agreements.of(hub: hub, session)
            if !there.isEmpty { return try there.reduce(0) { try $0 + Signatures.of($1, session).count } }
            let today = tools.clock.today
            let ground = try HubGround.of(try Directory.hubSlug(hub, session), on: today, session)
            let lead = try PeopleBook.of(hub: hub, roles: [.hubLead], session).first?.name ?? "The hub lead"
            let pledge = try publish(.pledge, .samplePledge(of: ground.name), hub, tools, session)
            let agreement = try publish(.collaboration, .sampleCollaboration(of: ground.name), hub, tools, session)
            let event = try SigningEvents.open(
                "Partnership day", days: today...today.adding(days: 30), code: EventCode.make(), pledge, secrets, tools, session)
            var dice = PlainDice(seed: 20_180_512)
            for place in ground.settings where !place.isSecret {
                // Homes sign less often, as they are reached less often.
                guard dice.next(10) < (place.type.isHome ? 5 : 7) else { continue }
                for _ in 0..<(dice.next(6) == 0 ? 2 : 1) {
                    let how: Signature.How = [.paper, .phone, .page, .phone][dice.next(4)]
                    let age = how == .paper ? [352, 340, 120, 380, 200][dice.next(5)] : dice.next(200)
                    try sign(pledge, place, how, age, event, &dice, tools, session)
                }
                if dice.next(3) == 0 { try sign(agreement, place, .page, dice.next(90), nil, &dice, tools, session) }
            }
            _ = try Signatures.sign(
                NewSignature(
                    id: tools.ids.next(), settingWords: "Sunny Days, behind the library", name: "Jo Field", role: "Deputy", how: .phone,
                    day: today, eventID: event), pledge, tools, session)
            let waiting = try Signatures.of(agreement, session)
            _ = try Signatures.countersign(waiting.dropFirst(3).map(\.id), agreement, name: lead, tools, session)
            return try Signatures.of(pledge, session).count + waiting.count
        }
    }

    private static func publish(
        _ kind: AgreementKind, _ text: AgreementText, _ hub: String, _ tools: Tools, _ session: any Session
    ) throws -> Agreement {
        let id = try Agreements.create(kind, text, hub: hub, tools, session)
        try Agreements.publish(draftOf: id, edition: 1, asksAgain: true, tools, session)
        return try Agreements.with(id: id, session)
    }

    private static func sign(
        _ agreement: Agreement, _ place: HubGround.Place, _ how: Signature.How, _ age: Int, _ event: String?, _ dice: inout PlainDice,
        _ tools: Tools, _ session: any Session
    ) throws {
        let name = "\(firstNames[dice.next(firstNames.count)]) \(lastNames[dice.next(lastNames.count)])"
        let role = place.type.isHome ? "Childminder" : ["Manager", "Deputy manager", "Early years lead"][dice.next(3)]
        _ = try Signatures.sign(
            NewSignature(
                id: tools.ids.next(), settingID: place.id, name: name, role: role, how: how, day: tools.clock.today.adding(days: -age),
                eventID: how == .phone ? event : nil), agreement, tools, session)
    }
}

/// A plain generator: the demonstration is the same on every machine.
struct PlainDice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % sides
    }
}
