internal import Civil
internal import House
internal import Page
internal import Store

/// What staff see first: what is due, then how far the area has come.
struct TodayPage: Sendable {
    /// Registers are the administrator's to load, and hubs to make.
    let isForAdministrator: Bool
    /// The hub of the hat they wear.
    let wornHub: String?
    let settings: Int
    let hubs: [(id: String, slug: String, name: String, drafts: Int, published: Int)]
    let gone: Int
    let disputed: Int
    let doubles: Int
    let waiting: [(id: String, name: String)]
    let lastLoad: (name: String, day: Day?)?
    /// What waits for this reader, with how many.
    let dues: [(due: Due, count: Int)]
    /// What the hubs they lead owe to everybody.
    let duties: [TodoItem]

    static func load(on today: Day, for asker: Asker, _ dues: [Due], in session: any Session) throws -> TodayPage {
        TodayPage(
            isForAdministrator: asker.isAdministrator, wornHub: asker.worn?.hubID,
            settings: try session.count(
                "select count(*) from setting where merged_into is null and status <> 'closed' and hub_id is null"),
            hubs: try session.all(
                """
                select h.id, h.slug, h.name,
                    (select count(*) from plan p join scheme s on s.id = p.scheme_id where s.hub_id = h.id and p.status = 'draft') as drafts,
                    (select count(*) from plan p join scheme s on s.id = p.scheme_id
                        where s.hub_id = h.id and p.status = 'published') as published
                from hub h order by h.is_sample, h.name
                """
            ).filter { asker.knows(hub: $0.text("id")) }
                .map { ($0.text("id"), $0.text("slug"), $0.text("name"), $0.int("drafts"), $0.int("published")) },
            gone: try session.count("select count(*) from setting where status = 'gone' and merged_into is null"),
            disputed: try session.count(
                "select count(distinct setting_id) from correction where undone_at is null and is_disputed = 1"),
            doubles: try session.count("select count(*) from possible_duplicate where decision is null"),
            waiting: try session.all(
                "select id, file_name from load where status = 'previewed' order by created_at desc limit 5"
            ).map { ($0.text("id"), $0.text("file_name")) },
            lastLoad: try session.first(
                "select file_name, applied_at from load where status = 'applied' order by applied_at desc limit 1"
            ).map { ($0.text("file_name"), $0.instant("applied_at")?.dayInLondon) },
            dues: try dues.map { (due: $0, count: try $0.waiting(for: asker, session)) }.filter { $0.count > 0 },
            duties: try HubDuties.items(for: asker, on: today, session))
    }

    var content: HTML {
        // Of the whole installation: an administrator's concern. The others have their hubs, and the faults of these.
        isForAdministrator ? "\(waitingFacts)\(wholeInstallation)" : "\(waitingFacts)\(dutiesCard)\(hubCard)"
    }

    private var waitingFacts: HTML {
        Facts(
            dues.map { due, count in Fact(grouped(count), count == 1 ? due.one : due.several, href: due.path, isDue: true) }
        ).html
    }

    private var wholeInstallation: HTML { "\(due)\(dutiesCard)\(Columns("\(steps)", "\(hubCard)"))" }

    private var dutiesCard: HTML { duties.isEmpty ? "" : Card("Due", "\(Todo(duties))").html }

    private var due: HTML {
        Facts([
            Fact(grouped(settings), "settings known from the registers", href: "/staff/settings"),
            Fact(grouped(gone), "gone from their register: closed?", href: "/staff/faults/gone-from-register", isDue: gone > 0),
            Fact(
                grouped(disputed), "corrections the register disputes", href: "/staff/faults/disputed-correction",
                isDue: disputed > 0),
            Fact(grouped(doubles), "possible doubles to decide", href: "/staff/registers/duplicates", isDue: doubles > 0),
        ]).html
    }

    /// The first afternoon, step by step; done steps say so.
    private var steps: HTML {
        let loaded = lastLoad.map { load in
            "Last: \(load.name)\(load.day.map { ", loaded on \($0.medium)" } ?? "")."
        }
        var items = waiting.map {
            TodoItem(
                "\($0.name): looked at, not yet applied", href: "/staff/registers/\($0.id)",
                detail: "Nothing has changed until you apply it.")
        }
        items.append(
            TodoItem(
                "Load the official registers", href: "/staff/registers", tag: settings > 0 ? Tag("Done", .good) : nil,
                detail: "\(loaded ?? "Ofsted’s providers, schools, postcodes and wards: about ten minutes.")"))
        items.append(
            TodoItem(
                "Say what your hub covers", href: "/staff/hubs", tag: hubs.isEmpty ? nil : Tag("Done", .good),
                detail: "Choose the wards of one or more authorities."))
        items.append(
            TodoItem(
                "Draw the mini-hubs", href: "/staff/hubs",
                tag: hubs.contains { $0.published > 0 } ? Tag("Done", .good) : nil,
                detail: "Let the program balance them, change them by hand, publish one from a date."))
        items.append(
            TodoItem(
                "Mend what is wrong", href: "/staff/faults", detail: "Each fault says what to do about it."))
        return Card("Do next", "\(Todo(items))").html
    }

    private var hubCard: HTML {
        if hubs.isEmpty {
            return EmptyState(
                "No hub yet", "A hub is the wards you look after and the settings in them. Make one, and draw its mini-hubs.",
                action: isForAdministrator ? Action("Make a hub", "/staff/hubs/new") : nil, picture: .map
            ).html
        }
        let lines = hubs.html { hub in
            """
            <li><a href="/staff/hubs/\(segment: hub.slug)">\(hub.name)</a> \
            \(hubs.count > 1 && hub.id == wornHub ? Tag("Your hat’s hub", .note) : nil) <span class="quiet">\(hub.published) published, \
            \(hub.drafts) \(hub.drafts == 1 ? "draft" : "drafts")</span></li>
            """
        }
        return Card(isForAdministrator || hubs.count == 1 ? "Hubs" : "Your hubs", "<ul class=\"listing\">\(lines)</ul>").html
    }
}
