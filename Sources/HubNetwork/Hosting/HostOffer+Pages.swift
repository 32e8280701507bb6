internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// The form in which a setting says whether it hosts; the team fills it in for those who say so by telephone.
struct HostOfferForm {
    let path: String
    let offer: HostOffer?
    /// Filled in by the setting's own people.
    let isOwn: Bool
    /// Somebody's home.
    let isHome: Bool

    var fields: [Field] {
        let willing = offer.map { $0.isWilling ? "yes" : "no" }
        var holds = Field.number("holds", "Room for how many people?", unit: "people")
        holds.value = offer.flatMap { $0.holds > 0 ? "\($0.holds)" : nil }
        var fields: [Field] = [
            Field.radios(
                "willing", isOwn ? "Can you host a meeting of the hub now and then?" : "Can it host a meeting now and then?",
                choices: [Choice("yes", "Yes"), Choice("no", "No")]
            ).filled(willing),
            holds,
            Field.checkbox("step_free", "Everybody can come in without steps").filled(offer?.isStepFree == true ? "yes" : nil),
            Field.textArea(
                "away", "When not?", hint: "A line each: a day, or two days with “to” between: 1 February 2027 to 19 February 2027.",
                rows: 3
            ).filled(offer?.awayLines.joined(separator: "\n")).optional(),
        ]
        if !isOwn && isHome {
            fields.append(
                Field.checkbox(
                    "own_word", "They told us so themselves", hint: "It is somebody’s home: it hosts only if its own people said so."
                ).filled(offer?.isOwnWord == true ? "yes" : nil))
        }
        return fields
    }

    func drawn(values: FormData?, errors: FieldErrors, cancel: Link) -> HTML {
        var form = Form.post(path, "Save", fields: fields)
        form.hidden = [("version", "\(offer?.version ?? 0)")]
        form.values = values
        form.errors = errors
        form.cancel = cancel
        return form.html
    }

    func read(_ reader: inout FormReader) -> HostOffer? {
        let willing = reader.choice("willing", from: ["yes", "no"], missing: "Say yes or no.")
        let isWilling = willing == "yes"
        let holds = reader.optionalInt("holds", in: 0...10_000)
        if isWilling && holds ?? 0 < 2 && reader.errors["holds"] == nil { reader.fail("holds", "Say how many people there is room for.") }
        let away = HostOffer.away(from: reader.form["away"] ?? "")
        if away == nil { reader.fail("away", "Write each line as a day, or two days with “to” between, the years in full.") }
        if away?.count ?? 0 > 100 { reader.fail("away", "Write at most 100 lines.") }
        let isOwnWord = isOwn || !isHome || reader.flag("own_word")
        if isWilling && !isOwnWord { reader.fail("own_word", "A home hosts only if its own people said so.") }
        guard reader.errors.isEmpty else { return nil }
        return HostOffer(
            isWilling: isWilling, holds: holds ?? 0, isStepFree: reader.flag("step_free"), isOwnWord: isOwnWord,
            away: away ?? [])
    }
}

extension Network {
    private struct OfferReading: Sendable {
        let title: String
        let isHome: Bool
        let offer: HostOffer?
        let turns: [Gathering]
    }

    private func offerReading(_ id: String) async throws -> OfferReading {
        let today = tools.clock.today
        return try await tools.database.read { session in
            // What a setting hosts is of whichever hub it lies in.
            let turns = try session.all(
                """
                select * from gathering where host_id = \(id) and host_state = 'agreed' and cancelled_at is null
                    and day >= \(today.adding(days: -Rotation.memory)) order by day desc, id
                """
            ).compactMap(Gathering.init)
            return OfferReading(
                title: try Directory.titles(of: [id], session)[id] ?? "A setting", isHome: try Directory.isHome(id, session),
                offer: try HostOffer.of([id], session)[id], turns: turns)
        }
    }

    func offerPage(_ request: Request, errors: FieldErrors?) async throws -> Answer {
        let id = request.parameter("id")
        let hub = request.parameters["hub"]
        let reading = try await offerReading(id)
        let form = HostOfferForm(path: request.path, offer: reading.offer, isOwn: hub == nil, isHome: reading.isHome)
        let back = hub.map { Link("Leave it", "/staff/network/\($0)/hosting/places") } ?? Link("Back to your setting", "/own/\(id)")
        let drawn = form.drawn(values: request.method == .post ? request.form : nil, errors: errors ?? FieldErrors(), cancel: back)
        var frame: PageFrame
        if let hub {
            frame = self.frame("Hosting at \(reading.title)", hub: hub, section: .hosting)
            frame.breadcrumbs = [
                Link("Hosting", "/staff/network/\(hub)/hosting"), Link("Who can host", "/staff/network/\(hub)/hosting/places"),
            ]
            frame.lead = "What you were told. The setting’s own people can change it on their page."
        } else {
            frame = tools.frame("Hosting meetings", for: .staff, at: "/own")
            frame.breadcrumbs = [Link(reading.title, "/own/\(id)")]
            frame.lead = "Settings take it in turns to host the hub’s meetings. Say whether you can, for how many, and when not."
        }
        frame.errors = errors ?? FieldErrors()
        frame.notices = request.query["done"] == "saved" ? [.success("Saved. It counts when hosts are next chosen.")] : []
        frame.content = Columns(Card(nil, drawn).html, turns(reading.turns).html).html
        return .page(frame.html, status: errors == nil ? 200 : 422)
    }

