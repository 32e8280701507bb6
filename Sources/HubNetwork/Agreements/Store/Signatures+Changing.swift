internal import Civil
internal import House
internal import Store

/// What may happen to a signature later. The name, the role, the day and the text it stands under never change.
extension Signatures {
    /// Takes a signature back, with the reason. It stays known, and can be brought back.
    static func withdraw(_ id: String, because: String, _ agreement: Agreement, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.agreement.\(agreement.id)")
        let count = try session.run(
            """
            update signature set withdrawn_at = \(tools.clock.now), withdrawn_by = \(tools.asker.auditName), withdrawn_because = \(because)
            where id = \(id) and withdrawn_at is null
            """)
        guard count == 1 else { return }
        // What it renewed stands again.
        try session.run("update signature set renewed_by = null where renewed_by = \(id)")
        try log("network.signature.withdrawn", id, agreement, tools, session)
    }

    /// Brings a signature back. Throws when the same person has signed again since.
    static func restore(_ id: String, _ agreement: Agreement, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.agreement.\(agreement.id)")
        guard let signature = try with(id: id, session), signature.withdrawal != nil else { return }
        let others = try of(agreement, session).filter {
            $0.id != id && $0.isStanding && $0.personKey == signature.personKey && $0.settingID == signature.settingID
        }
        if let newer = others.first(where: { $0.day >= signature.day }) {
            throw Refusal.badRequest("They signed again on \(newer.day.medium), so there is nothing to bring back.")
        }
        try session.run(
            "update signature set withdrawn_at = null, withdrawn_by = null, withdrawn_because = null where id = \(id)")
        if !others.isEmpty { try session.run("update signature set renewed_by = \(id) where id in \(list: others.map(\.id))") }
        try log("network.signature.restored", id, agreement, tools, session)
    }

    /// Signs for the hub: one signature, or all that wait. Returns those it signed.
    static func countersign(
        _ ids: [String], _ agreement: Agreement, name: String, _ tools: Tools, _ session: any Session
    ) throws -> [Signature] {
        try session.lock("eyhub.agreement.\(agreement.id)")
        var signed: [Signature] = []
        for id in ids {
            guard let signature = try with(id: id, session), signature.isStanding, signature.countersignedAt == nil,
                agreement.version(signature.versionID)?.text.needsBoth == true
            else { continue }
            try session.run(
                """
                update signature set countersigned_at = \(tools.clock.now), countersigned_by = \(tools.asker.auditName),
                    countersigned_name = \(name)
                where id = \(id) and countersigned_at is null
                """)
            try log("network.signature.countersigned", id, agreement, tools, session)
            signed.append(signature)
        }
        return signed
    }

    /// Says which setting the signer meant. When the same person has signed for it already, the other one stands and this one is taken back.
    static func match(_ id: String, to setting: String, _ agreement: Agreement, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.agreement.\(agreement.id)")
        guard let signature = try with(id: id, session), signature.settingID == nil else { return }
        let other = try of(agreement, setting: setting, session).first {
            $0.isStanding && $0.nameKey == signature.nameKey && $0.versionID == signature.versionID
        }
        try session.run("update signature set setting_id = \(setting) where id = \(id)")
        try log("network.signature.matched", id, agreement, tools, session)
        if other != nil { try withdraw(id, because: "Signed already for the same setting.", agreement, tools, session) }
    }

    private static func log(_ action: String, _ id: String, _ agreement: Agreement, _ tools: Tools, _ session: any Session) throws {
        let setting = try with(id: id, session)?.settingID
        try Audit.log(
            session, tools, action: action, subject: setting.map { "setting:\($0)" } ?? "agreement:\(agreement.id)",
            after: "signature:\(id)", hub: agreement.hubID)
    }
}
