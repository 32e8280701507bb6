internal import Civil
internal import House
internal import Page
internal import Store

/// Asks what a file is: its kind, the day it speaks for, and for a list whose it is.
struct LoadForm: Sendable {
    let hubs: [(id: String, name: String)]

    static func load(in session: any Session) throws -> LoadForm {
        LoadForm(hubs: try session.all("select id, name from hub order by is_sample, name").map { ($0.text("id"), $0.text("name")) })
    }

    /// The kinds in the order they are best loaded in: places first, then registers, then lists.
    static let order: [LoadKind] = [.wards, .postcodes, .deprivation, .ofsted, .schools, .feed, .list]

    /// The questions beside the file itself.
    var fields: [Field] {
        var kind = Field.select(
            "kind", "What is it?", choices: LoadForm.order.map { Choice($0.rawValue, $0.name) }, prompt: "Choose what the file is")
        kind.width = .half
        var day = Field.date(
            "edition", "Which day does it speak for?",
            hint: "Leave it empty and we take the day from the file’s name, else today. For example, 31 August 2021.")
        day.isOptional = true
        guard !hubs.isEmpty else { return [kind, day] }
        var hub = Field.select(
            "hub", "Whose own list is it?", choices: hubs.map { Choice($0.id, $0.name) }, prompt: "Nobody’s: settings for everybody",
            hint: "Only for a list. Settings of a hub’s own list are seen by that hub alone.")
        hub.isOptional = true
        hub.width = .half
        return [kind, day, hub]
    }

    /// What stands in the questions for a load that was made before.
    static func values(of load: StoredLoad) -> FormData {
        FormData([("kind", load.kind.rawValue), ("edition", load.edition.medium), ("hub", load.hubID ?? "")])
    }

    /// Reads the answers; nil when one of them is wrong, which the reader then holds.
    func read(_ reader: inout FormReader, fileName: String, today: Day) -> LoadDesk.Terms? {
        let kind = reader.choice("kind", of: LoadKind.self, missing: "Choose what the file is, such as “Ofsted register”.")
        let written = reader.optionalDate("edition")
        let edition = written.flatMap { Day(year: $0.year, month: $0.month, day: $0.day) }
        if let edition, edition > today {
            reader.fail("edition", "A file cannot speak for a day that is still to come. Write the day it was made up to.")
        }
        var hub = reader.optionalChoice("hub", from: hubs.map(\.id))
        if let kind, kind != .list, hub != nil {
            // A register is everybody's: what was chosen for a list means nothing here.
            hub = nil
        }
        guard let kind, reader.errors.isEmpty else { return nil }
        let guess = EditionGuess.day(inName: fileName).map { min($0, today) }
        return LoadDesk.Terms(kind: kind, edition: edition ?? guess ?? today, hub: hub)
    }
}
