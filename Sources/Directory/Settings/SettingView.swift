internal import Civil
internal import House
internal import Page
internal import Store

/// Everything a setting's page shows, as its reader may see it.
struct SettingView: Sendable {
    let setting: Setting
    let registrations: [Registration]
    let inspections: [Inspection]
    let corrections: [Correction]
    /// The areas it is in today, one for each scheme of each hub.
    let areas: [AreaMembership]
    let history: [HistoryLine]
    let samePlace: [(id: String, title: String)]
    let ward: DrawnWard?
    /// The other record this one was merged into, with the merge that can be undone.
    let merge: (id: String, keptID: String, keptTitle: String)?
    let mergedHere: [(id: String, goneID: String, title: String)]
    let agreed: Set<String>
    /// What its own people ask to have changed.
    let waiting: Proposal?

    /// One thing that happened to the record.
    struct HistoryLine: Sendable {
        let when: String
        let what: String
        let before: String?
        let after: String?
    }

    /// `words` are those of every room's part of the trail.
    static func load(
        _ id: String, for audience: Audience, on today: Day, words: TrailWords = Directory.trailWords, in session: any Session
    ) throws -> SettingView? {
        guard let setting = try Setting.find(id, for: audience, in: session) else { return nil }
        let isStaff = audience == .staff
        let wards = try setting.wardCode.map { try DrawnWard.load([$0], in: session) }
        return SettingView(
            setting: setting, registrations: try Registration.of(setting: id, in: session),
            inspections: try Inspection.of(setting: id, in: session),
            corrections: isStaff ? try Correction.standing(for: id, in: session) : [],
            areas: try AreaLookup.areas(ofSetting: id, on: today, session).filter { audience == .staff || $0.hub.isOpen },
            history: isStaff ? try history(of: id, words, in: session) : [],
            samePlace: isStaff ? try samePlace(setting, in: session) : [], ward: wards?.first,
            merge: isStaff ? try merge(of: setting, in: session) : nil,
            mergedHere: isStaff ? try mergedInto(id, in: session) : [],
            agreed: try Setting.agreedFields(id, in: session),
            waiting: isStaff ? try Proposals.waiting(for: id, session) : nil)
    }

    private static func samePlace(_ setting: Setting, in session: any Session) throws -> [(id: String, title: String)] {
        guard let site = setting.siteID else { return [] }
        return try session.all("\(Setting.select) where s.site_id = \(site) and s.id <> \(setting.id) order by s.sort_key")
            .map { ($0.text("id"), Setting($0).title) }
    }

    private static func merge(
        of setting: Setting, in session: any Session
    ) throws -> (id: String, keptID: String, keptTitle: String)? {
        guard let kept = setting.mergedInto,
            let row = try session.first("select id from merge where gone_id = \(setting.id) and undone_at is null"),
            let other = try Setting.find(kept, for: .staff, in: session)
        else { return nil }
        return (row.text("id"), kept, other.title)
    }

    private static func mergedInto(
        _ id: String, in session: any Session
    ) throws -> [(id: String, goneID: String, title: String)] {
        try session.all("select id, gone_id from merge where kept_id = \(id) and undone_at is null order by at").map {
            let gone = try Setting.find($0.text("gone_id"), for: .staff, in: session)
            return ($0.text("id"), $0.text("gone_id"), gone?.title ?? "")
        }
    }

    private static func history(of id: String, _ words: TrailWords, in session: any Session) throws -> [HistoryLine] {
        let loads = try session.all(
            """
            select l.applied_at, l.edition_day, c.what, c.field, c.before, c.after from load_change c
            join load l on l.id = c.load_id join registration r on r.register = c.register and r.urn = c.urn
            where r.setting_id = \(id) and l.status = 'applied' order by l.applied_at desc, c.number limit 60
            """)
        let byHand = try session.all(
            "select at, action, before, after from audit where subject = \("setting:\(id)") order by at desc, id desc limit 60")
        let lines =
            loads.map { row in
                (
                    row.text("applied_at"),
                    HistoryLine(
                        when: row.instant("applied_at")?.dayInLondon.short ?? "",
                        what: HistoryWords.load(row.text("what"), field: row.textOrNil("field"), edition: row.day("edition_day")),
                        before: row.textOrNil("before"), after: row.textOrNil("after"))
                )
            }
            + byHand.map { row in
                let action = row.text("action")
                // What other rooms keep before and after is in codes of theirs; the trail itself spells them.
                let isOurs = action.hasPrefix("directory.")
                return (
                    row.text("at"),
                    HistoryLine(
                        when: row.instant("at")?.dayInLondon.short ?? "",
                        what: isOurs ? HistoryWords.action(action) : words.words(action),
                        before: isOurs ? row.textOrNil("before") : nil, after: isOurs ? row.textOrNil("after") : nil)
                )
            }
        return lines.sorted { $0.0 > $1.0 }.map(\.1)
    }
}

/// The words of a setting's history.
enum HistoryWords {
    static func load(_ what: String, field: String?, edition: Day?) -> String {
        let from = edition.map { " in the register of \($0.medium)" } ?? ""
        switch what {
        case "new": return "First seen\(from)"
        case "gone": return "No longer listed\(from)"
        case "back": return "Listed again\(from)"
        case "disputed": return "\(Self.field(field)) corrected by hand differs\(from)"
        default: return "\(Self.field(field)) changed\(from)"
        }
    }

    static func action(_ code: String) -> String {
        let parts = code.split(separator: ".").map(String.init)
        let field = Self.field(parts.count > 3 ? parts[3] : nil)
        switch parts.count > 2 ? parts[2] : "" {
        case "corrected": return "\(field) corrected by hand"
        case "correction-undone": return "Correction of \(field.lowercased()) undone"
        case "correction-kept": return "Correction of \(field.lowercased()) kept"
        case "added": return "Added by hand"
        case "merged": return "Another record merged into this one"
        case "merge-undone": return "Merge undone"
        case "same-place": return "Marked as the same place as another"
        case "same-place-undone": return "No longer the same place as another"
        case "agreed": return "What it agreed to show changed"
        case "change-asked": return "\(field): the setting asked for a change"
        case "change-accepted": return "The change it asked for was accepted"
        case "change-declined": return "The change it asked for was declined"
        case "change-withdrawn": return "The change it asked for was taken back"
        default: return code
        }
    }

    private static func field(_ name: String?) -> String {
        guard let name else { return "Something" }
        if let field = CorrectableField(rawValue: name) { return field.label }
        let words = name.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