    private func turns(_ gatherings: [Gathering]) -> Card {
        let today = tools.clock.today
        let items = gatherings.html { gathering in
            let when: HTML = gathering.day >= today ? Tag("to come", .note).html : ""
            return "<li>\(gathering.day.long): \(gathering.title) \(when)</li>"
        }
        return Card(
            "Turns to host",
            gatherings.isEmpty
                ? "<p>No turn agreed in the last two years or for the time to come.</p>" : "<ul class=\"listing\">\(items)</ul>")
    }

    func saveOffer(_ request: Request) async throws -> Answer {
        let tools = tools
        let id = request.parameter("id")
        let hub = request.parameters["hub"]
        let reading = try await offerReading(id)
        let form = HostOfferForm(path: request.path, offer: reading.offer, isOwn: hub == nil, isHome: reading.isHome)
        var reader = FormReader(request.form)
        guard let offer = form.read(&reader) else { return try await offerPage(request, errors: reader.errors) }
        let version = Int(request.form["version"] ?? "") ?? 0
        do {
            try await tools.database.write { try HostOffer.say(offer, of: id, version: version, tools, $0) }
        } catch is ChangedMeanwhile {
            let now = try await offerReading(id).offer
            func yes(_ said: Bool?) -> String? { said.map { $0 ? "yes" : "no" } }
            let versions = TwoVersions(
                rows: [
                    ("Can it host?", yes(now?.isWilling), yes(offer.isWilling)),
                    ("Room for how many people?", now.map { "\($0.holds)" }, "\(offer.holds)"),
                    ("Without steps", yes(now?.isStepFree), yes(offer.isStepFree)),
                    ("When not?", now?.awayLines.joined(separator: "\n"), offer.awayLines.joined(separator: "\n")),
                ], action: request.path,
                fields: HostOfferForm(path: request.path, offer: now, isOwn: hub == nil, isHome: reading.isHome).fields,
                typed: request.form, version: now?.version ?? 0,
                back: hub.map { Link("Who can host", "/staff/network/\($0)/hosting/places") } ?? Link(reading.title, "/own/\(id)"))
            let frame =
                hub.map { self.frame(TwoVersions.heading, hub: $0, section: .hosting) }
                ?? tools.frame(TwoVersions.heading, for: .staff, at: "/own")
            return versions.answer(in: frame)
        }
        return .redirect(to: hub.map { "/staff/network/\($0)/hosting/places?done=saved" } ?? "/own/\(id)/hosting?done=saved")
    }

    // MARK: Who can

    func hostPlaces(_ request: Request) async throws -> Answer {
        let slug = request.parameter("hub")
        let today = tools.clock.today
        let rotation = try await tools.database.read { try Rotation.read(slug, on: today, $0) }
        let mayPlan = may(.planHosting, in: rotation.ground.id)
        let base = "/staff/network/\(slug)/hosting/places"
        let asked = request.query["show"] ?? "can"
        func shows(_ place: HubGround.Place) -> Bool {
            switch asked {
            case "not": rotation.offers[place.id].map { !$0.isWilling } ?? false
            case "unasked": rotation.offers[place.id] == nil
            default: rotation.hosts(place)
            }
        }
        let shown = rotation.ground.settings.filter(shows)
        let paging = Paging(
            page: request.query["page"].flatMap { Int($0) } ?? 1, size: 50, total: shown.count,
            address: PageAddress(base, [("show", asked)]))
        var table = Table(
            "Settings",
            columns: [
                Table.Column("Setting"), Table.Column("What it said"), Table.Column("Turns in two years", align: .number),
                Table.Column("What to do", titleHidden: true),
            ],
            rows: shown[paging.range].map { place in
                let name: HTML = "\(place.type.mark.icon()) <bdi>\(place.title)</bdi>"
                let ask: HTML =
                    mayPlan
                    ? "<a href=\"\(link: "\(base)/\(place.id)")\">\(rotation.offers[place.id] == nil ? "Write it down" : "Change")\(unseen(": \(place.title)"))</a>"
                    : ""
                return Table.Row([
                    name, "\(rotation.offers[place.id]?.words.uppercasedFirst ?? "Not asked yet")",
                    "\(rotation.turns[place.id]?.count ?? 0)", ask,
                ])
            })
        table.paging = paging
        table.empty = "<p class=\"quiet-line\">None.</p>"
        table.isCaptionHidden = true
        func count(_ fits: (HubGround.Place) -> Bool) -> String { grouped(rotation.ground.settings.count(where: fits)) }
        let filters = Filters(
            "Show",
            [
                Link("Can host (\(count(rotation.hosts)))", base, current: asked == "can"),
                Link(
                    "Said no (\(count { rotation.offers[$0.id].map { !$0.isWilling } ?? false }))", "\(base)?show=not",
                    current: asked == "not"),
                Link("Not asked yet (\(count { rotation.offers[$0.id] == nil }))", "\(base)?show=unasked", current: asked == "unasked"),
            ])
        var frame = frame("Who can host", hub: slug, section: .hosting, content: "\(filters)\(table)")
        frame.breadcrumbs = [Link("Hosting", "/staff/network/\(slug)/hosting")]
        frame.lead = "Settings say it on their own page, or tell you. A childminder’s home hosts only if they said so themselves."
        frame.notices = request.query["done"] == "saved" ? [.success("Saved. It counts when hosts are next chosen.")] : []
        return .page(frame.html)
    }
}
