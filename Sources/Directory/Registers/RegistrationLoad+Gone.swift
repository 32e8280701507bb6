internal import Civil
internal import House
internal import Store

extension RegistrationLoad {
    /// Marks records that are no longer on the register. Their settings become candidates for closure: never deleted, and left
    /// as they are where another register still has them or where staff decided by hand.
    func close(_ urns: [String]) throws {
        for _ in urns { journal.countGone() }
        var rows: [String: Row] = [:]
        try Batch.each(urns) { batch in
            let found = try session.all(
                """
                select r.urn, r.setting_id, coalesce(s.name, r.name) as name, s.type from registration r
                join setting s on s.id = r.setting_id where r.register = \(register) and r.urn in \(keys: batch)
                """)
            for row in found { rows[row.text("urn")] = row }
        }
        for urn in urns {
            let row = rows[urn]
            journal.add(
                LoadChange(
                    what: .gone, register: register.rawValue, urn: urn, settingID: row?.textOrNil("setting_id"),
                    name: row?.textOrNil("name") ?? row?.code("type", as: SettingType.self)?.name, field: nil,
                    before: nil,
                    after: nil))
        }
        guard run.keeps else { return }
        let version = try run.version()
        try Batch.each(urns) { batch in
            try session.run(
                """
                update registration set gone_day = \(run.edition), last_load = \(run.id)
                where register = \(register) and urn in \(keys: batch)
                """)
            try session.run(
                """
                update setting set status = 'gone', version = \(version), updated_at = \(run.now)
                where status = 'open' and id in (
                    select setting_id from registration where register = \(register) and urn in \(keys: batch))
                and not exists (
                    select 1 from registration other where other.setting_id = setting.id and other.gone_day is null)
                and not exists (
                    select 1 from correction c
                    where c.setting_id = setting.id and c.field = 'status' and c.undone_at is null)
                """)
        }
    }
}
