internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// The list to tick at a meeting, made for a thumb.
struct ThereForm {
    let rotation: Rotation
    let gathering: Gathering
    let roll: GatheringRoll
    /// Those that were at one of these meetings in the last year: they are ticked most.
    let usual: Set<String>

    /// Sectors whose people come without a setting of theirs.
    static let guests: [Sector] = [.health, .council, .others]

    private var base: String { "/staff/network/\(rotation.ground.slug)/hosting/meetings/\(gathering.id)" }
    private var own: [HubGround.Place] { rotation.settings(of: gathering) }

    private var others: [HubGround.Place] {
        let ids = Set(own.map(\.id))
        return rotation.ground.settings.filter { !ids.contains($0.id) }
    }

    /// Noted before, and not in the hub any more: they stay noted.
    private var gone: [String] {
        let here = Set(rotation.ground.settings.map(\.id))
        return roll.parts.keys.filter { !here.contains($0) }.sorted()
    }

    func drawn(values: FormData?, errors: FieldErrors) -> HTML {
        let ticked = values.map { $0.all("there") } ?? Array(roll.parts.keys)
        func ticks(_ label: String, _ places: [HubGround.Place]) -> Field {
            var field = Field.checkboxes("there", label, choices: places.map { Choice($0.id, $0.title, mark: $0.type.mark) })
            field.isInColumns = true
            return field.filled(all: ticked)
        }
        let likely = own.filter { usual.contains($0.id) || roll.parts[$0.id] != nil || $0.id == gathering.hostID }
        let first = likely.isEmpty ? own : likely
        var fields = [ticks("Tick every setting that was there", first)]
        func more(_ words: String, _ id: String, _ places: [HubGround.Place]) {
            if places.isEmpty { return }
            var list = ticks(words, places)
            list.id = id
            fields.append(.piece(Disclosure(words, list.html, isOpen: places.contains { ticked.contains($0.id) }).html))
        }
        let shown = Set(first.map(\.id))
        more("Those who did not come in the last year", "seldom", own.filter { !shown.contains($0.id) })
        more("Somebody from elsewhere in the hub", "others", others)
        let settings =
            own.map { Choice($0.id, $0.title) }
            + others.filter { ticked.contains($0.id) || $0.id == gathering.hostID }.map { Choice($0.id, $0.title) }
            + gone.map { Choice($0, "A setting no longer in the hub") }
        let anybody = settings + Self.guests.map { Choice("guest:\($0.rawValue)", "Somebody for: \($0.name)") }
        let hosted = roll.parts.values.first(where: \.hosted)?.settingID ?? (gathering.isNoted ? nil : gathering.hostID)
        let speakers = who(\.spoke, \.spoke)
        var guests = Field.checkboxes(
            "guest", "Who else was there?", choices: Self.guests.map { Choice($0.rawValue, $0.name) },
            hint: "People who came for no setting, such as a health visitor or somebody of the council.")
        guests = guests.filled(all: roll.guests.keys.map(\.rawValue))
        fields += [
            guests,
            Field.select("hosted", "Who hosted?", choices: settings, prompt: "Nobody of the hub").filled(hosted),
            Field.select("chaired", "Who chaired?", choices: anybody, prompt: "Not said").filled(who(\.chaired, \.chaired).first),
            Field.select("spoke1", "Who spoke or led something?", choices: anybody, prompt: "Not said").filled(speakers.first),
            Field.select("spoke2", "Who else?", choices: anybody, prompt: "Nobody").filled(speakers.dropFirst().first),
            Field.select("spoke3", "And who else?", choices: anybody, prompt: "Nobody").filled(speakers.dropFirst(2).first),
        ]
        var came = Field.number("came", "How many people came, about?", unit: "people").optional()
        came.value = roll.came.map { "\($0)" }
        fields.append(came)
        var form = Form.post("\(base)/there", "Save", fields: fields)
        form.hidden = [("version", "\(gathering.version)")] + gone.map { ("there", $0) }
        form.values = values
        form.errors = errors
        form.cancel = Link("Leave it", base)
        return form.html
    }

    private func who(_ part: KeyPath<GatheringPart, Bool>, _ guest: KeyPath<GatheringRoll.GuestPart, Bool>) -> [String] {
        roll.parts.values.filter { $0[keyPath: part] }.map(\.settingID).sorted()
            + roll.guests.filter { $0.value[keyPath: guest] }.map { "guest:\($0.key.rawValue)" }.sorted()
    }

