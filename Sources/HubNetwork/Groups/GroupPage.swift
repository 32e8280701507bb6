internal import Civil
internal import Directory
internal import House
internal import Page

/// A group: its seats, its promises, its meetings and what passes between it and the sectors.
struct GroupPage {
    let reading: GroupReading
    let today: Day
    let mayKeep: Bool
    /// The seats the reader may write notes for.
    let writesFor: [Seat]
    let values: FormData?
    let errors: FieldErrors
    /// What was just taken away, so that it can be brought back.
    let back: String?

    private var book: GroupBook { reading.book }
    private var group: NetworkGroup { reading.book.group }
    private var path: String { reading.path }

    var lead: HTML {
        let ends = group.endsDay.map { ", to end by \($0.medium)" } ?? ""
        let ended = group.endedDay.map { " Ended on \($0.medium)." } ?? ""
        return "\(group.kind.name) since \(group.beginsDay.medium)\(ends).\(ended)"
    }

    var content: HTML {
        let purpose: HTML? = group.purpose.map { Card("What it is for", paragraphs($0)).html }
        return Columns(
            "\(purpose)\(SeatList(reading: reading, today: today, mayKeep: mayKeep, values: values, errors: errors))\(notes)",
            "\(terms)\(deliverables)\(meetings)\(balance)\(ending)"
        ).html
    }

    // MARK: What is said above

    var alerts: [Notice] {
        var alerts: [Notice] = []
        if !group.isAtWork { return alerts }
        if group.isOverdue(on: today), let ends = group.endsDay {
            alerts.append(.warning("This group was to end by \(ends.medium).", "End it below, or give it a later day."))
        }
        for sector in book.missing {
            alerts.append(
                .warning(
                    "No seat for \(sector.short.lowercasedFirst).",
                    "A steering group has a seat for the council and one for health: they are core partners of a hub. Add it below."))
        }
        let vacant = book.vacant
        if !vacant.isEmpty {
            let names = vacant.map { "\($0.words) since \(($0.vacantSince ?? $0.fromDay).medium)" }.joined(separator: "; ")
            alerts.append(.warning(vacant.count == 1 ? "1 seat is empty." : "\(vacant.count) seats are empty.", "\(names)."))
        }
        return alerts
    }

    func done(_ code: String?) -> [Notice] {
        func undo(_ label: String, _ action: String) -> HTML {
            mayKeep ? Button(label, action: "\(path)/\(action)", style: .small).html : ""
        }
        let id = back ?? ""
        switch code {
        case "made": return [.success("The group is set up.", "Next: say who fills its seats.")]
        case "saved", "changed": return [.success("Saved.")]
        case "filled": return [.success("The seat is filled.")]
        case "left": return [.success("The seat is empty from today.", undo("They did not leave", "seats/\(id)/return"))]
        case "returned": return [.success("Back on the seat, as if nobody had left.")]
        case "removed": return [.success("The seat is taken out.", undo("Bring the seat back", "seats/\(id)/restore"))]
        case "restored": return [.success("The seat is back.")]
        case "seat": return [.success("The seat is added. It is empty until you fill it.")]
        case "ended": return [.success("The group has ended. Its page stays.")]
        case "reopened": return [.success("The group is at work again.")]
        case "terms": return [.success("The terms of reference are saved as a new version.")]
        case "done": return [.success("Ticked off.")]
        case "taken": return [.success("Taken out.", undo("Bring it back", "deliverables/\(id)/restore"))]
        case "meeting-gone": return [.success("That meeting is taken back.", undo("Bring it back", "meetings/\(id)/restore"))]
        case "noted": return [.success("Saved. The people of that sector can read it on their own pages.")]
        case "note-gone":
            return [.success("The note is taken back.", Button("Bring it back", action: "\(path)/notes/\(id)/restore", style: .small).html)]
        default: return []
        }
    }

    // MARK: Terms of reference

    private var terms: HTML {
        let writing = mayKeep ? (reading.work.terms == nil ? "Write them" : "Read all, change, earlier versions") : "Read all"
        let text: HTML =
            reading.work.terms.map { terms in
                let cut = terms.body.count > 300 ? "\(terms.body.prefix(300))…" : terms.body
                return """
                    \(paragraphs(cut))<p class="quiet">Version \(terms.number), \
                    \(terms.writtenAt?.dayInLondon.medium), \(reading.work.names[terms.by]).</p>
                    """
            } ?? "<p>Not written yet. What the group decides, what it does not, how it speaks to the sectors.</p>"
        return Card(
            "Terms of reference",
            """
            \(text)<ul class="listing"><li><a href="\(link: "\(path)/terms")">\(writing)</a></li>\
            <li><a href="\(link: "\(path)/paper")">Members and terms on paper</a>, \
            <a href="\(link: "\(path)/paper.pdf")">as a PDF</a></li></ul>
            """
        ).html
    }

    // MARK: Deliverables

    private var deliverables: HTML {
        let items = reading.work.deliverables.html { item in
            let state: HTML =
                item.doneDay.map { "\(Tag("Done on \($0.medium)", .good))" }
                ?? (item.isOverdue(on: today) ? "\(Tag("Overdue", .bad))" : "")
            var tick: HTML?
            if mayKeep {
                var done = Button(
                    item.doneDay == nil ? "Done" : "Not done after all",
                    action: "\(path)/deliverables/\(item.id)/\(item.doneDay == nil ? "done" : "not-done")", style: .small)
                done.about = ": \(item.words)"
                var out = Button("Take out", action: "\(path)/deliverables/\(item.id)/remove", style: .small)
                out.about = ": \(item.words)"
                tick = "\(done) \(out)"
            }
            return "<li><bdi>\(item.words)</bdi>, by \(item.dueDay.medium) \(state) \(tick)</li>"
        }
        let list: HTML = items.isEmpty ? "<p>Nothing promised yet.</p>" : "<ul class=\"listing\">\(items)</ul>"
        let form = small(
            "deliverables", "Add it", "Add what it is to deliver",
            [
                .text("deliverable", "What it delivers", hint: "For example: a settling-in leaflet all settings use."),
                .date("due", "By when"),
            ])
        return Card("What it delivers", "\(list)\(form)").html
    }

