internal import Civil
internal import House
internal import Page
internal import Store

extension Directory {
    /// A setting for its own people: what is held, what strangers see, what they may change (`docs/rules/own-setting.md`).
    var ownRoutes: [Route] {
        [
            route(.get, "/own", .seeOwnSetting, "One’s own setting") { try await $0.ownSettings($1) },
            route(.get, "/own/{id}", .seeOwnSetting, "What is held of one’s own setting", at: Self.atSetting) { try await $0.ownPage($1) },
            route(.get, "/own/{id}/preview", .seeOwnSetting, "One’s own setting as strangers see it", at: Self.atSetting) {
                try await $0.ownPreview($1)
            },
            route(.get, "/own/{id}/edit", .mindSetting, "Change one’s own setting’s facts", at: Self.atSetting) {
                try await $0.ownEdit($1)
            },
            route(.post, "/own/{id}/edit", .mindSetting, "Change one’s own setting’s facts", at: Self.atSetting) {
                try await $0.saveOwnEdit($1)
            },
            route(.post, "/own/{id}/changes/withdraw", .mindSetting, "Take back what one asked for", at: Self.atSetting) {
                try await $0.withdrawOwnChange($1)
            },
            route(.get, "/own/{id}/agreed", .mindSetting, "What of one’s own setting may be shown", at: Self.atSetting) {
                try await $0.agreedPage($1)
            },
            route(.post, "/own/{id}/agreed", .mindSetting, "What of one’s own setting may be shown", at: Self.atSetting) {
                try await $0.saveAgreed($1)
            },
        ]
    }

    /// The settings one has a part in; with only one, straight to it.
    private func ownSettings(_ request: Request) async throws -> Answer {
        let ids = request.asker.hats.filter { Deed.seeOwnSetting.reaches[$0.role] != nil }.compactMap(\.settingID)
        let settings = try await tools.database.read { session in
            try Array(Set(ids)).compactMap { try Setting.find($0, for: .staff, in: session) }
        }.sorted { ($0.title, $0.id) < ($1.title, $1.id) }
        if let only = settings.first, settings.count == 1 { return .redirect(to: "/own/\(only.id)") }
        var frame = tools.frame("Your settings", for: .staff, at: "/own")
        frame.content =
            settings.isEmpty
            ? EmptyState(
                "No setting of yours yet",
                "Find your nursery, school or childminding on the list, and say on its page that you run it.",
                action: Action("Find your setting", "/settings"), picture: .people
            ).html
            : Todo(settings.map { TodoItem($0.title, href: "/own/\($0.id)", mark: $0.type.mark, detail: "\($0.wardName)") }).html
        return .page(frame.html)
    }

    private func ownPage(_ request: Request) async throws -> Answer {
        let id = request.parameter("id")
        let page = try await tools.database.read { session in
            guard let setting = try Setting.find(id, for: .staff, in: session) else { throw Directory.noSuchSetting }
            return OwnPage(
                setting: setting, registrations: try Registration.of(setting: id, in: session),
                corrected: Set(try Correction.standing(for: id, in: session).map(\.field)),
                waiting: try Proposals.waiting(for: id, session),
                decided: try Proposals.decided(for: id, session), agreed: try AgreedFields.of(setting: id, session),
                strangers: setting.forStrangers(agreed: try Setting.agreedFields(id, in: session)))
        }
        let mayChange = Permission.answer(request.asker.hats, .mindSetting, Whereabouts(settingID: id)) == .yes
        var frame = tools.frame(page.setting.title, for: .staff, at: "/own", content: page.content(mayChange: mayChange))
        frame.lead = "\(page.setting.type.mark.icon()) \(page.setting.type.name)\(page.setting.wardName.map { ", \($0) ward" })"
        frame.notices = OwnPage.done(request.query) + page.notices(mayChange: mayChange)
        if mayChange && page.setting.mergedInto == nil { frame.action = Action("Change your entry", "/own/\(id)/edit") }
        return .page(frame.html)
    }

    /// Exactly what everybody gets at the public address, or that they get nothing.
    private func ownPreview(_ request: Request) async throws -> Answer {
        let id = request.parameter("id")
        let today = tools.clock.today
        let (seen, title) = try await tools.database.read { session in
            (
                try SettingView.load(id, for: .stranger, on: today, in: session),
                try Setting.find(id, for: .staff, in: session)?.title ?? ""
            )
        }
        var frame = tools.frame("What strangers see", for: .staff, at: "/own")
        frame.breadcrumbs = [Link(title, "/own/\(id)")]
        if let seen {
            let page = SettingPage(view: seen, audience: .stranger, neighbours: [])
            frame.lead = "Everybody finds this under the name “\(page.setting.title)”."
            frame.content = "<h2>\(page.setting.title)</h2><p>\(page.lead)</p>\(page.content)"
            frame.scripts = ["map.js"]
        } else {
            frame.content =
                EmptyState("Nothing at all", "Strangers do not find this setting: it is closed, kept secret, or no longer on its register.")
                .html
        }
        return .page(frame.html)
    }
}
