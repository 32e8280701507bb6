internal import Civil
internal import House
internal import Page
internal import Store

extension Network {
    func addDeliverable(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let words = reader.text("deliverable", missing: "Write what the group delivers.", max: 500)
        let due = reader.day("due")
        if due == nil, reader.errors["due"] == nil { reader.fail("due", "Say by when, like 3 March 2027.") }
        guard let words, let due, reader.errors.isEmpty else {
            return .page(groupHTML(try await groupReading(request), request, reader.errors), status: 422)
        }
        let (tools, id) = (tools, request.parameter("group"))
        try await tools.database.write { try GroupWork.add(deliverable: words, due: due, to: id, tools, $0) }
        return .redirect(to: "\(groupPath(request))?done=changed")
    }

    func addMeeting(_ request: Request) async throws -> Answer {
        let reading = try await groupReading(request)
        var reader = FormReader(request.form)
        let day = reader.day("met") ?? tools.clock.today
        if day > tools.clock.today { reader.fail("met", "This day is still to come. Write the day the group met.") }
        if day < reading.book.group.beginsDay {
            reader.fail("met", "The group began on \(reading.book.group.beginsDay.medium). Choose a later day.")
        }
        if reading.work.meetings.contains(where: { $0.day == day }) { reader.fail("met", "This day is written down already.") }
        guard reader.errors.isEmpty else { return .page(groupHTML(reading, request, reader.errors), status: 422) }
        let (tools, id) = (tools, request.parameter("group"))
        try await tools.database.write { try GroupWork.add(meeting: day, to: id, tools, $0) }
        return .redirect(to: "\(groupPath(request))?done=saved")
    }

    /// Something done with one deliverable or meeting, in one press.
    func changeWork(
        _ request: Request, _ done: String, _ change: @escaping @Sendable (Request, String, Tools, any Session) throws -> Void
    ) async throws -> Answer {
        let (tools, group) = (tools, request.parameter("group"))
        try await tools.database.write { try change(request, group, tools, $0) }
        let thing = request.parameters["deliverable"] ?? request.parameters["meeting"] ?? ""
        return .redirect(to: "\(groupPath(request))?done=\(done)&of=\(thing)")
    }

    func addSectorNote(_ request: Request) async throws -> Answer {
        let reading = try await groupReading(request)
        let seats = seatsOfAsker(reading)
        guard !seats.isEmpty else { throw Refusal.forbidden("Write notes for a seat that somebody else fills") }
        var reader = FormReader(request.form)
        guard let note = SectorNoteForm.read(&reader, seats: seats) else {
            return .page(groupHTML(reading, request, reader.errors), status: 422)
        }
        let tools = tools
        try await tools.database.write { session in
            try GroupWork.add(note: note.body, note.timing, seat: note.seat, meeting: note.day, tools, session)
        }
        return .redirect(to: "\(groupPath(request))?done=noted")
    }

    func set(noteUndone: Bool, _ request: Request) async throws -> Answer {
        let reading = try await groupReading(request)
        let (tools, note, seats) = (tools, request.parameter("note"), Set(seatsOfAsker(reading).map(\.id)))
        try await tools.database.write { session in
            let seat = try session.first("select seat_id from sector_note where id = \(note)")?.text("seat_id") ?? ""
            guard seats.contains(seat) else { throw Refusal.forbidden("Take back a note of a seat that somebody else fills") }
            try GroupWork.set(undone: noteUndone, note: note, tools, session)
        }
        return .redirect(to: "\(groupPath(request))?done=\(noteUndone ? "note-gone&of=\(note)" : "noted")")
    }
}

/// The form of a note to or from a sector, the same for the team and for a representative at home.
enum SectorNoteForm {
    static func fields(_ seats: [Seat], today: Day) -> [Field] {
        let whose: [Field] =
            seats.count == 1
            ? []
            : [
                .select(
                    "note_seat", "For whom", choices: seats.map { Choice($0.id, "\($0.words): \($0.holder?.name ?? "")") },
                    prompt: "Choose a seat")
            ]
        return whose + [
            .radios(
                "timing", "When",
                choices: SectorNote.Timing.allCases.map { Choice($0.rawValue, "\($0.name): \($0.question.lowercasedFirst)") }),
            .date("note_day", "The meeting’s day"),
            .textArea("note", "The note", hint: "Every person of this sector in the hub can read it. Write no child’s name.", rows: 4),
        ]
    }

    static func read(_ reader: inout FormReader, seats: [Seat]) -> (seat: Seat, timing: SectorNote.Timing, day: Day, body: String)? {
        let wanted = reader.form["note_seat"]
        let seat = seats.count == 1 && (wanted ?? "").isEmpty ? seats.first : seats.first { $0.id == wanted }
        if seat == nil { reader.fail("note_seat", "Choose the seat you write for.") }
        let timing = reader.choice("timing", of: SectorNote.Timing.self, missing: "Say whether this is before or after the meeting.")
        let day = reader.day("note_day")
        if day == nil, reader.errors["note_day"] == nil { reader.fail("note_day", "Write the day of the meeting, like 3 March 2027.") }
        let body = reader.text("note", missing: "Write the note.", max: 20_000)
        guard let seat, let timing, let day, let body, reader.errors.isEmpty else { return nil }
        return (seat, timing, day, body)
    }
}
