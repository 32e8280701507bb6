internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

/// One group read whole, for its pages.
struct GroupReading: Sendable {
    let ground: HubGround
    let book: GroupBook
    let work: GroupWork

    var path: String { "/staff/network/\(ground.slug)/groups/\(book.group.id)" }

    /// The kind of setting somebody comes from.
    func type(_ sitting: Seat.Sitting) -> SettingType? {
        sitting.settingID.flatMap { id in ground.settings.first { $0.id == id }?.type }
    }

    /// Where somebody comes from, in words.
    func origin(_ sitting: Seat.Sitting) -> String? {
        let place = sitting.settingID.flatMap { id in ground.settings.first { $0.id == id } }
        return place.map { "\($0.title), \($0.type.name.lowercasedFirst)" } ?? sitting.organisation
    }
}

extension Network {
    func groupReading(_ request: Request) async throws -> GroupReading {
        let (slug, id, today) = (request.parameter("hub"), request.parameter("group"), tools.clock.today)
        return try await tools.database.read { session in
            let ground = try HubGround.of(slug, on: today, session)
            return GroupReading(ground: ground, book: try Groups.book(id, hub: ground.id, session), work: try GroupWork.of(id, session))
        }
    }

    func mayKeepGroups(_ hub: String) -> Bool { Permission.answer(tools.asker.hats, .keepGroups, Whereabouts(hubs: [hub])) == .yes }

    func groupsPage(_ request: Request) async throws -> Answer {
        let (slug, today) = (request.parameter("hub"), tools.clock.today)
        let (ground, books) = try await tools.database.read { session in
            let ground = try HubGround.of(slug, on: today, session)
            return (ground, try Groups.books([ground.id], session))
        }
        let page = GroupsPage(ground: ground, books: books, today: today, mayKeep: mayKeepGroups(ground.id))
        var frame = frame("Groups of \(ground.name)", hub: slug, section: .groups, content: page.content)
        frame.lead = "Who steers the hub’s work, and who speaks for whom."
        if page.mayKeep { frame.action = Action("Set up a group", "\(page.base)/new-group") }
        return .page(frame.html)
    }

    func groupPage(_ request: Request) async throws -> Answer {
        .page(groupHTML(try await groupReading(request), request, FieldErrors()))
    }

    /// The page of a group, with what was typed into one of its forms.
    func groupHTML(_ reading: GroupReading, _ request: Request, _ errors: FieldErrors) -> HTML {
        let group = reading.book.group
        let page = GroupPage(
            reading: reading, today: tools.clock.today, mayKeep: mayKeepGroups(reading.ground.id), writesFor: seatsOfAsker(reading),
            values: request.method == .post ? request.form : nil, errors: errors, back: request.query["of"])
        var frame = frame(group.title, hub: reading.ground.slug, section: .groups, content: page.content)
        frame.breadcrumbs = [Link("Groups", "/staff/network/\(reading.ground.slug)/groups")]
        frame.lead = page.lead
        frame.errors = errors
        frame.trail = tools.trail(of: "group:\(group.id)")
        frame.notices = page.done(request.query["done"]) + page.alerts
        if page.mayKeep { frame.action = Action("Change these facts", "\(reading.path)/edit") }
        return frame.html
    }

    /// The seats the asker fills, or writes for as the hub's own lead.
    func seatsOfAsker(_ reading: GroupReading) -> [Seat] {
        let seats = reading.book.sectorSeats.filter { $0.holder != nil }
        if mayKeepGroups(reading.ground.id) { return seats }
        guard let me = tools.asker.personID else { return [] }
        return seats.filter { $0.holder?.personID == me }
    }
}

/// All groups of a hub on a page.
struct GroupsPage {
    let ground: HubGround
    let books: [GroupBook]
    let today: Day
    let mayKeep: Bool

    var base: String { "/staff/network/\(ground.slug)" }

