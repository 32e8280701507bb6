internal import Files

/// The columns of Get Information About Schools: the native extract of some 139 columns, and geocoded extracts made from it.
enum SchoolColumns {
    static let spec = HeaderSpec(facts + places)

    private static let facts: [HeaderSpec.Column] = [
        .init("URN", aliases: ["school_urn"], required: true),
        .init("EstablishmentName", aliases: ["name", "establishment name", "school name"], required: true),
        .init("LA (name)", aliases: ["local_authority_name", "local authority"], required: true),
        .init("EstablishmentStatus (name)", aliases: ["status"], required: true),
        .init("PhaseOfEducation (name)", aliases: ["phase_of_education", "phase"], required: true),
        .init("GSSLACode (name)", aliases: ["GSSLACode"]),
        .init("TypeOfEstablishment (code)"),
        .init("TypeOfEstablishment (name)", aliases: ["type_of_establishment"]),
        .init("OpenDate", aliases: ["open_date"]),
        .init("CloseDate", aliases: ["close_date"]),
        .init("StatutoryLowAge", aliases: ["statutory_low_age"]),
        .init("StatutoryHighAge", aliases: ["statutory_high_age"]),
        .init("NurseryProvision (name)", aliases: ["nursery_provision"]),
        .init("NumberOfPupils"),
        .init("Street", aliases: ["address_1", "address"]),
        .init("Locality", aliases: ["address_2"]),
        .init("Address3", aliases: ["address_3"]),
        .init("Town"),
        .init("County (name)"),
        .init("Postcode"),
        .init("SchoolWebsite", aliases: ["website"]),
        .init("TelephoneNum", aliases: ["telephone"]),
        .init("GOR (name)", aliases: ["region"]),
        .init("PredecessorURN", aliases: ["predecessor_urn", "LinkURN", "predecessor"]),
    ]

    private static let places: [HeaderSpec.Column] = [
        .init("lat", aliases: ["latitude"]),
        .init("lon", aliases: ["longitude"]),
        .init("Easting"),
        .init("Northing"),
        .init("ward_code", aliases: ["AdministrativeWard (code)"]),
        .init("lsoa21_code", aliases: ["LSOA (code)"]),
    ]
}
