internal import Civil
internal import Directory
public import House
internal import Identity
internal import Store

/// Writes to a setting's people, and to whoever stands beside its area for the hub, when a signature is to be renewed
/// (`docs/rules/pledges.md`). Once for each signature, from eight in the morning of its first day on.
///
/// What was told is remembered by the trail, in the transaction of the news itself: it is kept a year at the least, and no signature is due for
/// longer. So killed at any moment nobody is told twice, and several copies of the program share the work.
struct PledgeRenewals: Sendable {
    let tools: Tools
    /// How many settings are told in one transaction.
    var step = 50

    static let hour = 8
    static let told = "network.pledge.renewal-told"

    /// A look every half hour; nearly always there is nobody to tell.
    var job: Job { Job("pledge-renewals", every: 1_800) { try await runIfDue() } }

    /// A signature that is to be renewed.
    private struct Due: Sendable {
        let signature: Signature
        let setting: String
        let until: Day
    }

    /// Tells everybody whom it is time to tell. Returns for how many settings.
    @discardableResult
    func runIfDue() async throws -> Int {
        let today = tools.clock.today
        guard tools.clock.now >= Instant.inLondon(today, hour: PledgeRenewals.hour) else { return 0 }
        let agreements = try await tools.database.read { session in
            try session.all(
                """
                select a.id from agreement a where a.is_open = 1 and exists (
                    select 1 from agreement_version v where v.agreement_id = a.id and v.published_at is not null and v.renews = 1)
                order by a.id
                """
            ).map { $0.text("id") }
        }
        var count = 0
        do {
            for id in agreements {
                // Most looks find nothing, and need not write.
                guard try await !tools.database.read({ try waiting(Agreements.with(id: id, $0), on: today, $0) }).isEmpty else { continue }
                while case let told = try await tools.database.write({ try take(id, on: today, $0) }), told > 0 { count += told }
            }
        } catch StoreError.busy {
            // Another copy of the program is at it; what it leaves is there at the next look.
        }
        return count
    }

    /// The signatures that stand for their settings, are to be renewed, and of which nobody was told yet; the first to end comes first.
    private func waiting(_ agreement: Agreement, on today: Day, _ session: any Session) throws -> [Due] {
        guard agreement.isOpen, agreement.current != nil else { return [] }
        var states: [String: [(Signature, SigningRule.State)]] = [:]
        for signature in try Signatures.of(agreement, session) {
            guard let setting = signature.settingID, let state = signature.state(agreement, on: today) else { continue }
            states[setting, default: []].append((signature, state))
        }
        let due = states.compactMap { setting, all -> Due? in
            let best = SigningRule.best(all.map(\.1))
            guard case .due(let until) = best, let signature = all.first(where: { $0.1 == best })?.0 else { return nil }
            return Due(signature: signature, setting: setting, until: until)
        }
        if due.isEmpty { return [] }
        let since = tools.clock.now.adding(seconds: -400 * 86_400)
        let rows = try session.all(
            "select subject from audit where who = \(Asker.house.auditName) and at >= \(since) and action = \(PledgeRenewals.told)")
        let told = Set(rows.map { $0.text("subject") })
        return due.filter { !told.contains("signature:\($0.signature.id)") }.sorted { ($0.until, $0.setting) < ($1.until, $1.setting) }
    }

    /// One step of one agreement. Returns how many settings were told.
    private func take(_ id: String, on today: Day, _ session: any Session) throws -> Int {
        // One copy of the program at a time.
        try session.lock("eyhub.pledge-renewals")
        let agreement = try Agreements.with(id: id, session)
        let due = Array(try waiting(agreement, on: today, session).prefix(step))
        if due.isEmpty { return 0 }
        let titles = try Directory.titles(of: due.map(\.setting), session)
        var lines: [String: [String]] = [:]
        for one in due {
            let title = titles[one.setting] ?? "Your setting"
            let people = try people(of: one.setting, agreement.hubID, session)
            for person in people {
                try tools.tell(
                    person,
                    News(
                        "“\(agreement.title)” is to be renewed",
                        [
                            "\(title) signed it on \(one.signature.day.medium). The signature holds until \(one.until.adding(days: -1).medium).",
                            "Sign again before then, and it goes on for another year.",
                        ], path: "/own/\(one.setting)/pledges/\(agreement.id)"), session)
            }
            let nobody = people.isEmpty ? "; nobody of the setting is signed up here, so nobody there was written to" : ""
            for person in try linkPeople(of: one.setting, agreement.hubID, session) {
                lines[person, default: []].append("\(title): by \(one.until.adding(days: -1).medium)\(nobody).")
            }
            try Audit.log(
                session, tools, action: PledgeRenewals.told, subject: "signature:\(one.signature.id)", after: "due by \(one.until.iso)",
                hub: agreement.hubID)
        }
        // One letter for all the settings somebody stands beside: many sign on the same day.
        let path = "\(agreement.path(try Directory.hubSlug(agreement.hubID, session)))/settings?show=due"
        for (person, lines) in lines.sorted(by: { $0.key < $1.key }) {
            let subject =
                lines.count == 1
                ? "One setting is to renew “\(agreement.title)”" : "\(lines.count) settings are to renew “\(agreement.title)”"
            try tools.tell(person, News(subject, lines, path: path), session)
        }
        return due.count
    }

    /// Those who may sign for the setting.
    private func people(of setting: String, _ hub: String, _ session: any Session) throws -> [String] {
        Set(try PeopleBook.of(hub: hub, setting: setting, roles: [.manager, .practitioner], session).map(\.id)).sorted()
    }

    /// Who stands beside the setting's area for the hub; where nobody does, the hub's leads.
    private func linkPeople(of setting: String, _ hub: String, _ session: any Session) throws -> [String] {
        let areas = try Directory.whereabouts(ofSetting: setting, session).areas.sorted()
        let links = try session.all(
            """
            select distinct link_person from area_post
            where hub_id = \(hub) and to_day is null and link_person is not null and area_id in \(list: areas)
            """
        ).map { $0.text("link_person") }
        if !links.isEmpty { return links.sorted() }
        return Set(try PeopleBook.of(hub: hub, roles: [.hubLead], session).map(\.id)).sorted()
    }
}

extension Network {
    public var jobs: [Job] { [PledgeRenewals(tools: tools.serving(.house)).job] }
}
