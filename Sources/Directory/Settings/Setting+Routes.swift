internal import Civil
internal import House
internal import Page
internal import Store

extension Directory {
    /// A setting's page, and all that staff can do to its record.
    var settingRoutes: [Route] {
        let staff = "/staff/settings"
        return [
            route(.get, "/settings/{id}", .look, "A setting") { try await $0.settingPage($1) },
            route(.get, "\(staff)/new", .addSetting, "Add a setting no register knows") { try await $0.newSetting($1) },
            route(.post, "\(staff)/new", .addSetting, "Add a setting no register knows", at: Self.atHubOfForm) {
                try await $0.addSetting($1)
            },
            route(.get, "\(staff)/{id}", .seeRecord, "A setting, with where its facts come from", at: Self.atSetting) {
                try await $0.settingPage($1)
            },
            route(.get, "\(staff)/{id}/correct", .correctSetting, "Correct a setting’s facts", at: Self.atSetting) {
                try await $0.correctPage($1)
            },
            route(.post, "\(staff)/{id}/correct", .correctSetting, "Correct a setting’s facts", at: Self.atSetting) {
                try await $0.correct($1)
            },
            route(.post, "\(staff)/{id}/corrections/{correction}/undo", .correctSetting, "Undo a correction", at: Self.atSetting) {
                try await $0.decide($1, keeps: false)
            },
            route(
                .post, "\(staff)/{id}/corrections/{correction}/keep", .correctSetting, "Keep a correction the register disputes",
                at: Self.atSetting
            ) {
                try await $0.decide($1, keeps: true)
            },
            route(.get, "\(staff)/{id}/merge", .joinRecords, "Find the record this one doubles", at: Self.atSetting) {
                try await $0.pairPage($1, .merge)
            },
            route(.get, "\(staff)/{id}/same-place", .joinRecords, "Find the setting at the same place", at: Self.atSetting) {
                try await $0.pairPage($1, .samePlace)
            },
            route(.get, "\(staff)/{id}/merge/{other}", .joinRecords, "Confirm a merge", at: Self.atBothSettings) {
                try await $0.confirmMerge($1)
            },
            route(.post, "\(staff)/{id}/merge/{other}", .joinRecords, "Merge two records", at: Self.atBothSettings) {
                try await $0.merge($1)
            },
            route(.post, "/staff/merges/{merge}/undo", .joinRecords, "Undo a merge", at: Self.atMerge) { try await $0.undoMerge($1) },
            route(.post, "\(staff)/{id}/same-place/{other}", .joinRecords, "Mark two settings as one place", at: Self.atBothSettings) {
                try await $0.markSamePlace($1)
            },
            route(.post, "\(staff)/{id}/same-place/undo", .joinRecords, "No longer the same place", at: Self.atSetting) {
                try await $0.unmarkSamePlace($1)
            },
            route(.get, "/api/v1/settings/{id}", .look, "A setting", api: SettingJSON.oneDescription) {
                try await $0.settingJSON($1)
            },
            route(.get, "/api/v1/staff/settings/{id}", .seeRecord, "A setting", api: SettingJSON.oneDescription, at: Self.atSetting) {
                try await $0.settingJSON($1)
            },
        ]
    }

    static let noSuchSetting = Refusal.notFound("There is no setting at this address. It may have closed or been merged.")

    private func settingPage(_ request: Request) async throws -> Answer {
        let view = try await view(request)
        let place =
            request.audience == .staff
            ? try await tools.database.read { try Directory.whereabouts(ofSetting: view.setting.id, $0) } : Whereabouts()
        let page = SettingPage(
            view: view, audience: request.audience, neighbours: try await neighbours(of: view.setting, for: request.audience),
            asker: tools.asker, whereabouts: place)
        var frame = tools.frame(page.setting.title, for: request.audience, at: page.base, content: page.content)
        frame.lead = page.lead
        frame.notices = page.notices + Notices.done(request.query)
        let mayFind = Permission.answer(tools.asker.hats, .findAsTeam, .several) == .yes
        frame.breadcrumbs = [
            request.audience == .stranger
                ? Link("Find settings", page.base) : mayFind ? Link("Settings and map", page.base) : Link("Your account", "/account")
        ]
        frame.scripts = ["map.js"]
        if request.audience == .staff { frame.trail = tools.trail(of: "setting:\(page.setting.id)") }
        if page.may(.correctSetting) && page.setting.mergedInto == nil {
            frame.action = Action("Correct a fact", "\(page.path)/correct")
        }
        return .page(frame.html)
    }

    private func settingJSON(_ request: Request) async throws -> Answer {
        .json(SettingJSON.one(try await view(request), for: request.audience).bytes)
    }

    private func view(_ request: Request) async throws -> SettingView {
        let (today, words) = (tools.clock.today, tools.trailWords)
        let view = try await tools.database.read {
            try SettingView.load(request.parameter("id"), for: request.audience, on: today, words: words, in: $0)
        }
        guard let view else { throw Directory.noSuchSetting }
        return view
    }

    /// The five nearest other settings, homes by the middle of their ward.
    private func neighbours(of setting: Setting, for audience: Audience) async throws -> [SettingResults.Hit] {
        if setting.isHome && audience == .stranger || setting.isSecret { return [] }
        guard let latitude = setting.latitude, let longitude = setting.longitude else { return [] }
        return try await finder.nearest(
            5, latitude: latitude, longitude: longitude, hubID: setting.hubID, except: setting.id, for: audience)
    }
}

/// Words shown once after something was done, told by the address.
enum Notices {
    static func done(_ query: FormData) -> [Notice] {
        let words: String? =
            switch query["done"] {
            case "corrected": "Saved. What you wrote stands over the register until you undo it."
            case "undone": "Undone. The register’s fact stands again."
            case "kept": "Kept. Your correction stands."
            case "added": "Added. It is on the list and the map now."
            case "merged": "Merged. You can undo it from this page."
            case "unmerged": "The merge is undone: both records are back."
            case "same-place": "Marked as one place."
            case "change-accepted": "Accepted. What the setting asked for stands now."
            case "change-declined": "Declined. The setting sees your answer on its page."
            case "unmarked": "They are no longer marked as one place."
            case "agreed": "Saved what the setting agreed to show."
            default: nil
            }
        return words.map { [.success($0)] } ?? []
    }
}
