internal import Civil
internal import Directory
internal import House
internal import Store

/// What became of a signature that was given.
enum Signed: Sendable {
    case new(Signature)
    /// The same form came twice: it is one signature.
    case same(Signature)
    /// The same person signed the same text for the same setting before, and it holds.
    case already(Signature)

    var signature: Signature {
        switch self {
        case .new(let signature), .same(let signature), .already(let signature): signature
        }
    }
}

/// Signatures as they stand in the database.
enum Signatures {
    /// All that were ever given under an agreement, newest first.
    static func of(_ agreement: Agreement, _ session: any Session) throws -> [Signature] {
        try session.all(
            """
            select s.* from signature s join agreement_version v on v.id = s.version_id where v.agreement_id = \(agreement.id)
            order by s.day desc, s.signed_at desc, s.id desc
            """
        ).compactMap(Signature.init)
    }

    /// Those of one setting.
    static func of(_ agreement: Agreement, setting: String, _ session: any Session) throws -> [Signature] {
        try session.all(
            """
            select s.* from signature s join agreement_version v on v.id = s.version_id
            where v.agreement_id = \(agreement.id) and s.setting_id = \(setting) order by s.day desc, s.signed_at desc, s.id desc
            """
        ).compactMap(Signature.init)
    }

    static func with(id: String, _ session: any Session) throws -> Signature? {
        try session.first("select * from signature where id = \(id)").flatMap(Signature.init)
    }

    /// What compares the names of people: capitals, accents and points aside.
    static func key(_ name: String) -> String {
        let key = SortKey.of(name)
        return key.isEmpty ? name : key
    }

    /// Writes a signature under the text in force. Whoever signed that text for that setting before, and whose signature holds, has
    /// signed already; one that is due, over or under an older text is renewed by it.
    static func sign(_ new: NewSignature, _ agreement: Agreement, _ tools: Tools, _ session: any Session) throws -> Signed {
        guard agreement.isOpen, let version = agreement.current else {
            throw Refusal.badRequest("“\(agreement.title)” is not open for signing now.")
        }
        try session.lock("eyhub.agreement.\(agreement.id)")
        var new = new
        if let same = try with(id: new.id, session) {
            // A form gone back to and filled in for another setting is another signature.
            let isForSame = same.settingID == new.settingID || (same.settingWords != nil && same.settingWords == new.settingWords)
            if same.versionID == version.id, same.nameKey == key(new.name), isForSame, same.withdrawal == nil { return .same(same) }
            new.id = tools.ids.next()
        }
        let earlier = try standing(new, agreement, session)
        let today = tools.clock.today
        let holding = earlier.first { signature in
            if signature.day > new.day { return true }
            guard signature.versionID == version.id, let state = signature.state(agreement, on: today) else { return false }
            switch state {
            case .holds, .waiting: return true
            case .due, .lapsed, .olderText: return signature.day == new.day
            }
        }
        if let holding { return .already(holding) }
        try session.run(
            """
            insert into signature (id, version_id, hub_id, setting_id, setting_words, person_id, name, name_key, role_words, how, day,
                signed_at, by_whom, event_id, sheet_id, fingerprint)
            values (\(new.id), \(version.id), \(agreement.hubID), \(new.settingID), \(new.settingWords), \(new.personID), \(new.name),
                \(key(new.name)), \(new.role), \(new.how), \(new.day), \(tools.clock.now), \(tools.asker.auditName), \(new.eventID),
                \(new.sheetID), \(version.fingerprint ?? ""))
            """)
        if !earlier.isEmpty {
            try session.run("update signature set renewed_by = \(new.id) where id in \(list: earlier.map(\.id))")
        }
        try Audit.log(
            session, tools, action: "network.signature.given",
            subject: new.settingID.map { "setting:\($0)" } ?? "agreement:\(agreement.id)",
            after: "\(agreement.kind.rawValue) version \(version.number), \(new.how.rawValue), \(new.day.iso)", hub: agreement.hubID)
        guard let written = try with(id: new.id, session) else { throw Refusal.unavailable("It could not be signed. Try again.") }
        return .new(written)
    }

    /// The signatures of the same person for the same setting that stand.
    private static func standing(_ new: NewSignature, _ agreement: Agreement, _ session: any Session) throws -> [Signature] {
        let place: SQL =
            new.settingID.map { "s.setting_id = \($0)" } ?? "s.setting_id is null and s.setting_words = \(new.settingWords ?? "")"
        let who: SQL =
            new.personID.map { "(s.person_id = \($0) or (s.person_id is null and s.name_key = \(key(new.name))))" }
            ?? "s.name_key = \(key(new.name))"
        return try session.all(
            """
            select s.* from signature s join agreement_version v on v.id = s.version_id
            where v.agreement_id = \(agreement.id) and \(place) and \(who) and s.withdrawn_at is null and s.renewed_by is null
            order by s.day desc, s.id desc
            """
        ).compactMap(Signature.init)
    }
}
