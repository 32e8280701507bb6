internal import Civil
internal import House
internal import Page
internal import Store

extension Directory {
    /// A setting's page, and all that staff can do to its record.
    var settingRoutes: [Route] {
        let staff = "/staff/settings"
        return [
            Route(.get, "/settings/{id}", .stranger, "A setting") { try await self.settingPage($0) },
            Route(.get, "\(staff)/new", .staff, "Add a setting no register knows") { try await self.newSetting($0) },
            Route(.post, "\(staff)/new", .staff, "Add a setting no register knows") { try await self.addSetting($0) },
            Route(.get, "\(staff)/{id}", .staff, "A setting, with where its facts come from") {
                try await self.settingPage($0)
            },
            Route(.get, "\(staff)/{id}/correct", .staff, "Correct a setting’s facts") { try await self.correctPage($0) },
            Route(.post, "\(staff)/{id}/correct", .staff, "Correct a setting’s facts") { try await self.correct($0) },
            Route(.post, "\(staff)/{id}/corrections/{correction}/undo", .staff, "Undo a correction") {
                try await self.decide($0, keeps: false)
            },
            Route(.post, "\(staff)/{id}/corrections/{correction}/keep", .staff, "Keep a correction the register disputes") {
                try await self.decide($0, keeps: true)
            },
            Route(.get, "\(staff)/{id}/merge", .staff, "Find the record this one doubles") {
                try await self.pairPage($0, .merge)
            },
            Route(.get, "\(staff)/{id}/same-place", .staff, "Find the setting at the same place") {
                try await self.pairPage($0, .samePlace)
            },
            Route(.get, "\(staff)/{id}/merge/{other}", .staff, "Confirm a merge") { try await self.confirmMerge($0) },
            Route(.post, "\(staff)/{id}/merge/{other}", .staff, "Merge two records") { try await self.merge($0) },
            Route(.post, "/staff/merges/{merge}/undo", .staff, "Undo a merge") { try await self.undoMerge($0) },
            Route(.post, "\(staff)/{id}/same-place/{other}", .staff, "Mark two settings as one place") {
                try await self.markSamePlace($0)
            },
            Route(.post, "\(staff)/{id}/same-place/undo", .staff, "No longer the same place") {
                try await self.unmarkSamePlace($0)
            },
            Route(.get, "/api/v1/settings/{id}", .stranger, "A setting", api: SettingJSON.oneDescription) {
                try await self.settingJSON($0)
            },
            Route(.get, "/api/v1/staff/settings/{id}", .staff, "A setting", api: SettingJSON.oneDescription) {
                try await self.settingJSON($0)
            },
        ]
    }

    static let noSuchSetting = Refusal.notFound("There is no setting at this address. It may have closed or been merged.")

    private func settingPage(_ request: Request) async throws -> Answer {
        let view = try await view(request)
        let page = SettingPage(
            view: view, audience: request.audience, neighbours: try await neighbours(of: view.setting, for: request.audience))
        var frame = tools.frame(page.setting.title, for: request.audience, at: page.base, content: page.content)
        frame.lead = page.lead
        frame.notices = page.notices + Notices.done(request.query)
        frame.breadcrumbs = [Link(request.audience == .staff ? "Settings and map" : "Find settings", page.base)]
        frame.scripts = ["map.js"]
        if request.audience == .staff && page.setting.mergedInto == nil {
            frame.action = Action("Correct a fact", "\(page.path)/correct")
        }
        return .page(frame.html)
    }

    private func settingJSON(_ request: Request) async throws -> Answer {
        .json(SettingJSON.one(try await view(request), for: request.audience).bytes)
    }

    private func view(_ request: Request) async throws -> SettingView {
        let today = tools.clock.today
        let view = try await tools.database.read {
            try SettingView.load(request.parameter("id"), for: request.audience, on: today, in: $0)
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
            case "unmarked": "They are no longer marked as one place."
            case "agreed": "Saved what the setting agreed to show."
            default: nil
            }
        return words.map { [.success($0)] } ?? []
    }
}