    // MARK: Meetings

    private var meetings: HTML {
        let days = reading.work.meetings
        let latest = days.prefix(3).html { meeting in
            var button: HTML?
            if mayKeep {
                var undo = Button("Take back", action: "\(path)/meetings/\(meeting.id)/undo", style: .small)
                undo.about = "the meeting of \(meeting.day.medium)"
                button = undo.html
            }
            return "<li>\(meeting.day.long) \(button)</li>"
        }
        let list: HTML = days.isEmpty ? "<p>No meeting logged yet.</p>" : "<ul class=\"listing\">\(latest)</ul>"
        let form = small(
            "meetings", "Save the day", "Say that it met", [.date("met", "The group met on").filled(today.medium)])
        return Card("Meetings", "\(list)\(compliance)\(form)").html
    }

    /// Whether it met as often as it should.
    private var compliance: HTML? {
        guard let rhythm = group.rhythm else { return "<p class=\"quiet\">How often it should meet is not said.</p>" }
        let end = group.endedDay ?? today
        let periods = rhythm.periods(since: group.beginsDay, through: end, met: reading.work.meetings.map(\.day))
        let counted = periods.filter { $0.state == .kept || $0.state == .missed }
        let kept = counted.count { $0.state == .kept }
        var table = Table(
            "Whether it met as it should", columns: [Table.Column("When"), Table.Column("Met", align: .number), Table.Column("Kept?")],
            rows: periods.map { Table.Row(["\($0.name)", "\($0.met)", words($0.state)]) })
        table.isCompact = true
        table.isCaptionHidden = true
        let sum =
            counted.isEmpty
            ? "It should meet \(rhythm.name.lowercasedFirst)."
            : "It should meet \(rhythm.name.lowercasedFirst), and did \(kept) of \(counted.count) times."
        return "<p>\(sum)</p>\(Disclosure("Period by period", table.html))"
    }

    private func words(_ state: Rhythm.Period.State) -> HTML {
        switch state {
        case .kept: Tag("Yes", .good).html
        case .missed: Tag("No", .bad).html
        case .running: "Still to come"
        case .begun: "It began here"
        }
    }

    // MARK: To and from the sectors

    private var notes: HTML {
        let list = reading.work.notes.html { note in
            var taking: HTML?
            if writesFor.contains(where: { $0.id == note.seatID }) {
                var undo = Button("Take back", action: "\(path)/notes/\(note.id)/undo", style: .small)
                undo.about = "this note of \(note.sector.short.lowercasedFirst)"
                taking = undo.html
            }
            return """
                <li><p><strong>\(note.sector.short), \(note.timing.name.lowercasedFirst) of \(note.meetingDay.medium)</strong> \
                <span class="quiet">\(reading.work.names[note.by])</span></p>\(paragraphs(note.body))\(taking)</li>
                """
        }
        let all: HTML =
            list.isEmpty
            ? """
            <p>Nothing yet. Before a meeting each representative says here what their sector wants raised; after it, what they tell their \
            sector. The people of that sector read it on their own pages.</p>
            """ : "<ul class=\"listing timeline\">\(list)</ul>"
        guard !writesFor.isEmpty, group.isAtWork else { return Card("To and from the sectors", all).html }
        let form = small(
            "notes", "Save the note", "Write a note to or from a sector",
            SectorNoteForm.fields(writesFor, today: today))
        return Card("To and from the sectors", "\(all)\(form)").html
    }

    // MARK: The rest

    private var balance: BalanceChart {
        BalanceChart(
            Balance(
                seats: Dictionary(book.sectorSeats.map { ($0.sector, 1) }, uniquingKeysWith: +),
                settings: Dictionary(reading.ground.settings.map { ($0.type.sector, 1) }, uniquingKeysWith: +)), of: "this group")
    }

    private var ending: HTML? {
        guard mayKeep else { return nil }
        if !group.isAtWork { return Card("Ended", Button("Take it up again", action: "\(path)/reopen", style: .quiet).html).html }
        let open = reading.work.deliverables.count { $0.doneDay == nil }
        let left = open == 0 ? "" : open == 1 ? " One thing it promised is still open." : " \(open) things it promised are still open."
        return Card(
            "When it has done its work",
            """
            <p>Ending closes the group: no seat counts as empty any more. All of it stays to be read, and it can be taken up \
            again.\(left)</p>\(Button("End the group", action: "\(path)/end", style: .quiet))
            """
        ).html
    }

    /// A small form behind a line, open when something in it was wrong.
    private func small(_ action: String, _ submit: String, _ summary: String, _ fields: [Field]) -> HTML? {
        guard mayKeep || action == "notes" else { return nil }
        var form = Form.post("\(path)/\(action)", submit, fields: fields)
        form.values = values
        form.errors = errors
        return Disclosure(summary, form.html, isOpen: fields.contains { errors[$0.name] != nil }).html
    }
}

/// Text a person wrote, its lines kept.
func paragraphs(_ text: some StringProtocol) -> HTML {
    text.split(separator: "\n", omittingEmptySubsequences: true).html { "<p><bdi>\(String($0))</bdi></p>" }
}
