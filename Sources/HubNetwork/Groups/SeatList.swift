internal import Civil
internal import Directory
internal import House
internal import Page

/// The seats of a group: who speaks for whom, since when, and who did before.
struct SeatList: Component {
    let reading: GroupReading
    let today: Day
    let mayKeep: Bool
    let values: FormData?
    let errors: FieldErrors

    var html: HTML {
        let seats = reading.book.seats
        let list: HTML = seats.isEmpty ? "<p>No seats yet.</p>" : "<ul class=\"todo\">\(seats.html(line))</ul>"
        return Card("Who sits in it", "\(list)\(history)\(adding)").html
    }

    private func line(_ seat: Seat) -> HTML {
        let path = "\(reading.path)/seats/\(seat.id)"
        guard let holder = seat.holder else {
            let since = (seat.vacantSince ?? seat.fromDay).medium
            var buttons: HTML = ""
            if mayKeep {
                var remove = Button("Take the seat out", action: "\(path)/remove", style: .small)
                remove.about = ": \(seat.words)"
                buttons =
                    "<div class=\"buttons\"><a class=\"button small\" href=\"\(link: "\(path)/fill")\">Fill it\(unseen(": \(seat.words)"))</a>\(remove)</div>"
            }
            return
                "<li><span></span><div><span class=\"thing\"><bdi>\(seat.words)</bdi></span> \(Tag("Empty", .warning))<p>Since \(since).</p>\(buttons)</div></li>"
        }
        let icon = reading.type(holder).map { $0.mark.icon(label: $0.mark.words) } ?? "<span></span>"
        var button: HTML?
        if mayKeep {
            var leave = Button("They leave", action: "\(path)/leave", style: .small)
            leave.about = ": \(holder.name)"
            button = leave.html
        }
        return """
            <li>\(icon)<div><span class="thing"><bdi>\(holder.name)</bdi></span> \(Tag(seat.short, seat.isChair ? .note : .plain)) \
            \(independence(seat))<p><bdi>\(reading.origin(holder))</bdi>\(reading.origin(holder) == nil ? "" : ". ")Since \(holder.fromDay.medium).</p></div>\
            \(button)</li>
            """
    }

    private func independence(_ seat: Seat) -> HTML? {
        guard seat.isChair, let ties = reading.book.chairTies else { return nil }
        if ties.isEmpty { return Tag("Independent chair", .good).html }
        return "\(Tag("Chair from within"))\(ties.html { "<p class=\"quiet\">\($0)</p>" })"
    }

    /// Who sat where before, and seats that were taken out.
    private var history: HTML? {
        let rows = reading.book.allSeats.flatMap { seat in
            seat.sittings.map { sitting in
                let ended: HTML? = seat.endedDay == nil ? nil : " <span class=\"quiet\">(seat taken out)</span>"
                return Table.Row([
                    "<bdi>\(sitting.name)</bdi>", "<bdi>\(seat.words)</bdi>\(ended)", "\(sitting.fromDay.medium)",
                    "\(sitting.toDay?.medium ?? "now")",
                ])
            }
        }
        guard !rows.isEmpty else { return nil }
        var table = Table(
            "Everybody who sat in it", columns: [Table.Column("Who"), Table.Column("Seat"), Table.Column("From"), Table.Column("Until")],
            rows: rows)
        table.isCaptionHidden = true
        return Disclosure("Everybody who ever sat in it", table.html).html
    }

    private var adding: HTML? {
        guard mayKeep, reading.book.group.isAtWork else { return nil }
        var fields: [Field] = [
            .select("seat_sector", "For whom", choices: Sector.allCases.map { Choice($0.rawValue, $0.name) }, prompt: "Choose a sector"),
            Field.text(
                "seat_title", "What it is called", hint: "Only where the sector’s name is not enough: “Newly registered childminders”."
            )
            .optional(),
        ]
        if reading.book.chair == nil {
            fields.append(.checkbox("seat_chair", "This is the chair’s seat", hint: "The chair’s sector is asked when you fill it."))
        }
        var form = Form.post("\(reading.path)/seats", "Add the seat", fields: fields)
        form.values = values
        form.errors = errors
        return Disclosure("Add a seat", form.html, isOpen: errors["seat_sector"] != nil || errors["seat_title"] != nil).html
    }
}
