/// Who may do what, where (`docs/rules/permissions.md`).
public enum Permission {
    /// What the rule says.
    public enum Answer: Sendable, Equatable {
        case yes
        /// They may know of it, but not do this.
        case forbidden
        /// It belongs to hubs they have no part in: for them it does not exist.
        case unknown
    }

    /// The rule, pure: some hat must carry the deed and reach the place.
    public static func answer(_ hats: [Hat], _ deed: Deed, _ place: Whereabouts) -> Answer {
        let may = hats.contains { hat in deed.reaches[hat.role].map { reaches($0, hat, place) } ?? false }
        if may { return .yes }
        let isKnown =
            !place.isPrivate || place.hubs.isEmpty || hats.contains { $0.role == .administrator }
            || !place.hubs.isDisjoint(with: hats.compactMap(\.hubID))
        return isKnown ? .forbidden : .unknown
    }

    private static func reaches(_ reach: Deed.Reach, _ hat: Hat, _ place: Whereabouts) -> Bool {
        if place == .several { return true }
        switch reach {
        case .anywhere: return true
        case .ownHub: return hat.hubID.map(place.hubs.contains) ?? false
        case .ownArea: return hat.areaID.map(place.areas.contains) ?? false
        case .ownSetting: return hat.settingID != nil && hat.settingID == place.settingID
        }
    }
}