    /// What was ticked; whoever hosted, chaired or spoke was there.
    func read(_ reader: inout FormReader) -> GatheringRoll? {
        let form = reader.form
        let known = Set(rotation.ground.settings.map(\.id)).union(roll.parts.keys).union([gathering.hostID].compactMap { $0 })
        var noted = GatheringRoll()
        for id in form.all("there") where known.contains(id) { noted.parts[id] = GatheringPart(id) }
        for sector in Self.guests where form.all("guest").contains(sector.rawValue) { noted.guests[sector] = GatheringRoll.GuestPart() }
        func mark(_ name: String, _ part: WritableKeyPath<GatheringPart, Bool>, _ guest: WritableKeyPath<GatheringRoll.GuestPart, Bool>?) {
            guard let value = form[name], !value.isEmpty else { return }
            if let guest, value.hasPrefix("guest:"), let sector = Sector(rawValue: String(value.dropFirst(6))), Self.guests.contains(sector)
            {
                noted.guests[sector, default: GatheringRoll.GuestPart()][keyPath: guest] = true
            } else if known.contains(value) {
                noted.parts[value, default: GatheringPart(value)][keyPath: part] = true
            }
        }
        mark("hosted", \.hosted, nil)
        mark("chaired", \.chaired, \.chaired)
        for name in ["spoke1", "spoke2", "spoke3"] { mark(name, \.spoke, \.spoke) }
        noted.came = reader.optionalInt("came", in: 0...100_000)
        if noted.parts.isEmpty && noted.guests.isEmpty { reader.fail("there", "Tick who was there.") }
        return reader.errors.isEmpty ? noted : nil
    }
}

extension Network {
    private func thereForm(_ request: Request) async throws -> ThereForm {
        let today = tools.clock.today
        let slug = request.parameter("hub")
        let id = request.parameter("gathering")
        return try await tools.database.read { session in
            let gathering = try Gatherings.find(id, session)
            let roll = try Gatherings.roll(of: gathering, session)
            let usual = try session.all(
                """
                select distinct p.setting_id from gathering_part p join gathering g on g.id = p.gathering_id
                where p.hub_id = \(gathering.hubID) and p.day >= \(gathering.day.adding(days: -365)) and p.day < \(gathering.day)
                    and coalesce(g.area_id, '') = \(gathering.areaID ?? "") and g.cancelled_at is null
                """)
            return ThereForm(
                rotation: try Rotation.read(slug, on: today, session), gathering: gathering, roll: roll,
                usual: Set(usual.map { $0.text("setting_id") }))
        }
    }

    func therePage(_ request: Request) async throws -> Answer { try await therePage(request, errors: FieldErrors()) }

    private func therePage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let form = try await thereForm(request)
        let slug = form.rotation.ground.slug
        var frame = frame("Who was at \(form.gathering.title)?", hub: slug, section: .hosting)
        frame.breadcrumbs = [Link("Hosting", "/staff/network/\(slug)/hosting")]
        frame.lead = "\(form.gathering.place), \(form.gathering.day.long)."
        frame.errors = errors
        frame.scripts = ["keep.js"]
        frame.content =
            form.gathering.day > tools.clock.today
            ? "<p>This meeting is still to come. The list can be ticked on the day.</p>"
            : form.drawn(values: request.method == .post ? request.form : nil, errors: errors)
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func noteThere(_ request: Request) async throws -> Answer {
        let form = try await thereForm(request)
        let slug = form.rotation.ground.slug
        let tools = tools
        var reader = FormReader(request.form)
        if form.gathering.day > tools.clock.today { reader.fail("there", "This meeting is still to come.") }
        guard let roll = form.read(&reader) else { return try await therePage(request, errors: reader.errors) }
        let id = form.gathering.id
        let version = Int(request.form["version"] ?? "") ?? 0
        do {
            try await tools.database.write { session in
                try Gatherings.note(roll, of: try Gatherings.find(id, session), version: version, tools, session)
            }
        } catch is ChangedMeanwhile {
            // Somebody may have saved since it was read above.
            let now = try await thereForm(request)
            let titles = try await tools.database.read {
                try Directory.titles(of: Array(now.roll.parts.keys) + Array(roll.parts.keys), $0)
            }
            func list(
                _ roll: GatheringRoll, _ fits: (GatheringPart) -> Bool, _ guestFits: (GatheringRoll.GuestPart) -> Bool = { _ in false }
            ) -> String {
                let settings = roll.parts.values.filter(fits).map { titles[$0.settingID] ?? "A setting" }
                let guests = roll.guests.filter { guestFits($0.value) }.map(\.key.short)
                return (settings.sorted() + guests.sorted()).joined(separator: ", ")
            }
            func row(
                _ label: String, _ fits: (GatheringPart) -> Bool, _ guestFits: (GatheringRoll.GuestPart) -> Bool = { _ in false }
            ) -> (String, String?, String?) { (label, list(now.roll, fits, guestFits), list(roll, fits, guestFits)) }
            let versions = TwoVersions(
                rows: [
                    row("Was there", { _ in true }, { _ in true }), row("Hosted", \.hosted), row("Chaired", \.chaired, \.chaired),
                    row("Spoke", \.spoke, \.spoke), ("How many people came", now.roll.came.map { "\($0)" }, roll.came.map { "\($0)" }),
                ], action: request.path, typed: request.form, version: now.gathering.version,
                back: Link(now.gathering.title, "/staff/network/\(slug)/hosting/meetings/\(id)"))
            return versions.answer(in: frame(TwoVersions.heading, hub: slug, section: .hosting))
        }
        return .redirect(to: "/staff/network/\(slug)/hosting/meetings/\(id)?done=noted")
    }
}
