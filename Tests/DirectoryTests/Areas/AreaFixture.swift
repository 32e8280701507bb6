import Civil
import House
import Page
import Planning
import Store
import StoreTestKit

@testable import Directory

/// An invented authority of square wards with invented settings, and a way to ask the room's routes for pages.
struct AreaFixture: Sendable {
    let room: Directory
    let tools: Tools

    init(_ database: any Database, pdf: PDFMaker? = nil, today: Instant? = nil) {
        let clock = today.map { Clock.fixed($0) } ?? TestEngine.clock
        tools = Tools(
            database: database, clock: clock, ids: .seeded(UInt64.random(in: 1...UInt64.max), at: clock.now),
            site: Site(name: "Early years hubs", doors: Directory.doors), pdf: pdf)
        room = Directory(tools: tools)
    }

    /// The code of the ward in a column and a row, counted from the south west.
    static func ward(_ column: Int, _ row: Int) -> String { "E0500\(column)\(row)" }

    static func centre(_ column: Int, _ row: Int) -> GeoPoint {
        GeoPoint(latitude: 51.5 + 0.01 * (Double(row) + 0.5), longitude: 0.016 * (Double(column) + 0.5))
    }

    /// Lays out `columns` by `rows` wards of an authority, each with `settings` settings: childminders known by ward only,
    /// and group settings and schools with a place.
    func lay(columns: Int, rows: Int, settings: Int = 5, authority: String = "E09000099", name: String = "Fernshire")
        async throws
    {
        try await tools.database.write { session in
            try session.run(
                "insert into authority (code, name, edition) values (\(authority), \(name), '2024-12')")
            for column in 0..<columns {
                for row in 0..<rows {
                    try Self.insertWard(column, row, authority, session)
                    for number in 0..<settings { try insertSetting(column, row, number, session) }
                }
            }
        }
    }

    private static func insertWard(_ column: Int, _ row: Int, _ authority: String, _ session: any Session) throws {
        let centre = centre(column, row)
        let south = 51.5 + 0.01 * Double(row)
        let west = 0.016 * Double(column)
        func corner(_ east: Double, _ north: Double) -> GeoPoint {
            GeoPoint(latitude: south + 0.01 * north, longitude: west + 0.016 * east)
        }
        // Points along the edges too, so that neighbours share a stretch.
        let ring = [
            corner(0, 0), corner(0.5, 0), corner(1, 0), corner(1, 0.5), corner(1, 1), corner(0.5, 1), corner(0, 1),
            corner(0, 0.5), corner(0, 0),
        ]
        try session.run(
            """
            insert into ward (code, name, authority_code, edition, latitude, longitude, shape) values
            (\(ward(column, row)), \(wardNames[(row * 5 + column) % wardNames.count]), \(authority), '2024-05',
                \(centre.latitude), \(centre.longitude), \(WardShape(rings: [ring]).text))
            """)
        try session.run(
            """
            insert into deprivation (lsoa_code, edition, ward_code, decile, rank, score, population) values
            (\("L\(column)\(row)"), '2025', \(ward(column, row)), \(1 + (column + row) % 10), 1, 1, 1000)
            """)
    }

    static let wardNames: [String] = [
        "Alder", "Birch North", "Birch South", "Cedar", "Dogwood", "Elm", "Fern & Furze", "Gorse", "Hazel", "Ivy",
        "Juniper",
        "Kale East", "Kale West", "Larch", "Maple", "Nettle", "Oak", "Pine", "Quince", "Rowan", "Sorrel", "Thorn",
        "Ulm", "Vetch",
    ]

    private func insertSetting(_ column: Int, _ row: Int, _ number: Int, _ session: any Session) throws {
        let types: [SettingType] = [
            .dayNursery, .childminder, .school, .preschool, .childminder, .childminder, .nurserySchool,
        ]
        let type = types[number % types.count]
        let centre = Self.centre(column, row)
        try insert(
            type, name: type.isHome ? "Secret Home \(column)\(row)\(number)" : "\(type.name) \(column)\(row)\(number)",
            ward: Self.ward(column, row),
            at: type.isHome
                ? nil
                : GeoPoint(
                    latitude: centre.latitude + 0.0007 * Double(number % 3 - 1),
                    longitude: centre.longitude + 0.0009 * Double(number % 5 - 2)),
            places: type == .school ? 0 : type.isHome ? 6 : 30 + number, session)
    }

    /// Adds one setting and returns its id.
    @discardableResult
    func insert(
        _ type: SettingType, name: String?, ward: String?, at point: GeoPoint?, places: Int? = nil,
        isSecret: Bool = false,
        hub: String? = nil, _ session: any Session
    ) throws -> String {
        let id = tools.ids.next()
        try session.run(
            """
            insert into setting (id, hub_id, type, name, sort_key, address, town, postcode, place_basis, latitude, longitude,
                ward_code, authority_code, authority_name, places, is_home, is_secret, is_early_years, status, telephone, email,
                website, version, created_at, updated_at)
            values (\(id), \(hub), \(type), \(name), \(SortKey.of(name ?? "")), \(type.isHome ? "7 Hidden Lane" : "1 High Road"),
                'Ferntown', \(type.isHome ? "FS9 9ZZ" : "FS1 1AA"), \(point == nil ? "ward" : "live"), \(point?.latitude),
                \(point?.longitude), \(ward), 'E09000099', 'Fernshire', \(places), \(type.isHome), \(isSecret), \(true), 'open',
                '020 7946 0000', \("\(type.rawValue)@example.org"), 'www.example.org/here', 1, \(tools.clock.now), \(tools.clock.now))
            """)
        return id
    }

    /// A hub over all wards there are.
    func hub(_ name: String = "Fern Hub") async throws -> Hub {
        let tools = tools
        return try await tools.database.write { session in
            let wards = try session.all("select code from ward").map { $0.text("code") }
            return try Hubs.create(name: name, wards: wards, session, tools)
        }
    }

    func scheme(_ hub: Hub, word: String = "mini-hub", divides: Scheme.Divides = .wards) async throws -> Scheme {
        let tools = tools
        return try await tools.database.write { session in
            try Schemes.create(name: "Mini-hubs", word: word, divides: divides, for: hub, session, tools)
        }
    }

    func picture(_ plan: String) async throws -> PlanPicture {
        try await tools.database.read { try PlanPicture.of(plan, $0) }
    }
}
