internal import Civil
internal import House
internal import Store

/// Every write of a campaign and its list.
enum Campaigns {
    static func make(_ words: CampaignWords, hub: String, _ tools: Tools, _ session: any Session) throws -> String {
        let id = tools.ids.next()
        try session.run(
            """
            insert into campaign (id, hub_id, title, purpose, asks, from_day, to_day, made_at, by_whom, version, edition)
            values (\(id), \(hub), \(words.title), \(words.purpose), \(words.asks), \(words.from), \(words.to), \(tools.clock.now),
                \(tools.asker.auditName), 1, 1)
            """)
        try Audit.log(session, tools, action: "network.campaign.made", subject: "campaign:\(id)", after: words.title)
        return id
    }

    /// Changes a campaign's words, unless somebody else did since this version. Returns whether it was changed.
    static func change(_ id: String, to words: CampaignWords, version: Int, _ tools: Tools, _ session: any Session) throws -> Bool {
        let changed = try session.run(
            """
            update campaign set title = \(words.title), purpose = \(words.purpose), asks = \(words.asks), from_day = \(words.from),
                to_day = \(words.to), version = version + 1
            where id = \(id) and version = \(version)
            """)
        if changed == 1 {
            try Audit.log(session, tools, action: "network.campaign.changed", subject: "campaign:\(id)", after: words.title)
        }
        return changed == 1
    }

    /// Puts settings on the list. Those that are on it stay as they are; those taken off come back. Returns how many were added.
    @discardableResult
    static func add(settings: [String], to campaign: String, hub: String, _ tools: Tools, _ session: any Session) throws -> Int {
        var added = 0
        for setting in Set(settings).sorted() {
            added += try session.run(
                """
                insert into campaign_target (id, campaign_id, hub_id, setting_id, added_at, by_whom)
                values (\(tools.ids.next()), \(campaign), \(hub), \(setting), \(tools.clock.now), \(tools.asker.auditName))
                on conflict (campaign_id, setting_id) where setting_id is not null do nothing
                """)
        }
        let back: SQL = "campaign_id = \(campaign) and removed_at is not null and setting_id in \(list: settings)"
        added += try session.run("update campaign_target set removed_at = null where \(back)")
        if added > 0 {
            try Audit.log(session, tools, action: "network.campaign.listed", subject: "campaign:\(campaign)", after: "\(added)")
        }
        return added
    }

    static func add(
        partner: (name: String, organisation: String, email: String?, telephone: String?, sector: Sector), to campaign: String, hub: String,
        _ tools: Tools, _ session: any Session
    ) throws {
        let id = tools.ids.next()
        try session.run(
            """
            insert into campaign_partner (id, hub_id, name, organisation, email, telephone, sector, made_at, by_whom, used_at)
            values (\(id), \(hub), \(partner.name), \(partner.organisation), \(partner.email), \(partner.telephone),
                \(partner.sector.rawValue), \(tools.clock.now), \(tools.asker.auditName), \(tools.clock.now))
            """)
        try add(knownPartner: id, to: campaign, hub: hub, tools, session)
    }

    /// Puts a partner the hub knows from another campaign on the list.
    static func add(knownPartner id: String, to campaign: String, hub: String, _ tools: Tools, _ session: any Session) throws {
        try session.run(
            """
            insert into campaign_target (id, campaign_id, hub_id, partner_id, added_at, by_whom)
            values (\(tools.ids.next()), \(campaign), \(hub), \(id), \(tools.clock.now), \(tools.asker.auditName))
            on conflict (campaign_id, partner_id) where partner_id is not null do update set removed_at = null
            """)
        try session.run("update campaign_partner set used_at = \(tools.clock.now) where id = \(id)")
        try Audit.log(session, tools, action: "network.campaign.partner", subject: "campaign:\(campaign)", after: "partner:\(id)")
    }

    /// Takes a line off the list, or puts it back. What was logged stays where it is.
    static func set(removed: Bool, _ target: String, of campaign: String, _ tools: Tools, _ session: any Session) throws {
        let at = removed ? tools.clock.now : nil
        try session.run("update campaign_target set removed_at = \(at) where id = \(target) and campaign_id = \(campaign)")
        try Audit.log(
            session, tools, action: removed ? "network.campaign.unlisted" : "network.campaign.relisted", subject: "campaign:\(campaign)",
            after: "target:\(target)")
    }

    /// Says who rings whom; nil for nobody.
    static func assign(_ callers: [String: String?], in campaign: String, _ tools: Tools, _ session: any Session) throws {
        for (target, caller) in callers.sorted(by: { $0.key < $1.key }) {
            try session.run("update campaign_target set caller_id = \(caller) where id = \(target) and campaign_id = \(campaign)")
        }
        if !callers.isEmpty {
            try Audit.log(session, tools, action: "network.campaign.callers", subject: "campaign:\(campaign)", after: "\(callers.count)")
        }
    }

    /// Logs what came of a call: an ordinary contact, and that it was of this campaign. Sent twice, written once. Two people who log the
    /// same line at once are both kept: each form has a number of its own.
    static func log(
        _ new: NewContact, reason: String?, target: String, of campaign: String, _ tools: Tools, _ session: any Session
    ) throws {
        guard try Contacts.log(new, tools, session) else { return }
        // Whoever promised to ring again has rung.
        try session.run(
            """
            update contact set next_done_at = \(tools.clock.now), next_done_by = \(tools.asker.auditName)
            where next_day is not null and next_done_at is null and id in (select contact_id from campaign_call where target_id = \(target))
            """)
        try session.run(
            """
            insert into campaign_call (contact_id, campaign_id, target_id, reason)
            values (\(new.id), \(campaign), \(target), \(reason))
            """)
        if new.words.settings.isEmpty {
            try Audit.log(
                session, tools, action: "network.contact.logged", subject: "campaign:\(campaign)",
                after: "\(new.words.how.rawValue) \(new.words.day.iso) \(new.words.outcome.rawValue)")
        }
        if new.words.outcome == .joined {
            for setting in new.words.settings { try Memberships.join(setting, new.hubID, on: new.words.day, tools, session) }
        }
    }

    static func close(_ id: String, result: String?, _ tools: Tools, _ session: any Session) throws {
        let closed = try session.run(
            """
            update campaign set closed_at = \(tools.clock.now), closed_by = \(tools.asker.auditName), result = \(result),
                version = version + 1
            where id = \(id) and closed_at is null
            """)
        guard closed == 1 else { return }
        // How long partners' names are kept counts from here.
        try session.run(
            """
            update campaign_partner set used_at = \(tools.clock.now)
            where id in (select partner_id from campaign_target where campaign_id = \(id) and partner_id is not null)
            """)
        try Audit.log(session, tools, action: "network.campaign.closed", subject: "campaign:\(id)", after: result)
    }

    static func reopen(_ id: String, _ tools: Tools, _ session: any Session) throws {
        let opened = try session.run(
            "update campaign set closed_at = null, closed_by = null, version = version + 1 where id = \(id) and closed_at is not null")
        if opened == 1 { try Audit.log(session, tools, action: "network.campaign.reopened", subject: "campaign:\(id)") }
    }
}
