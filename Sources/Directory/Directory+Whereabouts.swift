public import House
internal import Page
public import Store

/// Where the deeds of this room are done, found from a request's own address.
extension Directory {
    /// The hub named in the address. A scheme or a plan named there too must be that hub's own.
    static func atHub(_ request: Request, _ session: any Session) throws -> Whereabouts {
        let hub = try Hubs.named(request.parameter("hub"), session).id
        if let scheme = request.parameters["scheme"],
            try session.count("select count(*) from scheme where id = \(scheme) and hub_id = \(hub)") == 0
        {
            throw Refusal.notFound("There is no such division of this hub.")
        }
        if let plan = request.parameters["plan"],
            try session.count(
                "select count(*) from plan p join scheme s on s.id = p.scheme_id where p.id = \(plan) and s.hub_id = \(hub)") == 0
        {
            throw Refusal.notFound("There is no plan at this address.")
        }
        return Whereabouts(hubs: [hub])
    }

    /// The hub whose plan the address names by its id alone.
    static func atPlan(_ request: Request, _ session: any Session) throws -> Whereabouts {
        let hub = try session.first(
            "select s.hub_id from plan p join scheme s on s.id = p.scheme_id where p.id = \(request.parameter("id"))")
        guard let hub else { throw Refusal.notFound("There is no plan at this address.") }
        return Whereabouts(hubs: [hub.text("hub_id")])
    }

    /// The setting named in the address.
    static func atSetting(_ request: Request, _ session: any Session) throws -> Whereabouts {
        try whereabouts(ofSetting: request.parameter("id"), session)
    }

    /// Two settings named in the address: who acts on both must reach both.
    static func atBothSettings(_ request: Request, _ session: any Session) throws -> Whereabouts {
        let one = try whereabouts(ofSetting: request.parameter("id"), session)
        let other = try whereabouts(ofSetting: request.parameter("other"), session)
        return Whereabouts(
            hubs: one.hubs.intersection(other.hubs), areas: one.areas.intersection(other.areas), settingID: one.settingID)
    }

    /// The setting whose merge the address names.
    static func atMerge(_ request: Request, _ session: any Session) throws -> Whereabouts {
        let merge = try session.first("select gone_id from merge where id = \(request.parameter("merge"))")
        guard let merge else { throw Directory.noSuchSetting }
        return try whereabouts(ofSetting: merge.text("gone_id"), session)
    }

    /// The hub a form names as the owner of a new setting; a setting of everybody's is nobody's hub.
    static func atHubOfForm(_ request: Request, _ session: any Session) throws -> Whereabouts {
        guard let slug = request.form["hub"], !slug.isEmpty else { return .several }
        return Whereabouts(hubs: [try Hubs.named(slug, session).id])
    }

    /// The hubs a setting belongs to: the one that owns it, or those whose wards it lies in; and its areas in force.
    public static func whereabouts(ofSetting id: String, _ session: any Session) throws -> Whereabouts {
        guard let setting = try session.first("select hub_id, ward_code from setting where id = \(id)") else {
            throw Directory.noSuchSetting
        }
        let ward = setting.textOrNil("ward_code") ?? ""
        let hubs =
            try setting.textOrNil("hub_id").map { [$0] }
            ?? session.all(
                """
                select w.hub_id from hub_ward w join hub h on h.id = w.hub_id where w.ward_code = \(ward) and h.is_sample = 0
                """
            ).map { $0.text("hub_id") }
        let areas = try session.all(
            """
            select w.area_id from area_ward w join plan p on p.id = w.plan_id join scheme s on s.id = p.scheme_id
            where w.ward_code = \(ward) and p.status = 'published' and s.hub_id in \(list: hubs)
            union select m.area_id from area_setting m join plan p on p.id = m.plan_id
            where m.setting_id = \(id) and p.status = 'published'
            """)
        return Whereabouts(hubs: Set(hubs), areas: Set(areas.map { $0.text("area_id") }), settingID: id)
    }

    /// The hub a person's lists begin with: the one asked for if they may know of it, else that of the hat they wear. An
    /// administrator may ask for all of them at once (nil).
    func hubToShow(_ asked: String?, _ session: any Session) throws -> String? {
        let asker = tools.asker
        if let asked {
            let hub = try Hubs.named(asked, session)
            guard asker.knows(hub: hub.id) else { throw Refusal.notFound("There is no hub at this address.") }
            return asked
        }
        if asker.isAdministrator { return nil }
        guard let id = asker.worn?.hubID else { throw Refusal.forbidden("See a hub’s settings") }
        return try Hubs.with(id: id, session).slug
    }
}
