internal import Store

/// Where a setting is, worked out again after its postcode or ward was corrected (`docs/rules/postcodes.md`).
enum SettingPlace {
    /// Live postcode, then one no longer in use, then the middle of its sector, then the ward set by hand. A setting that
    /// must not be found is never placed.
    static func refresh(_ id: String, in session: any Session) throws {
        guard let row = try session.first("select postcode, ward_code, is_secret from setting where id = \(id)") else { return }
        if row.bool("is_secret") { return try clear(id, in: session) }
        let handWard = try session.first(
            "select value from correction where setting_id = \(id) and field = 'ward_code' and undone_at is null"
        )?.textOrNil("value")
        if let text = row.textOrNil("postcode"), let postcode = Postcode(text) {
            if let found = try session.first("select * from postcode where postcode = \(postcode.text)") {
                let basis: PlaceBasis = found.text("status") == "live" ? .live : .terminated
                try session.run(
                    """
                    update setting set place_basis = \(handWard == nil ? basis : .hand), latitude = \(found.realOrNil("latitude")),
                        longitude = \(found.realOrNil("longitude")), lsoa_code = \(found.textOrNil("lsoa_code")),
                        ward_code = \(handWard ?? found.textOrNil("ward_code")) where id = \(id)
                    """)
                return
            }
            if let sector = try session.first("select * from postcode_sector where sector = \(postcode.sector)") {
                try session.run(
                    """
                    update setting set place_basis = 'sector', latitude = \(sector.realOrNil("latitude")),
                        longitude = \(sector.realOrNil("longitude")), lsoa_code = null, ward_code = \(handWard) where id = \(id)
                    """)
                return
            }
        }
        let ward = handWard ?? row.textOrNil("ward_code")
        try session.run(
            """
            update setting set place_basis = \(ward == nil ? PlaceBasis.none : .ward), latitude = null, longitude = null,
                lsoa_code = null, ward_code = \(ward) where id = \(id)
            """)
    }

    private static func clear(_ id: String, in session: any Session) throws {
        try session.run(
            "update setting set place_basis = 'none', latitude = null, longitude = null, lsoa_code = null where id = \(id)")
    }
}
