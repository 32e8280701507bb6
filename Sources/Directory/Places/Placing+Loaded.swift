internal import Store

extension Placing {
    /// Puts settings in their places after postcodes were loaded. What staff placed by hand stays.
    static func refresh(_ run: LoadRun) throws {
        let ids = try run.session.all(
            """
            select setting.id from setting join postcode p on p.postcode = setting.postcode
            where \(mayMove) and (p.latitude is not null or p.ward_code is not null)
                and (setting.place_basis <> p.status or coalesce(setting.ward_code, '') <> coalesce(p.ward_code, '')
                    or coalesce(setting.lsoa_code, '') <> coalesce(p.lsoa_code, '')
                    or coalesce(setting.latitude, 0.0) <> coalesce(p.latitude, 0.0)
                    or coalesce(setting.longitude, 0.0) <> coalesce(p.longitude, 0.0))
            order by setting.id
            """
        ).map { $0.text("id") }
        try refresh(ids, run)
        try refreshSectors(run)
    }

    /// Puts settings in the middle of their sectors, where nothing closer is known.
    static func refreshSectors(_ run: LoadRun) throws {
        let ids = try run.session.all(
            """
            select setting.id from setting
            join postcode_sector s on s.sector = substr(setting.postcode, 1, length(setting.postcode) - 2)
            where \(mayMove) and (setting.place_basis in ('none', 'ward') or (setting.place_basis = 'sector'
                and (coalesce(setting.latitude, 0.0) <> s.latitude or coalesce(setting.longitude, 0.0) <> s.longitude)))
            order by setting.id
            """
        ).map { $0.text("id") }
        try refresh(ids, run)
    }

    private static let mayMove: SQL = """
        setting.is_secret = 0 and setting.place_basis <> 'hand' and setting.postcode is not null and not exists (
            select 1 from correction c where c.setting_id = setting.id and c.field = 'ward_code' and c.undone_at is null)
        """
}
