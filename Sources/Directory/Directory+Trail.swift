public import House
internal import Store

extension Directory {
    /// What this room writes in the trail, in plain words.
    public static let trailWords = TrailWords(
        settingActions + fieldActions + loadActions + hubActions + planActions + formatActions, kinds: trailKinds)

    private static let settingActions: [TrailAction] = [
        TrailAction("directory.setting.added", "Added a setting by hand", own: .fact),
        TrailAction("directory.setting.agreed", "Changed what may be shown of a setting", agreedWords, own: .all),
        TrailAction("directory.setting.change-accepted", "Said yes to a change a setting asked for", own: .all),
        TrailAction("directory.setting.change-declined", "Said no to a change a setting asked for", own: .all),
        TrailAction("directory.setting.change-withdrawn", "Took back a change the setting had asked for", own: .all),
        TrailAction("directory.setting.merged", "Merged another record into a setting", own: .fact),
        TrailAction("directory.setting.merge-undone", "Took two merged records apart", own: .fact),
        TrailAction("directory.setting.same-place", "Marked two settings as one place", own: .fact),
        TrailAction("directory.setting.same-place-undone", "Marked two settings as two places", .codes([:]), own: .fact),
        TrailAction("directory.duplicate.different", "Said that two records are two settings"),
        TrailAction("directory.duplicate.reopened", "Opened the question again whether two records are one"),
    ]

    /// One line for each fact that can be changed by hand. The team's note is the team's.
    private static let fieldActions: [TrailAction] = CorrectableField.allCases.flatMap { field -> [TrailAction] in
        let name = field == .note ? "the team’s note" : "the \(field.label.lowercased())"
        let reading = TrailAction.Reading.made { field.words($0) ?? $0 }
        let own: TrailAction.OwnView = field == .note ? .nothing : .all
        return [
            TrailAction(
                "directory.setting.corrected.\(field.rawValue)", "Corrected \(name) of a setting", field: field.label, reading, own: own),
            TrailAction(
                "directory.setting.correction-undone.\(field.rawValue)", "Took back a correction of \(name)", field: field.label, reading,
                own: own),
            TrailAction(
                "directory.setting.correction-kept.\(field.rawValue)", "Kept a correction of \(name) over the register’s word",
                field: field.label, reading, own: own),
            TrailAction(
                "directory.setting.change-asked.\(field.rawValue)", "Asked for a change of \(name)", field: field.label, reading, own: own),
        ]
    }

    private static let loadActions: [TrailAction] = [
        TrailAction("directory.load.received", "Sent in a register or a list"),
        TrailAction("directory.load.applied", "Loaded a register or a list"),
        TrailAction("directory.load.thrown-away", "Threw away a file that was sent in"),
    ]

    private static let hubActions: [TrailAction] = [
        TrailAction("directory.hub.created", "Made a hub"),
        TrailAction("directory.hub.changed", "Changed a hub’s name or wards"),
        TrailAction("directory.hub.identity-changed", "Changed how a hub looks and is reached"),
        TrailAction("directory.hub.opened", "Opened a hub to everybody"),
        TrailAction("directory.hub.closed", "Closed a hub to strangers"),
        TrailAction(
            "directory.hub.wish", "Changed whether settings’ changes wait for the team",
            .codes(["wait": "the team looks first", "at-once": "they stand at once"])),
    ]

    private static let planActions: [TrailAction] = [
        TrailAction("directory.scheme.created", "Began to divide a hub"),
        TrailAction("directory.plan.drawn", "Drew a plan of areas"),
        TrailAction("directory.plan.move", "Changed a draft: moved wards or settings"),
        TrailAction("directory.plan.lock", "Changed a draft: locked a part"),
        TrailAction("directory.plan.unlock", "Changed a draft: unlocked a part"),
        TrailAction("directory.plan.rename", "Changed a draft: renamed an area"),
        TrailAction("directory.plan.base", "Changed a draft: chose a base"),
        TrailAction("directory.plan.free-base", "Changed a draft: left the base open"),
        TrailAction("directory.plan.redraw", "Changed a draft: drew it anew"),
        TrailAction("directory.plan.undone", "Took back the last change of a draft"),
        TrailAction("directory.plan.renamed", "Renamed a plan of areas"),
        TrailAction("directory.plan.deleted", "Deleted a draft of areas"),
        TrailAction("directory.plan.published", "Published a plan of areas", .codes([:])),
        TrailAction("directory.plan.unpublished", "Took back a published plan of areas", .codes([:])),
    ]

    private static let formatActions: [TrailAction] = [
        TrailAction("directory.format.asked", "Asked for a page in another format", formatWords),
        TrailAction("directory.format.answered", "Answered a request for another format", .codes([:])),
        TrailAction("directory.format.reopened", "Opened a request for another format again", .codes([:])),
        TrailAction("directory.format.cleared", "Took the name out of an answered request for another format"),
    ]

    private static let agreedWords = TrailAction.Reading.codes(
        Dictionary(uniqueKeysWithValues: AgreedField.allCases.map { ($0.rawValue, $0.words.lowercased()) }))
    private static let formatWords = TrailAction.Reading.codes(
        Dictionary(uniqueKeysWithValues: FormatRequest.Format.allCases.map { ($0.rawValue, $0.words) }))

    private static let trailKinds: [TrailKind] = [
        TrailKind("setting", "Setting", opens: .seeRecord) { ids, session in
            try session.all("\(Setting.select) where s.id in \(list: ids)").map {
                let setting = Setting($0)
                return .init(setting.id, setting.title, page: "/staff/settings/\(setting.id)")
            }
        },
        TrailKind("hub", "Hub", opens: .seeHubPages) { ids, session in
            try session.all("select id, name from hub where id in \(list: ids)").map {
                .init($0.text("id"), $0.text("name"), page: "/staff/hubs/{hub}", hubID: $0.text("id"))
            }
        },
        TrailKind("scheme", "Way of dividing a hub", opens: .seeHubPages) { ids, session in
            try session.all("select id, name, hub_id from scheme where id in \(list: ids)").map {
                .init($0.text("id"), $0.text("name"), page: "/staff/hubs/{hub}/schemes/\($0.text("id"))", hubID: $0.text("hub_id"))
            }
        },
        TrailKind("plan", "Plan of areas", opens: .seeHubPages) { ids, session in
            try session.all(
                "select p.id, p.name, s.hub_id from plan p join scheme s on s.id = p.scheme_id where p.id in \(list: ids)"
            ).map {
                .init(
                    $0.text("id"), $0.text("name"),
                    page: "/staff/hubs/{hub}/plans/\($0.text("id"))", hubID: $0.text("hub_id"))
            }
        },
        TrailKind("area", "Mini-hub") { ids, session in
            try session.all("select id, name from area where id in \(list: ids)").map { .init($0.text("id"), $0.text("name")) }
        },
        TrailKind("load", "Loaded file", opens: .loadRegisters) { ids, session in
            try session.all("select id, file_name from load where id in \(list: ids)").map {
                .init($0.text("id"), $0.text("file_name"), page: "/staff/registers/\($0.text("id"))")
            }
        },
        TrailKind("format", "Request for another format", opens: .answerFormats) { ids, session in
            try session.all("select id, what, hub_id from format_request where id in \(list: ids)").map {
                .init(
                    $0.text("id"), $0.text("what"), page: "/staff/hubs/{hub}/formats/\($0.text("id"))", hubID: $0.text("hub_id"))
            }
        },
    ]
}
