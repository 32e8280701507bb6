internal import Civil
internal import Store

/// Where a setting is: the one rule (`docs/rules/postcodes.md`), and the ways by which stored settings are placed again.
enum Placing {
    /// What is known of where a setting is.
    struct Known {
        /// What its postcode says, exactly or by its sector.
        var postcode: Place?
        /// Where its register or list says it is.
        var own: Place?
        /// Staff wrote the postcode: a register's map reference was given for another one.
        var isPostcodeByHand = false
        /// The ward staff set.
        var wardByHand: String?
    }

    /// Live postcode or one no longer in use, the register's own map reference, the middle of the sector, a ward named by a
    /// list; a ward set by hand stands over that of any of them. Not to be asked for a secret setting, which has no place.
    static func place(_ known: Known) -> Place {
        var place = withoutHand(known)
        if let ward = known.wardByHand {
            place.ward = ward
            switch place.basis {
            case .live, .terminated, .register: place.basis = .hand
            case .none: place.basis = .ward
            case .sector, .ward, .hand: break
            }
        }
        return place
    }

    private static func withoutHand(_ known: Known) -> Place {
        guard let found = known.postcode else { return known.own ?? .nowhere }
        if found.basis != .sector { return found }
        guard let own = known.own else { return found }
        if own.basis == .register { return known.isPostcodeByHand ? found : own }
        // The sector has a point and no ward, a list's ward has no point.
        var place = found
        place.ward = own.ward
        return place
    }

    /// Places one setting again after its postcode or ward was corrected, or that was undone.
    static func refresh(_ id: String, in session: any Session) throws {
        guard let setting = try PlacedAgain.moved([id], in: session).first else { return }
        try session.run(
            """
            update setting set place_basis = \(setting.place.basis), latitude = \(setting.place.latitude),
                longitude = \(setting.place.longitude), ward_code = \(setting.place.ward), lsoa_code = \(setting.place.lsoa),
                authority_code = \(setting.authorityCode) where id = \(id)
            """)
    }

    /// Places many settings again within a load.
    static func refresh(_ ids: [String], _ run: LoadRun) throws {
        var rest = ids[...]
        while !rest.isEmpty {
            let moved = try PlacedAgain.moved(Array(rest.prefix(batch)), in: run.session)
            rest = rest.dropFirst(batch)
            if moved.isEmpty { continue }
            try SettingRow.writePlaces(moved, in: run.session, version: try run.version(), now: run.now)
        }
    }

    private static let batch = 2_000
}
