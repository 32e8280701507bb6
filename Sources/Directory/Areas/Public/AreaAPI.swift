internal import Civil
internal import House

/// The JSON of hubs and areas, and its description.
enum AreaAPI {
    private typealias Property = APIDescription.Property

    private static let hubFields: [APIDescription.Property] = [
        Property("name", "string", "The hub’s name", required: true),
        Property("slug", "string", "Its name in addresses", required: true),
        Property("is_invented", "boolean", "True for a hub made up to try things out", required: true),
        Property("page", "string", "Its page for everybody", required: true),
    ]

    static let hubs = APIDescription(answer: [Property("hubs", "array", "All hubs", required: true, fields: hubFields)])

    static let hub = APIDescription(
        answer: hubFields + [
            Property("settings", "integer", "How many settings everybody may know of", required: true),
            Property(
                "wards", "array", "The wards it looks after", required: true,
                fields: [
                    Property("code", "string", "Official code", required: true),
                    Property("name", "string", "Name", required: true),
                    Property("authority", "string", "Local authority", required: true),
                ]),
            Property(
                "schemes", "array", "The ways it is divided today", required: true,
                fields: [
                    Property("name", "string", "Name of the scheme", required: true),
                    Property("word", "string", "What one of its areas is called", required: true),
                    Property("divides", "string", "wards or settings", required: true),
                    Property("from", "string", "First day in force", required: true),
                ]),
        ])

    static let areas = APIDescription(
        answer: [
            Property(
                "areas", "array", "The areas in force today, scheme by scheme", required: true,
                fields: [
                    Property("id", "string", "The area’s id", required: true),
                    Property("name", "string", "The area’s name", required: true),
                    Property("scheme", "string", "The scheme it belongs to", required: true),
                    Property("page", "string", "Its page for everybody", required: true),
                    Property("from", "string", "First day in force", required: true),
                    Property("wards", "array", "Codes of its wards", required: true),
                    Property("base", "string", "Name of the setting it has its base at"),
                    Property("settings", "object", "How many settings there are of each type", required: true),
                ])
        ])

    static let plan = APIDescription(
        answer: [
            Property("id", "string", "The plan’s id", required: true),
            Property("name", "string", "Its name", required: true),
            Property("status", "string", "draft, published or retired", required: true),
            Property("from", "string", "First day in force"),
            Property("to", "string", "Last day in force"),
            Property("balanced_by", "string", "settings or places", required: true),
            Property("tolerance", "number", "How far from the mean an area may lie, as a share", required: true),
            Property("balance", "number", "How far the farthest area lies from the mean, as a share", required: true),
            Property("mean_metres", "number", "Mean distance from a setting to its base"),
            Property("broken", "array", "Rules it breaks, in words", required: true),
            Property("notes", "array", "What the drawing had to say", required: true),
            Property(
                "areas", "array", "Its areas", required: true,
                fields: [
                    Property("id", "string", "The area’s id", required: true),
                    Property("name", "string", "Its name", required: true),
                    Property("wards", "array", "Codes of its wards", required: true),
                    Property("base_id", "string", "Id of the setting that is its base"),
                    Property("base", "string", "Name of that setting"),
                    Property("settings", "integer", "How many settings", required: true),
                    Property("types", "object", "How many of each type", required: true),
                    Property("places", "integer", "Places, where they are known", required: true),
                    Property("weight", "number", "What its settings count for", required: true),
                    Property("mean_metres", "number", "Mean distance to the base"),
                    Property("longest_metres", "number", "Longest distance to the base"),
                    Property("deprivation_decile", "number", "Mean decile of its wards, best fit"),
                    Property("lacks", "array", "What it lacks, in words", required: true),
                ]),
        ])

    static func json(_ hub: Hub) -> JSON {
        .object([
            ("name", .string(hub.name)), ("slug", .string(hub.slug)), ("is_invented", .bool(hub.isSample)),
            ("page", .string(hub.publicPath)),
        ])
    }

    static func json(_ area: PublicArea) -> JSON {
        .object([
            ("id", .string(area.id)), ("name", .string(area.name)), ("scheme", .string(area.scheme.name)),
            ("page", .string(area.path)), ("from", .string(area.plan.from?.iso)),
            ("wards", .array(area.wards.map { .string($0.code) })), ("base", .string(area.base?.name)),
            ("settings", .object(area.types.map { ($0.type.rawValue, .int($0.count)) })),
        ])
    }

    static func json(_ picture: PlanPicture, _ figures: PlanFigures) -> JSON {
        let plan = picture.plan
        return .object([
            ("id", .string(plan.id)), ("name", .string(plan.name)), ("status", .string(plan.status.rawValue)),
            ("from", .string(plan.from?.iso)), ("to", .string(plan.last?.iso)),
            ("balanced_by", .string(plan.balance.rawValue)), ("tolerance", .number(plan.tolerance)),
            ("balance", .number(figures.balance)), ("mean_metres", .number(figures.mean)),
            ("broken", .array(figures.broken.map { .string($0) })),
            ("notes", .array((plan.relaxations + plan.remarks).map { .string($0) })),
            ("areas", .array(figures.areas.map(json))),
        ])
    }

    private static func json(_ area: AreaFigures) -> JSON {
        .object([
            ("id", .string(area.area.id)), ("name", .string(area.area.name)),
            ("wards", .array(area.wards.map { .string($0.code) })), ("base_id", .string(area.area.baseID)),
            ("base", .string(area.base?.name)), ("settings", .int(area.settings.count)),
            ("types", .object(area.types.map { ($0.type.rawValue, .int($0.count)) })), ("places", .int(area.places)),
            ("weight", .number(area.weight)), ("mean_metres", .number(area.mean)),
            ("longest_metres", .number(area.longest)), ("deprivation_decile", .number(area.decile)),
            ("lacks", .array(area.lacks.map { .string($0) })),
        ])
    }
}
