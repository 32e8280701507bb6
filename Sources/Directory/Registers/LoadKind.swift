public import Store

/// What kind of official file or list is loaded.
public enum LoadKind: String, Sendable, CaseIterable, Bindable {
    case ofsted, schools, postcodes, wards, deprivation, feed, list

    /// What it is called on a page.
    public var name: String {
        switch self {
        case .ofsted: "Ofsted register"
        case .schools: "Schools (GIAS)"
        case .postcodes: "Postcodes"
        case .wards: "Wards"
        case .deprivation: "Deprivation"
        case .feed: "Ofsted’s feed to your authority"
        case .list: "A list of your own"
        }
    }

    /// What the file is and what it gives, for the page that teaches.
    public var meaning: String {
        switch self {
        case .ofsted: "Every nursery, childminder, out-of-school club and childminder agency, with inspections."
        case .schools: "Schools, nursery schools and children’s centres from Get Information About Schools."
        case .postcodes: "Where each postcode lies and in which ward: settings are put on the map by it."
        case .wards: "The boundaries of wards, for the map and for drawing mini-hubs."
        case .deprivation: "The Indices of Deprivation by small area (LSOA)."
        case .feed: "The file Ofsted sends each authority every day, with names and addresses that are not published."
        case .list: "Any spreadsheet of the council or the hub: groups, drop-ins, childminders by ward."
        }
    }

    /// Where the file is fetched.
    public var source: String {
        switch self {
        case .ofsted:
            "GOV.UK: search for “childcare providers and inspections management information”, take the CSV or ODS."
        case .schools: "get-information-schools.service.gov.uk: Downloads, “all establishment data”."
        case .postcodes: "osdatahub.os.uk: Code-Point Open (CSV), or ONS “Postcode Directory”."
        case .wards: "geoportal.statistics.gov.uk: “Wards boundaries”, super generalised (BSC), as GeoJSON."
        case .deprivation: "GOV.UK: “English indices of deprivation”, file 7 with all ranks, deciles and scores."
        case .feed: "Your authority’s secure area at Ofsted: the daily extract, XML or JSON."
        case .list: "Your own files, as CSV or Excel (XLSX)."
        }
    }
}
