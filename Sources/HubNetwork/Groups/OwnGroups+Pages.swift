internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// Who speaks for a setting's sector in the hub's groups, for its own people.
    var ownGroupRoutes: [Route] {
        [
            route(.get, "/own/{id}/groups", .seeOwnGroups, "Who speaks for one’s own sector", at: Self.atOwnSetting) {
                try await $0.ownGroupsPage($1)
            },
            route(
                .post, "/own/{id}/groups", .seeOwnGroups, "Write to or from one’s own sector, for a seat one fills", at: Self.atOwnSetting
            ) {
                try await $0.addOwnNote($1)
            },
        ]
    }

    private struct OwnGroups: Sendable {
        let title: String
        let sector: Sector
        let books: [GroupBook]
        /// By group.
        let notes: [String: [SectorNote]]
        let names: [String: String]

        func seats(of book: GroupBook) -> [Seat] { book.sectorSeats.filter { $0.sector == sector } }

        /// The seats the asker fills themselves.
        func own(_ person: String?) -> [Seat] {
            guard let person else { return [] }
            return books.flatMap(\.sectorSeats).filter { $0.holder?.personID == person }
        }
    }

    private func ownGroups(_ request: Request) async throws -> OwnGroups {
        let id = request.parameter("id")
        return try await tools.database.read { session in
            let place = try Directory.whereabouts(ofSetting: id, session)
            let sector = (try Directory.types(of: [id], session)[id] ?? .other).sector
            let books = try Groups.books(place.hubs.sorted(), session).filter(\.group.isAtWork)
            let notes = try session.all(
                """
                select * from sector_note where group_id in \(list: books.map(\.group.id)) and sector = \(sector.rawValue) and undone_at is null
                order by meeting_day desc, timing desc, id desc limit 100
                """
            ).compactMap(SectorNote.init)
            return OwnGroups(
                title: try Directory.titles(of: [id], session)[id] ?? "", sector: sector, books: books,
                notes: Dictionary(grouping: notes, by: \.groupID), names: try PeopleBook.names(notes.map(\.by), session))
        }
    }

    func ownGroupsPage(_ request: Request) async throws -> Answer {
        .page(ownGroupsHTML(try await ownGroups(request), request, FieldErrors()))
    }

    private func ownGroupsHTML(_ own: OwnGroups, _ request: Request, _ errors: FieldErrors) -> HTML {
        let id = request.parameter("id")
        var frame = ownFrame("Who speaks for you", setting: id, title: own.title, section: .groups)
        frame.lead = "The hub’s groups, and who sits there for \(own.sector.name.lowercasedFirst)."
        frame.errors = errors
        frame.notices = request.query["done"] == "noted" ? [.success("Saved. The people of that sector can read it.")] : []
        let seats = own.own(tools.asker.personID)
        var writing: HTML?
        if !seats.isEmpty {
            var form = Form.post("/own/\(id)/groups", "Save the note", fields: SectorNoteForm.fields(seats, today: tools.clock.today))
            form.values = request.method == .post ? request.form : nil
            form.errors = errors
            writing = Card("You sit in a group: write to or from your sector", form.html).html
        }
        let cards = own.books.html { book in card(book, own) }
        frame.content =
            own.books.isEmpty
            ? EmptyState(
                "No groups yet",
                "Who sits in the hub’s steering group for settings like yours, and what they raise there, will stand here.",
                picture: .people
            ).html : "\(writing)\(cards)"
        return frame.html
    }

    private func card(_ book: GroupBook, _ own: OwnGroups) -> HTML {
        let seats = own.seats(of: book)
        let lines = seats.html { seat in
            if let holder = seat.holder { return "<li><bdi>\(holder.name)</bdi> \(Tag(seat.words))</li>" }
            return "<li>\(Tag("Empty", .warning)) <bdi>\(seat.words)</bdi>. Would you sit here? Tell the hub.</li>"
        }
        let none: HTML = "<p>No seat for \(own.sector.name.lowercasedFirst) in this group.</p>"
        let who: HTML = seats.isEmpty ? none : "<ul class=\"listing\">\(lines)</ul>"
        let chair: HTML? = book.chair?.holder.map { "<p>\($0.name) chairs.</p>" }
        let notes = (own.notes[book.group.id] ?? []).html { note in
            """
            <li><p><strong>\(note.timing.name) of \(note.meetingDay.medium)</strong> <span class="quiet">\(own.names[note.by])</span></p>\
            \(paragraphs(note.body))</li>
            """
        }
        let said: HTML? = notes.isEmpty ? nil : "<h3>To and from your sector</h3><ul class=\"listing timeline\">\(notes)</ul>"
        return Card(book.group.title, "\(who)\(chair)\(said)").html
    }

    private func addOwnNote(_ request: Request) async throws -> Answer {
        let own = try await ownGroups(request)
        let seats = own.own(tools.asker.personID)
        guard !seats.isEmpty else { throw Refusal.forbidden("Write notes for a seat that somebody else fills") }
        var reader = FormReader(request.form)
        guard let note = SectorNoteForm.read(&reader, seats: seats) else {
            return .page(ownGroupsHTML(own, request, reader.errors), status: 422)
        }
        let tools = tools
        try await tools.database.write { session in
            try GroupWork.add(note: note.body, note.timing, seat: note.seat, meeting: note.day, tools, session)
        }
        return .redirect(to: "/own/\(request.parameter("id"))/groups?done=noted")
    }
}
