internal import Files

/// The columns of Ofsted's published files by every name they have had: 2021, the agencies' files, and report cards from
/// November 2025 (domain §2.3).
enum OfstedColumns {
    static let spec = HeaderSpec(columns)

    private static let columns: [HeaderSpec.Column] = places + facts + inspections

    private static let facts: [HeaderSpec.Column] = [
        .init("Provider URN", aliases: ["CA Reference", "URN", "Agency URN"], required: true),
        .init("Provider type", required: true),
        .init("Provider name", aliases: ["Agency name"], required: true),
        .init("Local authority", required: true),
        .init("Web link"),
        .init("Registration date"),
        .init("Provider subtype"),
        .init("Provider status"),
        .init("Individual register combinations"),
        .init("Provider Early Years Register flag"),
        .init("Provider Compulsory Childcare Register flag"),
        .init("Provider Voluntary Childcare Register flag"),
        .init("Registered person URN"),
        .init("Registered person name"),
        .init("Provider address line 1", aliases: ["Provider address 1"]),
        .init("Provider address line 2", aliases: ["Provider address 2"]),
        .init("Provider address line 3", aliases: ["Provider address 3"]),
        .init("Provider town", aliases: ["ProviderTtown", "ProviderTown"]),
        .init("Postcode", aliases: ["Provider postcode"]),
        .init("Telephone number", aliases: ["Provider telephone number"]),
        .init("Parliamentary constituency"),
        .init("Region"),
        .init("Ofsted region"),
        .init("Deprivation band"),
        .init("Places", aliases: ["Registered places"]),
        .init("Places including estimates"),
        .init("Number of childminders on roll"),
    ]

    /// Columns that others have added: used only where the postcode is not one we know.
    private static let places: [HeaderSpec.Column] = [
        .init("lat", aliases: ["latitude"]),
        .init("lon", aliases: ["longitude", "lng"]),
        .init("ward_code"),
        .init("lsoa21_code", aliases: ["lsoa_code"]),
        .init("lad_code"),
        .init("ward_name"),
    ]

    private static let inspections: [HeaderSpec.Column] = graded + metOrNot + reportCard

    private static let graded: [HeaderSpec.Column] = [
        .init(
            "Full: date", aliases: ["Most recent full: Inspection date", "EYR OEIF: Most recent: Full inspection date"]),
        .init(
            "Full: number",
            aliases: ["Most recent full: Inspection number", "EYR OEIF: Most recent: Full inspection number"]),
        .init(
            "Full: overall",
            aliases: ["Most recent full: Overall effectiveness", "EYR OEIF/CIF: Most recent: Overall effectiveness"]),
        .init("Full: education", aliases: ["Quality of education", "EYR OEIF: Most recent: Quality of education"]),
        .init(
            "Full: attitudes", aliases: ["Behaviour and attitudes", "EYR OEIF: Most recent: Behaviour and attitudes"]),
        .init("Full: development", aliases: ["Personal development", "EYR OEIF: Most recent: Personal development"]),
        .init(
            "Full: leadership",
            aliases: [
                "Effectiveness of leadership and management",
                "EYR OEIF/CIF: Most recent: Effectiveness of leadership and management",
            ]),
        .init(
            "Full: safeguarding",
            aliases: ["Safeguarding is effective?", "EYR OEIF: Most recent: Safeguarding is effective?"]),
        .init("CCR requirements suitability"),
        .init("VCR requirements suitability"),
        .init("Second: overall", aliases: ["Second most recent full: Overall effectiveness"]),
        .init("Second: number", aliases: ["Second most recent full: Inspection number"]),
        .init("Second: date", aliases: ["Second most recent full: Inspection date"]),
        .init("Third: overall", aliases: ["Third most recent full: Overall effectiveness"]),
        .init("Third: number", aliases: ["Third most recent full: Inspection number"]),
        .init("Third: date", aliases: ["Third most recent full: Inspection date"]),
    ]

    private static let metOrNot: [HeaderSpec.Column] = [
        .init(
            "NCOR: number",
            aliases: ["NCOR: Inspection number", "EYR OEIF NCOR: Most recent: Inspection number"]),
        .init("NCOR: date", aliases: ["NCOR: Inspection date", "EYR OEIF NCOR: Most recent: Inspection date"]),
        .init(
            "NCOR: overall",
            aliases: ["NCOR: Overall effectiveness", "EYR OEIF NCOR: Most recent: Overall effectiveness"]),
        .init(
            "OOSC: number",
            aliases: ["OOSC: Inspection number", "EYR OEIF OOSC: Most recent: Inspection number"]),
        .init("OOSC: date", aliases: ["OOSC: Inspection date", "EYR OEIF OOSC: Most recent: Inspection date"]),
        .init(
            "OOSC: overall",
            aliases: ["OOSC: Overall effectiveness", "EYR OEIF OOSC: Most recent: Overall effectiveness"]),
        .init("CR: number", aliases: ["CR: Inspection number", "CR: Most recent: Inspection number"]),
        .init("CR: date", aliases: ["CR: Inspection date", "CR: Most recent: Inspection date"]),
        .init("CR: overall", aliases: ["CR: Overall effectiveness", "CR: Compliance", "CR: Most recent: Compliance"]),
        .init(
            "Agency: date",
            aliases: ["CA - Most recent inspection date", "Most recent inspection date", "Inspection date"]),
        .init(
            "Agency: outcome",
            aliases: ["CA - Most recent inspection outcome", "Most recent inspection outcome", "Inspection outcome"]),
    ]

    private static let reportCard: [HeaderSpec.Column] = [
        .init("REIF: date", aliases: ["EYR REIF: Most recent: Inspection date"]),
        .init("REIF: visit", aliases: ["EYR REIF: Most recent: Inspection visit type"]),
        .init("REIF: number", aliases: ["EYR REIF: Most recent: Inspection number"]),
        .init("REIF: safeguarding", aliases: ["EYR REIF: Most recent: Safeguarding standards met?"]),
        .init("REIF: inclusion", aliases: ["EYR REIF: Most recent: Inclusion"]),
        .init("REIF: curriculum", aliases: ["EYR REIF: Most recent: Curriculum and teaching"]),
        .init("REIF: achievement", aliases: ["EYR REIF: Most recent: Achievement"]),
        .init(
            "REIF: behaviour", aliases: ["EYR REIF: Most recent: Behaviour, attitudes and establishing routines"]),
        .init(
            "REIF: welfare",
            aliases: [
                "EYR REIF: Most recent: Children's welfare and wellbeing",
                "EYR REIF: Most recent: Children’s welfare and wellbeing",
                "EYR REIF: Most recent: Children's welfare and well-being",
            ]),
        .init("REIF: governance", aliases: ["EYR REIF: Most recent: Leadership and governance"]),
    ]
}
