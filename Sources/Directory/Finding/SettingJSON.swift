internal import House

/// Settings as JSON, for lists and for one setting.
enum SettingJSON {
    static func list(
        _ results: SettingResults, _ search: SettingSearch, index: FinderIndex, for audience: Audience
    ) -> JSON {
        .object([
            ("total", .int(results.total)), ("page", .int(search.page)), ("page_size", .int(SettingSearch.pageSize)),
            ("forgiving", .bool(results.isForgiving)),
            ("settings", .array(results.hits.map { item($0.entry, metres: $0.metres, index: index, for: audience) })),
        ])
    }

    static func item(_ entry: FinderEntry, metres: Double?, index: FinderIndex, for audience: Audience) -> JSON {
        let hides = audience == .stranger && entry.isHome
        return .object([
            ("id", .string(entry.id)), ("name", .string(audience == .staff ? entry.title : entry.publicTitle)),
            ("type", .string(entry.type.rawValue)), ("urns", .array(entry.urns.map { .string($0) })),
            ("town", hides ? .null : .string(entry.town)), ("postcode", hides ? .null : .string(entry.postcode)),
            ("ward_code", .string(entry.wardCode)),
            ("ward", .string(entry.wardCode.flatMap { index.wards[$0]?.name })),
            ("authority_code", .string(entry.authorityCode)),
            ("authority", .string(entry.authorityCode.flatMap { index.authorities[$0] })),
            ("latitude", entry.isHome ? .null : .number(entry.latitude)),
            ("longitude", entry.isHome ? .null : .number(entry.longitude)), ("places", .int(entry.places)),
            ("registers", .string(entry.registers)), ("outcome", .string(entry.outcome)),
            ("outcome_day", .string(entry.outcomeDay)), ("metres", .int(metres.map { Int($0.rounded()) })),
        ])
    }

    static let fields: [APIDescription.Property] = [
        .init("id", "string", "The setting’s id", required: true),
        .init("name", "string", "Its name; for a childminder, what it is and its ward", required: true),
        .init("type", "string", "What kind of setting", required: true),
        .init("urns", "array", "Its numbers on the official registers", required: true),
        .init("town", "string", "Town; never for a home"), .init("postcode", "string", "Postcode; never for a home"),
        .init("ward_code", "string", "ONS code of its ward"), .init("ward", "string", "Name of its ward"),
        .init("authority_code", "string", "ONS code of its local authority"),
        .init("authority", "string", "Name of its local authority"),
        .init("latitude", "number", "Degrees north, WGS84; never for a home"),
        .init("longitude", "number", "Degrees east, WGS84; never for a home"),
        .init("places", "integer", "Registered places; 0 means not recorded"),
        .init("registers", "string", "Ofsted registers it is on: EYR, CCR, VCR"),
        .init("outcome", "string", "Code of its latest inspection result"),
        .init("outcome_day", "string", "Day of that inspection, ISO"),
        .init("metres", "integer", "Metres from the postcode asked for; to the middle of the ward for a home"),
    ]

    static let listDescription = APIDescription(
        parameters: [
            .init("q", "Part of a name, a register number, or a postcode"),
            .init("near", "A postcode or its first half"), .init("miles", "Miles from there, 2 if left out"),
            .init("type", "Kind of setting; may be given several times", values: SettingType.allCases.map(\.rawValue)),
            .init("ward", "ONS code of a ward"), .init("authority", "ONS code of a local authority"),
            .init("hub", "Short name of a hub"), .init("area", "Id of an area"), .init("places", "At least this many places"),
            .init("outcome", "Code of the latest inspection", values: Outcome.choices.map(\.code)),
            .init("register", "On this Ofsted register", values: ["EYR", "CCR", "VCR"]),
            .init("older", "yes: also those not for children under five", values: ["yes"]),
            .init("sort", "Order", values: SettingSearch.Order.allCases.map(\.rawValue)), .init("page", "Page, from 1"),
        ],
        answer: [
            .init("total", "integer", "How many settings fit", required: true),
            .init("page", "integer", "The page given", required: true),
            .init("page_size", "integer", "Settings on a page", required: true),
            .init("forgiving", "boolean", "A letter or two was forgiven in the name", required: true),
            .init("settings", "array", "The settings on this page", required: true, fields: fields),
        ])
}
