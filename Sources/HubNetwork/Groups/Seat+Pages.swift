internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    func addSeat(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let isChair = reader.flag("seat_chair")
        let sector =
            isChair && (request.form["seat_sector"] ?? "").isEmpty
            ? Sector.others : reader.choice("seat_sector", of: Sector.self, missing: "Choose for whom this seat is.")
        let title = reader.optionalText("seat_title", max: 120)
        guard let sector, reader.errors.isEmpty else {
            return .page(groupHTML(try await groupReading(request), request, reader.errors), status: 422)
        }
        let (tools, id) = (tools, request.parameter("group"))
        try await tools.database.write { session in
            try Groups.addSeat(id, sector, title: title, isChair: isChair, on: tools.clock.today, tools, session)
        }
        return .redirect(to: "\(groupPath(request))?done=seat")
    }

    func groupPath(_ request: Request) -> String { "/staff/network/\(request.parameter("hub"))/groups/\(request.parameter("group"))" }

    /// Something done with one seat, in one press.
    func changeSeat(
        _ request: Request, _ done: String, _ change: @escaping @Sendable (Seat, Tools, any Session) throws -> Void
    ) async throws -> Answer {
        let (tools, id, wanted) = (tools, request.parameter("group"), request.parameter("seat"))
        try await tools.database.write { session in
            let book = try Groups.book(id, hub: try Network.hubID(request, session), session)
            guard let seat = book.allSeats.first(where: { $0.id == wanted }) else {
                throw Refusal.notFound("There is no seat at this address.")
            }
            try change(seat, tools, session)
        }
        return .redirect(to: "\(groupPath(request))?done=\(done)&of=\(wanted)")
    }

    // MARK: Filling

    /// A seat with those who could sit there.
    private struct Filling: Sendable {
        let reading: GroupReading
        let seat: Seat
        let people: [PeopleBook.Entry]

        /// Each once, with their roles.
        var choices: [Choice] {
            var roles: [String: [String]] = [:]
            for person in people { roles[person.id, default: []].append(person.role.name.lowercased()) }
            var seen: Set<String> = []
            return people.filter { seen.insert($0.id).inserted }.map { person in
                Choice(person.id, "\(person.name), \((roles[person.id] ?? []).joined(separator: ", "))")
            }
        }
    }

    private func filling(_ request: Request) async throws -> Filling {
        let reading = try await groupReading(request)
        guard let seat = reading.book.allSeats.first(where: { $0.id == request.parameter("seat") }) else {
            throw Refusal.notFound("There is no seat at this address.")
        }
        let people = try await tools.database.read { try PeopleBook.of(hub: reading.ground.id, $0) }
        return Filling(reading: reading, seat: seat, people: people)
    }

    func fillSeatPage(_ request: Request) async throws -> Answer {
        .page(fillHTML(try await filling(request), request, FieldErrors(), clash: false))
    }

    private func fillHTML(_ filling: Filling, _ request: Request, _ errors: FieldErrors, clash: Bool) -> HTML {
        let (seat, group) = (filling.seat, filling.reading.book.group)
        var fields: [Field] = [
            Field.select(
                "person", "Somebody with an account in this hub", choices: filling.choices, prompt: "Nobody of these",
                hint: "With an account they can write to and from their sector themselves."
            ).optional(),
            Field.text("name", "Or a name", hint: "Of somebody without an account.").optional(),
            Field.text("organisation", "Their organisation", hint: "For example: Public Health, Westshire Council.").optional(),
            Field.select(
                "setting", "Their setting", choices: filling.reading.ground.settings.map { Choice($0.id, $0.title) },
                prompt: "None, or not in this hub"
            ).optional(),
        ]
        if seat.isChair {
            fields.append(
                .select(
                    "sector", "Whom the chair comes from", choices: Sector.allCases.map { Choice($0.rawValue, $0.name) },
                    prompt: "As their setting says, or from outside",
                    hint: "An independent chair comes from outside the sectors that sit in the group."))
        }
        fields.append(Field.date("from", "From").filled(tools.clock.today.medium))
        var form = Form.post("\(filling.reading.path)/seats/\(seat.id)/fill", "Fill the seat", fields: fields)
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Leave it empty", filling.reading.path)
        var frame = frame("Who sits here: \(seat.words)", hub: filling.reading.ground.slug, section: .groups)
        frame.breadcrumbs = [
            Link("Groups", "/staff/network/\(filling.reading.ground.slug)/groups"), Link(group.title, filling.reading.path),
        ]
        frame.errors = errors
        if clash, let holder = seat.holder {
            frame.notices = [
                .error(
                    "Somebody filled this seat while you were writing.",
                    "\(holder.name) sits there since \(holder.fromDay.medium). What you wrote is below. Say on the group’s page that they leave, then save yours."
                )
            ]
        } else if let holder = seat.holder {
            frame.notices = [.note("\(holder.name) sits here. Say on the group’s page that they leave before somebody else can come.")]
        }
        frame.content = form.html
        return frame.html
    }

    func fillSeat(_ request: Request) async throws -> Answer {
        let filling = try await filling(request)
        guard filling.seat.endedDay == nil else { throw Refusal.badRequest("This seat was taken out. Bring it back first.") }
        var reader = FormReader(request.form)
        guard let new = sitting(filling, &reader) else {
            return .page(fillHTML(filling, request, reader.errors, clash: false), status: 422)
        }
        let (tools, seat, group) = (tools, filling.seat, filling.reading.book.group)
        let isFilled = try await tools.database.write { session in
            guard try Groups.fill(seat, new, tools, session) else { return false }
            if let person = new.personID {
                let words = "\(tools.asker.name) put you down for “\(seat.words)” from \(new.fromDay.medium)."
                try tools.tell(person, News("You have a seat in the group “\(group.title)”", [words]), session)
            }
            return true
        }
        guard isFilled else { return .page(fillHTML(try await self.filling(request), request, FieldErrors(), clash: true), status: 409) }
        return .redirect(to: "\(groupPath(request))?done=filled")
    }

    /// Who was chosen or written, with the sector they come from.
    private func sitting(_ filling: Filling, _ reader: inout FormReader) -> Groups.NewSitting? {
        let seat = filling.seat
        let person = reader.optionalChoice("person", from: filling.people.map(\.id))
        let name = reader.optionalText("name", max: 120)
        let organisation = reader.optionalText("organisation", max: 160)
        let settings = filling.reading.ground.settings
        let chosen = reader.optionalChoice("setting", from: settings.map(\.id))
        let from = reader.day("from") ?? tools.clock.today
        if person == nil, name == nil, reader.errors.isEmpty { reader.fail("person", "Choose somebody, or write a name.") }
        if person != nil, name != nil { reader.fail("name", "Choose an account or write a name, not both.") }
        let last = seat.sittings.compactMap(\.toDay).max()
        if let last, from < last { reader.fail("from", "The seat was filled until \(last.medium). Choose that day or a later one.") }
        // Somebody with an account brings their setting along.
        let own = filling.people.first { $0.id == person && $0.settingID != nil }?.settingID
        let setting = chosen ?? own
        let type = settings.first { $0.id == setting }?.type
        var sector = seat.sector
        if seat.isChair {
            sector = reader.optionalChoice("sector", from: Sector.allCases.map(\.rawValue)).flatMap(Sector.init) ?? type?.sector ?? .others
        }
        guard reader.errors.isEmpty else { return nil }
        return Groups.NewSitting(
            personID: person, name: name, organisation: organisation, settingID: setting, sector: sector, fromDay: from)
    }
}
