internal import House
internal import Store

/// One kind of fault in the data, how it is found and how it is mended. Told on a page and by `eyhub check`.
public enum Fault: String, Sendable, CaseIterable {
    case unnamed = "no-local-name"
    case noWard = "no-ward"
    case unknownPostcode = "unknown-postcode"
    case terminatedPostcode = "terminated-postcode"
    case noPlaces = "no-places"
    case double = "same-name-and-postcode"
    case otherAuthority = "other-authority"
    case gone = "gone-from-register"
    case disputed = "disputed-correction"

    /// What is wrong, in a few words.
    public var name: String {
        switch self {
        case .unnamed: "The register hides who it is, and no local list says"
        case .noWard: "No ward is known"
        case .unknownPostcode: "The postcode is not one we know"
        case .terminatedPostcode: "The postcode is no longer in use"
        case .noPlaces: "No places are recorded"
        case .double: "Another setting has the same name and postcode"
        case .otherAuthority: "The register’s local authority is not the postcode’s"
        case .gone: "It is no longer on its register"
        case .disputed: "A correction by hand and the register differ"
        }
    }

    /// What to do about it.
    public var mend: String {
        switch self {
        case .unnamed: "Load the council’s own list of childminders, or add the name and ward once you have spoken."
        case .noWard: "Add the postcode, or choose the ward by hand. Without a ward it is in no area."
        case .unknownPostcode: "Check the postcode with the setting. If it is new, load a newer postcode file."
        case .terminatedPostcode: "Ask the setting for its postcode now: this one has been withdrawn."
        case .noPlaces: "Ask how many places it has. Nought in the register means “not recorded”, not “full”."
        case .double: "Look at both. Merge them if they are one setting, or mark them as one place if they share it."
        case .otherAuthority: "Check the address. A few settings are registered with a neighbouring authority on purpose."
        case .gone: "Ask whether it has closed, then say so on its page. It is never deleted by itself."
        case .disputed: "Open it and choose: keep yours, or take the register’s."
        }
    }

    /// What mending one of them amounts to.
    var mending: Deed { self == .double ? .joinRecords : self == .disputed ? .seeRecord : .correctSetting }

    /// The page that mends one of them.
    func mendAddress(_ id: String) -> String {
        switch self {
        case .double: "/staff/settings/\(id)/merge"
        case .disputed: "/staff/settings/\(id)"
        default: "/staff/settings/\(id)/correct"
        }
    }

    /// The condition on `setting s` that finds it. Settings that are closed or merged have no faults.
    var condition: SQL {
        switch self {
        case .unnamed: "s.is_home = 1 and s.name is null and s.ward_code is null"
        case .noWard: "s.ward_code is null and s.is_home = 0 and s.is_secret = 0"
        case .unknownPostcode: "s.postcode is not null and s.is_secret = 0 and s.place_basis in ('sector', 'none', 'ward')"
        case .terminatedPostcode: "s.place_basis = 'terminated'"
        case .noPlaces:
            """
            coalesce(s.places, 0) = 0 and s.is_early_years = 1 and exists (
                select 1 from registration r where r.setting_id = s.id and r.register = 'ofsted')
            """
        case .double:
            """
            s.site_id is null and (s.postcode, s.sort_key, coalesce(s.hub_id, '')) in (
                select o.postcode, o.sort_key, coalesce(o.hub_id, '') from setting o
                where o.name is not null and o.postcode is not null and o.merged_into is null and o.status <> 'closed'
                group by o.postcode, o.sort_key, coalesce(o.hub_id, '') having count(*) > 1)
            """
        case .otherAuthority:
            """
            s.authority_code is not null and s.ward_code is not null and exists (
                select 1 from ward w where w.code = s.ward_code and w.authority_code <> s.authority_code)
            """
        case .gone: "s.status = 'gone'"
        case .disputed:
            "exists (select 1 from correction c where c.setting_id = s.id and c.undone_at is null and c.is_disputed = 1)"
        }
    }
}

/// Where to look: everywhere, in one authority, or in one hub.
struct FaultScope: Sendable {
    var authority: String?
    var hub: String?

    func condition(in session: any Session) throws -> SQL {
        if let hub, let row = try session.first("select id, is_sample from hub where slug = \(hub)") {
            let id = row.text("id")
            if row.bool("is_sample") { return "s.hub_id = \(id)" }
            return """
                (s.hub_id = \(id) or s.hub_id is null and s.ward_code in (select ward_code from hub_ward where hub_id = \(id)))
                """
        }
        if let authority { return "s.hub_id is null and s.authority_code = \(authority)" }
        return "1 = 1"
    }
}
