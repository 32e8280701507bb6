internal import Civil
public import House
internal import Page
internal import Store

extension Signal {
    static let newOnRegister = Signal("new-on-register", "New on the register", doing: "Say welcome")
    static let inspectedLately = Signal("inspected-lately", "Inspection just published", doing: "Ask how it went")
    static let inspectionDue = Signal("inspection-due", "Inspection due", doing: "Offer help")
}

extension Directory {
    public var watches: [Watch] { Directory.watches }
    public var chapters: [Chapter] { Directory.chapters }

    /// This room's part of a setting's timeline: what became of the changes it asked for.
    public static let chapters: [Chapter] = [
        Chapter { setting, _, before, limit, session in
            var condition: SQL = "setting_id = \(setting)"
            if let before {
                condition =
                    "\(condition) and (substr(at, 1, 10) < \(before.day) or (substr(at, 1, 10) = \(before.day) and id < \(before.key)))"
            }
            return try session.all("select * from proposal where \(condition) order by at desc, id desc limit \(limit)").compactMap { row in
                guard let at = row.instant("at") else { return nil }
                let decision: Proposal.Decision? = row.code("decision")
                return TimelineEntry(
                    day: at.dayInLondon, key: row.text("id"),
                    title: "It asked to change its entry: \((decision?.words ?? "waiting").lowercased())",
                    detail: "\(row.textOrNil("answer"))")
            }
        }
    ]

    /// What this room watches for in every hub (`docs/rules/live-picture.md`).
    public static let watches: [Watch] = [
        Watch([.newOnRegister, .inspectedLately, .inspectionDue]) { hub, session in
            let newSince = hub.today.adding(days: -WatchRule.newDays)
            let inspectedSince = hub.today.adding(days: -WatchRule.publishedDays)
            let dueBefore = hub.today.adding(days: -WatchRule.cycleDays)
            let rows = try session.all(
                """
                select s.id, s.outcome, s.outcome_day, max(r.registered_on) as registered
                from setting s left join registration r on r.setting_id = s.id and r.gone_day is null
                where s.id in \(list: hub.settingIDs) group by s.id, s.outcome, s.outcome_day
                """)
            let log = "/staff/network/{hub}/log?setting={setting}"
            return rows.flatMap { row -> [Sighting] in
                var seen: [Sighting] = []
                let id = row.text("id")
                let registered = row.day("registered")
                if let registered, registered >= newSince {
                    seen.append(Sighting(id, .newOnRegister, "since \(registered.medium)", path: log))
                }
                guard let day = row.day("outcome_day") else { return seen }
                if day >= inspectedSince {
                    seen.append(Sighting(id, .inspectedLately, "inspected on \(day.medium)", path: log))
                } else if WatchRule.isGraded(row.text("outcome")), day < dueBefore {
                    seen.append(Sighting(id, .inspectionDue, "last on \(day.medium)", path: log))
                }
                return seen
            }
        }
    ]
}

/// When a setting is worth a look for its register and inspections; days, from the policy the rule page names.
enum WatchRule {
    static let newDays = 120
    static let publishedDays = 60
    /// Ofsted inspects within four years (from April 2026; six before). Half a year ahead is time to help.
    static let cycleDays = 4 * 365 + 1 - 183

    /// A full inspection of early years provision, whose cycle the window counts from.
    static func isGraded(_ outcome: String) -> Bool { outcome.hasPrefix("oeif") || outcome == "report-card" }
}
