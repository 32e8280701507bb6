internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Store

/// All about the champions of one hub: the people, their areas, what is due. Read whole, for there are tens of them.
struct ChampionPicture: Sendable {
    let hub: HubGround
    let deadlines: ChampionDeadlines
    let people: [Champion]
    let posts: [AreaPost]
    let meetings: [AreaMeeting]
    let criteria: [HandoverCriterion]
    let ticks: [HandoverTick]
    let handovers: [Handover]
    let team: [PeopleBook.Entry]
    let today: Day

    static func of(_ slug: String, on today: Day, _ session: any Session) throws -> ChampionPicture {
        let hub = try HubGround.of(slug, on: today, session)
        let id = hub.id
        return ChampionPicture(
            hub: hub, deadlines: try deadlines(id, session),
            people: try Champions.all("hub_id = \(id)", session),
            posts: try session.all("select * from area_post where hub_id = \(id) order by from_day, id").compactMap(AreaPost.init),
            meetings: try session.all("select * from area_meeting where hub_id = \(id) and undone_at is null order by day, id")
                .compactMap(AreaMeeting.init),
            criteria: try session.all(
                "select id, words from handover_criterion where hub_id = \(id) and removed_at is null order by position, id"
            ).map { HandoverCriterion(id: $0.text("id"), words: $0.text("words")) },
            ticks: try session.all("select * from handover_tick where hub_id = \(id)").compactMap { row in
                row.day("met_day").map {
                    HandoverTick(
                        criterionID: row.text("criterion_id"), areaID: row.text("area_id"), areaName: row.text("area_name"), day: $0,
                        by: row.text("by_whom"))
                }
            },
            handovers: try session.all("select * from handover where hub_id = \(id) and undone_at is null order by day, id")
                .compactMap { row in
                    row.day("day").map {
                        Handover(
                            id: row.text("id"), areaID: row.text("area_id"), areaName: row.text("area_name"), day: $0,
                            note: row.textOrNil("note"), by: row.text("by_whom"))
                    }
                },
            team: try PeopleBook.of(hub: id, session), today: today)
    }

    static func deadlines(_ hub: String, _ session: any Session) throws -> ChampionDeadlines {
        try session.first("select * from champion_deadline where hub_id = \(hub)").map {
            ChampionDeadlines(firstMeeting: $0.int("first_meeting_days"), quiet: $0.int("quiet_days"), scheme: $0.textOrNil("scheme"))
        } ?? ChampionDeadlines()
    }

    /// Whether a record is about this area: by its number, or by its name where the areas were drawn again since.
    func isOf(_ area: HubGround.Area, id: String, name: String) -> Bool {
        id == area.id || (name == area.name && !hub.areas.contains { $0.id == id })
    }

    func person(_ id: String) -> Champion? { people.first { $0.id == id } }

    /// Who may stand beside a champion as the council's link.
    var linkPeople: [PeopleBook.Entry] {
        var seen: Set<String> = []
        return team.filter { [.adviser, .hubLead, .coordinator].contains($0.role) && seen.insert($0.id).inserted }
    }

    func name(ofLink id: String?) -> String? { id.flatMap { id in team.first { $0.id == id }?.name } }

    func title(ofSetting id: String?) -> String? { id.flatMap { id in hub.settings.first { $0.id == id }?.title } }

    /// The setting as it is known: by its record, or in their own words.
    func setting(of champion: Champion) -> String? { title(ofSetting: champion.settingID) ?? champion.settingSaid }

    var waiting: [Champion] { people.filter(\.isWaiting) }

    /// The ways the hub is divided.
    var schemes: [String] { hub.areas.reduce(into: []) { if !$0.contains($1.scheme) { $0.append($1.scheme) } } }

    /// The way whose areas have champions: the hub's choice while there is such a way, else the first.
    var scheme: String? { deadlines.scheme.flatMap { schemes.contains($0) ? $0 : nil } ?? schemes.first }

    /// The areas champions look after: of one way of dividing, and of the others those that somebody was given.
    var ownAreas: [HubGround.Area] {
        hub.areas.filter { area in
            area.scheme == scheme || posts.contains { $0.tenure.holds(on: today) && isOf(area, id: $0.areaID, name: $0.areaName) }
        }
    }

    /// How each of these areas stands, in the hub's own order.
    var areas: [AreaStanding] { ownAreas.map { AreaStanding(area: $0, in: self) } }

    var withoutChampion: [AreaStanding] { areas.filter { $0.champions.isEmpty } }
    var overdue: [AreaStanding] { areas.filter(\.first.isOverdue) }
    var quiet: [AreaStanding] { areas.filter(\.isQuiet) }

    /// "Riverside (Quadrants)" for an area of another way of dividing, else "Riverside".
    func label(_ area: HubGround.Area) -> String { area.scheme == scheme ? area.name : "\(area.name) (\(area.scheme))" }
}

/// How one area stands: who looks after it, its meetings, its hand-over.
struct AreaStanding: Sendable {
    let area: HubGround.Area
    /// Of the area, in force today.
    let champions: [(champion: Champion, post: AreaPost)]
    let coordinators: [(champion: Champion, post: AreaPost)]
    let past: [(champion: Champion, post: AreaPost)]
    let meetings: [AreaMeeting]
    let first: FirstMeeting
    /// It met before, and has not for longer than the hub's own time.
    let isQuiet: Bool
    let ticks: [HandoverTick]
    let handover: Handover?
    let standing: HandoverStanding

    init(area: HubGround.Area, in picture: ChampionPicture) {
        self.area = area
        let all = picture.posts.filter { picture.isOf(area, id: $0.areaID, name: $0.areaName) }.compactMap { post in
            picture.person(post.championID).map { (champion: $0, post: post) }
        }
        let now = all.filter { $0.post.tenure.holds(on: picture.today) && $0.champion.leftDay == nil }
        champions = now.filter { $0.post.kind == .champion }
        coordinators = now.filter { $0.post.kind == .coordinator }
        let held = Set(now.map(\.post.id))
        past = all.filter { !held.contains($0.post.id) }
        meetings = picture.meetings.filter { picture.isOf(area, id: $0.areaID, name: $0.areaName) }
        let days = meetings.map(\.day)
        first = FirstMeeting(
            begins: champions.map(\.post.tenure.from), meetings: days, deadlines: picture.deadlines, today: picture.today)
        let last = days.filter { $0 <= picture.today }.max()
        isQuiet = !champions.isEmpty && (last.map { picture.deadlines.isQuiet(lastMeeting: $0, on: picture.today) } ?? false)
        let wanted = Set(picture.criteria.map(\.id))
        ticks = picture.ticks.filter { wanted.contains($0.criterionID) && picture.isOf(area, id: $0.areaID, name: $0.areaName) }
        handover = picture.handovers.last { picture.isOf(area, id: $0.areaID, name: $0.areaName) }
        standing = HandoverStanding(
            criteria: wanted.count, met: Set(ticks.map(\.criterionID)).count, recorded: handover?.day)
    }
}
