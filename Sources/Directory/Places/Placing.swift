internal import Civil
internal import Store

/// Puts settings in their places again after postcodes or sectors were loaded (`docs/rules/postcodes.md`).
///
/// What staff placed by hand stays, and a secret setting is never placed.
enum Placing {
    static func refresh(_ run: LoadRun) throws {
        let version = try run.version()
        try run.session.run(
            """
            update setting set place_basis = p.status, latitude = p.latitude, longitude = p.longitude, ward_code = p.ward_code,
                lsoa_code = p.lsoa_code, authority_code = coalesce(setting.authority_code, p.authority_code),
                version = \(version), updated_at = \(run.now)
            from postcode p
            where p.postcode = setting.postcode and \(mayMove) and (p.latitude is not null or p.ward_code is not null)
                and (setting.place_basis <> p.status or coalesce(setting.ward_code, '') <> coalesce(p.ward_code, '')
                    or coalesce(setting.lsoa_code, '') <> coalesce(p.lsoa_code, '')
                    or coalesce(setting.latitude, 0.0) <> coalesce(p.latitude, 0.0)
                    or coalesce(setting.longitude, 0.0) <> coalesce(p.longitude, 0.0))
            """)
        try refreshSectors(run)
    }

    static func refreshSectors(_ run: LoadRun) throws {
        let version = try run.version()
        try run.session.run(
            """
            update setting set place_basis = 'sector', latitude = s.latitude, longitude = s.longitude,
                authority_code = coalesce(setting.authority_code, s.authority_code), version = \(version),
                updated_at = \(run.now)
            from postcode_sector s
            where s.sector = substr(setting.postcode, 1, length(setting.postcode) - 2) and \(mayMove)
                and setting.place_basis in ('none', 'sector')
                and (setting.place_basis <> 'sector' or coalesce(setting.latitude, 0.0) <> s.latitude
                    or coalesce(setting.longitude, 0.0) <> s.longitude)
            """)
    }

    private static let mayMove: SQL = """
        setting.is_secret = 0 and setting.place_basis <> 'hand' and setting.postcode is not null and not exists (
            select 1 from correction c where c.setting_id = setting.id and c.field = 'ward_code' and c.undone_at is null)
        """
}
