internal import Civil
internal import House
internal import Identity
internal import Store

/// What the sample data of the demonstration's hub is made with: the same on every machine.
struct SampleDesk {
    /// A plain generator.
    struct Dice: Sendable {
        var state: UInt64

        mutating func next(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % sides
        }
    }

    /// The tools as somebody of the hub would have had them at noon of a day.
    static func tools(_ tools: Tools, on day: Day, as person: PeopleBook.Entry?) -> Tools {
        let then = Tools(database: tools.database, clock: .fixed(.inLondon(day, hour: 12)), ids: tools.ids, site: tools.site)
        guard let person else { return then }
        return then.serving(
            Asker(means: .session("sample"), personID: person.id, name: person.name, hats: [], isSecondStepDone: true))
    }
}
