import Directory
internal import House
import Store

/// A few invented wards, postcodes and settings to test with.
enum SampleRows {
    struct Setting {
        var id: String
        var type: SettingType = .dayNursery
        var name: String? = "Larkspur Lane Nursery"
        var postcode: String?
        var ward: String? = "W1"
        var latitude: Double?
        var longitude: Double?
        var places: Int? = 40
        var registers = "EYR,CCR"
        var outcome: String?
        var status = "open"
        var isSecret = false
        var isEarlyYears = true
        var hub: String?
        var telephone: String?
        var email: String?
        var address: String?
        var urn: String?
    }

    /// Two wards side by side, W1 and W2, in authority A1; one postcode in each; sector Z1 1.
    static func places(_ session: any Session) throws {
        try session.run("insert into authority (code, name, edition) values ('A1', 'Exham', '2024')")
        for (code, west) in [("W1", 0.0), ("W2", 0.02)] {
            let shape =
                "\(west),51.5 \(west + 0.02),51.5 \(west + 0.02),51.52 \(west),51.52 \(west),51.5"
            try session.run(
                """
                insert into ward (code, name, authority_code, edition, latitude, longitude, shape)
                values (\(code), \(code == "W1" ? "Riverside" : "Hillside"), 'A1', '2024', 51.51, \(west + 0.01), \(shape))
                """)
        }
        for (postcode, ward, longitude) in [("Z1 1AA", "W1", 0.005), ("Z1 1AB", "W2", 0.03)] {
            try session.run(
                """
                insert into postcode (postcode, latitude, longitude, authority_code, ward_code, lsoa_code, status)
                values (\(postcode), 51.51, \(longitude), 'A1', \(ward), 'L1', 'live')
                """)
        }
        try session.run(
            "insert into postcode_sector (sector, latitude, longitude, authority_code) values ('Z1 1', 51.51, 0.02, 'A1')")
    }

    static func add(_ setting: Setting, _ session: any Session) throws {
        try session.run("update directory_version set version = version + 1")
        let basis = setting.latitude != nil ? "live" : setting.ward != nil ? "ward" : "none"
        try session.run(
            """
            insert into setting (id, hub_id, type, name, sort_key, address, postcode, place_basis, latitude, longitude, ward_code,
                authority_code, authority_name, places, is_home, is_secret, is_early_years, registers, status, outcome, telephone,
                email, version, created_at, updated_at)
            values (\(setting.id), \(setting.hub), \(setting.type), \(setting.name), \(SortKey.of(setting.name ?? "")),
                \(setting.address), \(setting.postcode), \(basis), \(setting.latitude), \(setting.longitude), \(setting.ward), 'A1',
                'Exham', \(setting.places), \(setting.type.isHome), \(setting.isSecret), \(setting.isEarlyYears),
                \(setting.registers), \(setting.status), \(setting.outcome), \(setting.telephone), \(setting.email), 1,
                '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')
            """)
        if let urn = setting.urn {
            try session.run(
                """
                insert into registration (register, urn, setting_id, first_load, last_load, seen_day, fingerprint, kind, places)
                values ('ofsted', \(urn), \(setting.id), 'l', 'l', '2021-08-31', 'f', 'Childcare on non-domestic premises',
                    \(setting.places))
                """)
        }
    }
}
