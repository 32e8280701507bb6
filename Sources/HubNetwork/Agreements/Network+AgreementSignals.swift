internal import Civil
internal import House
internal import Identity
internal import Page
internal import Store

extension Signal {
    static let noPledge = Signal("no-pledge", "No signed pledge", doing: "Ask them to sign")
    static let renewPledge = Signal("renew-pledge", "Pledge to renew", doing: "Ask them to renew")
    static let noAgreement = Signal("no-agreement", "Agreement not signed", doing: "Ask them to sign")
}

/// What pledges and agreements say elsewhere in the house: the live picture, the timeline, what is due.
extension Network {
    /// One statement however many signatures there are.
    static let pledgeWatch = Watch([.noPledge, .renewPledge, .noAgreement]) { hub, session in
        var found: [String: Watched] = [:]
        try session.each(
            """
            select a.id as agreement_id, a.kind, v.number, v.title, v.asks_again, v.needs_both, v.renews, v.notice_days, s.setting_id, s.day,
                s.countersigned_at
            from agreement a join agreement_version v on v.agreement_id = a.id and v.published_at is not null
            left join signature s on s.version_id = v.id and s.withdrawn_at is null and s.renewed_by is null
            where a.hub_id = \(hub.id) and a.is_open = 1
            """
        ) { row in
            guard let kind: AgreementKind = row.code("kind") else { return }
            found[row.text("agreement_id"), default: Watched(kind: kind)].add(row)
        }
        return found.sorted { $0.key < $1.key }.flatMap { sightings(hub, $0.value, isOnly: found.count == 1) }
    }

    /// An agreement that is open for signing, as the live picture looks at it.
    private struct Watched {
        let kind: AgreementKind
        var title = ""
        var newest = 0
        var floor = 1
        var signed: [(setting: String, day: Day, isCountersigned: Bool, terms: SigningRule.Terms)] = []

        mutating func add(_ row: Row) {
            let number = row.int("number")
            if number >= newest {
                newest = number
                title = row.text("title")
            }
            if row.bool("asks_again") { floor = max(floor, number) }
            guard let setting = row.textOrNil("setting_id"), let day = row.day("day") else { return }
            let terms = SigningRule.Terms(
                number: number, needsBoth: row.bool("needs_both"), renews: row.bool("renews"), noticeDays: row.int("notice_days"))
            signed.append((setting, day, row.textOrNil("countersigned_at") != nil, terms))
        }

        init(kind: AgreementKind) { self.kind = kind }
    }

    private static func sightings(_ hub: WatchedHub, _ watched: Watched, isOnly: Bool) -> [Sighting] {
        var states: [String: [SigningRule.State]] = [:]
        for signature in watched.signed {
            states[signature.setting, default: []].append(
                SigningRule.state(
                    signedOn: signature.day, isCountersigned: signature.isCountersigned, signature.terms, floor: watched.floor,
                    on: hub.today))
        }
        let path = "/staff/network/{hub}/log?setting={setting}"
        let missing: Signal = watched.kind == .pledge ? .noPledge : .noAgreement
        let title = isOnly ? "" : "“\(watched.title)”"
        return hub.settingIDs.compactMap { id in
            switch states[id].flatMap(SigningRule.best) {
            case .holds, .waiting: nil
            case .due(let until): Sighting(id, .renewPledge, "by \(until.medium)", path: path)
            case .lapsed(let on): Sighting(id, missing, "its year ended on \(on.medium)", path: path)
            case .olderText: Sighting(id, missing, "signed an older text", path: path)
            case nil: Sighting(id, missing, title, path: path)
            }
        }
    }

    /// Who signed for a setting, and who took it back. The reason is the team's.
    static let signatureChapter = Chapter { setting, reader, before, limit, session in
        var condition: SQL = "s.setting_id = \(setting)"
        var isForTeam = false
        if case .team(let hub) = reader {
            condition = "\(condition) and s.hub_id = \(hub)"
            isForTeam = true
        }
        if let before {
            condition = "\(condition) and (s.day < \(before.day) or (s.day = \(before.day) and s.id < \(before.key)))"
        }
        let rows = try session.all(
            """
            select s.*, v.title, v.number, v.agreement_id, v.needs_both from signature s join agreement_version v on v.id = s.version_id
            where \(condition) order by s.day desc, s.id desc limit \(limit)
            """)
        return rows.compactMap { row in
            guard let signature = Signature(row) else { return nil }
            let agreement = row.text("agreement_id")
            var detail: HTML = "<p>\(signature.signer), \(signature.how.words).</p>"
            if let withdrawal = signature.withdrawal {
                let reason: HTML? = isForTeam ? ": \(withdrawal.because)" : nil
                detail = "\(detail)<p>\(Tag("Taken back", .bad)) on \(withdrawal.at.dayInLondon.medium)\(reason)</p>"
            } else if let at = signature.countersignedAt {
                detail = "\(detail)<p>The hub signed on \(at.dayInLondon.medium).</p>"
            } else if row.bool("needs_both") {
                detail = "\(detail)<p>\(Tag("Waiting for the hub", .note))</p>"
            }
            return TimelineEntry(
                day: signature.day, key: signature.id, title: "Signed “\(row.text("title"))”, version \(row.int("number"))", detail: detail,
                href: isForTeam ? nil : "/own/\(setting)/pledges/\(agreement)")
        }
    }

    private static func hubs(_ asker: Asker, _ deed: Deed) -> SQL {
        if asker.isAdministrator { return "1 = 1" }
        let own = asker.hats.filter { deed.reaches[$0.role] == .ownHub }.compactMap(\.hubID)
        return "s.hub_id in \(list: own)"
    }

    /// What waits for the hub: its own signature, and settings to be named.
    static func agreementDues(clock: Clock) -> [Due] {
        [
            Due(
                .writePledges, "/staff/pledges", one: "signature waits for the hub’s own", several: "signatures wait for the hub’s own",
                count: { asker, session in
                    try session.count(
                        """
                        select count(*) from signature s join agreement_version v on v.id = s.version_id
                        where v.needs_both = 1 and s.countersigned_at is null and s.withdrawn_at is null and s.renewed_by is null
                            and \(hubs(asker, .writePledges))
                        """)
                }),
            Due(
                .enterPledges, "/staff/pledges", one: "signature names a setting we did not find",
                several: "signatures name settings we did not find",
                count: { asker, session in
                    try session.count(
                        """
                        select count(*) from signature s
                        where s.setting_id is null and s.withdrawn_at is null and s.renewed_by is null and \(hubs(asker, .enterPledges))
                        """)
                }),
        ]
    }
}