    var content: HTML {
        if books.isEmpty {
            return EmptyState(
                "No groups yet",
                """
                A steering group, a task and finish group, the mentors’ group: who sits in them for which sector, which seats are empty, what \
                they agreed and what they deliver stands here. A steering group with a seat for each sector is a good first.
                """, action: mayKeep ? Action("Set up a group", "\(base)/new-group") : nil, picture: .people
            ).html
        }
        let atWork = books.filter(\.group.isAtWork)
        let ended = books.filter { !$0.group.isAtWork }
        let past: HTML? =
            ended.isEmpty
            ? nil : Disclosure(ended.count == 1 ? "1 group that has ended" : "\(ended.count) groups that have ended", list(ended)).html
        return Columns("\(list(atWork))\(past)", "\(balance)\(chairs)").html
    }

    private func list(_ books: [GroupBook]) -> HTML {
        Todo(
            books.map { book in
                let filled = book.seats.count - book.vacant.count
                let chair = book.chair?.holder.map { ". \($0.name) chairs" } ?? ""
                let seats = book.seats.isEmpty ? "No seats yet" : "\(filled) of \(book.seats.count) seats filled"
                return TodoItem(
                    book.group.title, href: "\(base)/groups/\(book.group.id)", tag: tag(book),
                    detail: "\(book.group.kind.name). \(seats)\(chair).")
            }
        ).html
    }

    private func tag(_ book: GroupBook) -> Tag? {
        if let ended = book.group.endedDay { return Tag("Ended on \(ended.medium)") }
        if book.group.isOverdue(on: today) { return Tag("Its end day has passed", .bad) }
        if let missing = book.missing.first { return Tag("No seat for \(missing.short.lowercasedFirst)", .bad) }
        if !book.vacant.isEmpty { return Tag(book.vacant.count == 1 ? "1 seat empty" : "\(book.vacant.count) seats empty", .warning) }
        return nil
    }

    private var balance: HTML {
        let seats = books.filter(\.group.isAtWork).flatMap(\.sectorSeats)
        return BalanceChart(
            Balance(
                seats: Dictionary(seats.map { ($0.sector, 1) }, uniquingKeysWith: +),
                settings: Dictionary(ground.settings.map { ($0.type.sector, 1) }, uniquingKeysWith: +)), of: "all groups at work"
        ).html
    }

    /// Who chairs what, by the kind of setting they come from (capability 43).
    private var chairs: HTML? {
        let rows = books.filter(\.group.isAtWork).compactMap { book -> Table.Row? in
            guard let holder = book.chair?.holder else { return nil }
            let type = holder.settingID.flatMap { id in ground.settings.first { $0.id == id }?.type }
            let ties = book.chairTies ?? []
            return Table.Row([
                "<a href=\"\(link: "\(base)/groups/\(book.group.id)")\"><bdi>\(book.group.title)</bdi></a>", "<bdi>\(holder.name)</bdi>",
                "\(type.map { "\($0.mark.icon()) \($0.name)" as HTML } ?? "\(holder.organisation ?? holder.sector.short)")",
                ties.isEmpty ? "Independent" : "From within",
            ])
        }
        guard !rows.isEmpty else { return nil }
        var table = Table(
            "Who chairs", columns: [Table.Column("Group"), Table.Column("Chair"), Table.Column("From"), Table.Column("Independent?")],
            rows: rows)
        table.isCaptionHidden = true
        return Card("Who chairs", table.html).html
    }
}

/// The share of seats by sector beside the share of settings, with its table.
struct BalanceChart: Component {
    let balance: Balance
    let what: String

    init(_ balance: Balance, of what: String) {
        self.balance = balance
        self.what = what
    }

    var html: HTML {
        guard balance.lines.contains(where: { $0.seats > 0 }) else { return "" }
        var chart = BarChart(
            balance.finding, unit: "%",
            rows: balance.lines.map { ChartRow($0.sector.short, $0.seatShare, compare: $0.settingShare) })
        chart.labelTitle = "Sector"
        chart.valueTitle = "Share of seats"
        chart.compareTitle = "Share of the hub’s settings"
        chart.note =
            "Bars: share of the seats of \(what), without the chair. Lines across: share of the hub’s settings."
        chart.n = balance.lines.reduce(0) { $0 + $1.seats }
        return Card(nil, chart.html).html
    }
}
