internal import Civil
internal import Directory
internal import House
internal import Page

/// The form that plans meetings, one or a year of them, or changes one.
struct GatheringForm {
    let ground: HubGround
    let today: Day
    /// The meeting to change; nil for new ones.
    var gathering: Gathering?
    var key = ""

    private var base: String { "/staff/network/\(ground.slug)/hosting" }
    private static let mostDays = 60

    /// The mini-hubs: the areas of the first way the hub is divided.
    private var miniHubs: [HubGround.Area] { ground.areas.filter { $0.scheme == ground.areas.first?.scheme } }

    var fields: [Field] {
        var areas = ground.areas.map { Choice($0.id, "\($0.name) (\($0.scheme))") }
        if gathering == nil && miniHubs.count > 1 { areas.insert(Choice("each", "Every mini-hub, a meeting each"), at: 0) }
        if let gone = gathering?.areaID, !ground.areas.contains(where: { $0.id == gone }) {
            areas.append(Choice(gone, "\(gathering?.areaName ?? "An area") (no longer in use)"))
        }
        var fields: [Field] = [
            Field.text("title", "What is it?", hint: "As people call it.").filled(gathering?.title ?? "Termly meeting"),
            Field.select("area", "Whose meeting is it?", choices: areas, prompt: "The whole hub’s").filled(gathering?.areaID),
        ]
        if let gathering {
            fields.append(Field.date("day", "Day").filled(gathering.day.medium))
        } else {
            fields.append(
                .textArea("days", "On which days?", hint: "One day on each line: 7 October 2026 or 7/10/2026.", rows: 4))
        }
        var expected = Field.number("expected", "How many people are expected?", unit: "people")
        expected.value = gathering.map { "\($0.expected)" }
        fields.append(expected)
        fields.append(
            Field.checkbox("step_free", "Somebody needs to come in without steps").filled(gathering?.needsStepFree == true ? "yes" : nil))
        return fields
    }

    func drawn(values: FormData?, errors: FieldErrors) -> HTML {
        var form =
            gathering.map { Form.post("\(base)/meetings/\($0.id)/change", "Save", fields: fields) }
            ?? Form.post("\(base)/new", "Plan these meetings", fields: fields)
        form.hidden = gathering.map { [("version", "\($0.version)")] } ?? [("key", key)]
        form.values = values
        form.errors = errors
        form.cancel = Link("Leave it", gathering.map { "\(base)/meetings/\($0.id)" } ?? base)
        return form.html
    }

    /// The meetings that were typed; nil with what is wrong.
    func read(_ reader: inout FormReader) -> [GatheringFacts]? {
        let title = reader.text("title", missing: "Say what it is, such as “Termly meeting”.", max: 120)
        let expected = reader.int("expected", in: 1...10_000, missing: "Say about how many are expected.")
        let area = reader.form["area"].flatMap { $0.isEmpty ? nil : $0 }
        let days = days(&reader)
        guard let title, let expected, reader.errors.isEmpty else { return nil }
        let stepFree = reader.flag("step_free")
        func facts(_ day: Day, _ area: (id: String, name: String)?) -> GatheringFacts {
            GatheringFacts(areaID: area?.id, areaName: area?.name, day: day, title: title, expected: expected, needsStepFree: stepFree)
        }
        if area == "each" && gathering == nil {
            return days.flatMap { day in miniHubs.map { facts(day, ($0.id, $0.name)) } }
        }
        if let area {
            let known = ground.areas.first { $0.id == area }?.name ?? (gathering?.areaID == area ? gathering?.areaName : nil)
            guard let known else {
                reader.fail("area", "Choose a mini-hub from the list.")
                return nil
            }
            return days.map { facts($0, (area, known)) }
        }
        return days.map { facts($0, nil) }
    }

    private func days(_ reader: inout FormReader) -> [Day] {
        if gathering != nil {
            let day = reader.day("day")
            if day == nil && reader.errors.isEmpty { reader.fail("day", "Write the day.") }
            return day.map { [$0] } ?? []
        }
        let lines = (reader.form["days"] ?? "").split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
        let days = lines.map { Day(written: $0) }
        if lines.isEmpty { reader.fail("days", "Write at least one day.") }
        if lines.count > Self.mostDays { reader.fail("days", "Write at most \(Self.mostDays) days at a time.") }
        if let wrong = zip(lines, days).first(where: { $0.1 == nil })?.0 {
            reader.fail("days", "“\(wrong.prefix(40))” is no day we can read. Write it like 7 October 2026 or 7/10/2026.")
        }
        return Set(days.compactMap { $0 }).sorted()
    }
}
