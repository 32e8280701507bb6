internal import Civil
internal import Directory
internal import Files
internal import House
internal import Store

/// One of the bundled files that the demonstration loads.
struct DemoLoad: Sendable {
    let kind: LoadKind
    /// Below the folder of the data.
    let file: String
    /// What it is, for the line of progress.
    let what: String
    /// The day the file speaks for.
    let edition: String

    private init(_ kind: LoadKind, _ file: String, _ what: String, _ edition: String) {
        self.kind = kind
        self.file = file
        self.what = what
        self.edition = edition
    }

    /// Places first: settings are put on the map by them.
    static let all: [DemoLoad] = [
        DemoLoad(.wards, "six-areas/wards-2024-05-newham.geojson", "Wards of Newham", "2024-05-01"),
        DemoLoad(.wards, "six-areas/wards-2024-05-barnet.geojson", "Wards of Barnet", "2024-05-01"),
        DemoLoad(.wards, "six-areas/wards-2024-05-merton.geojson", "Wards of Merton", "2024-05-01"),
        DemoLoad(.wards, "six-areas/wards-2024-05-southampton.geojson", "Wards of Southampton", "2024-05-01"),
        DemoLoad(.wards, "six-areas/wards-2024-05-hull.geojson", "Wards of Hull", "2024-05-01"),
        DemoLoad(.wards, "six-areas/wards-2024-05-telford.geojson", "Wards of Telford and Wrekin", "2024-05-01"),
        DemoLoad(.postcodes, "six-areas/postcodes-2025-10.csv.gz", "Postcodes", "2025-10-01"),
        DemoLoad(.deprivation, "six-areas/deprivation-2025.csv.gz", "Deprivation", "2025-10-30"),
        DemoLoad(.ofsted, "six-areas/ofsted-2021-08-31.csv.gz", "Childcare providers (Ofsted)", "2021-08-31"),
        DemoLoad(.schools, "six-areas/schools-2024-06.csv.gz", "Schools and children’s centres (GIAS)", "2024-06-01"),
    ]

    private var name: String { file.split(separator: "/").last.map(String.init) ?? file }

    /// Loads the file unless it has been loaded before. A load is wholly there or not at all, so a demonstration that was
    /// interrupted goes on from here. Says how it went in a few words.
    func run(from folder: String, _ tools: Tools) async throws -> String {
        let (kind, name) = (kind, name)
        let done = try await tools.database.read { session in
            try session.first(
                "select read_count from load where kind = \(kind) and file_name = \(name) and status = 'applied'")
        }
        if let done { return "there already, \(done.int("read_count")) rows" }
        guard let day = Day(iso: edition) else { throw Refused("\(edition) is not a day.") }
        let request = LoadRequest(kind, source: .file("\(folder)/\(file)"), fileName: name, editionDay: day)
        let report = try await Loader(tools: tools).apply(request)
        let rejected = report.rejected == 0 ? "" : ", \(report.rejected) rejected"
        return "\(report.read) rows\(rejected)"
    }
}
