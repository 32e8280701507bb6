import Civil
import Directory
import Files
import House
import Store
import StoreTestKit

import struct Store.Row

/// Loads files into a test's database.
struct Loading: Sendable {
    let database: any Database
    let tools: Tools

    init(_ database: any Database) {
        self.database = database
        tools = Tools(
            database: database, clock: TestEngine.clock,
            ids: .seeded(7, at: Instant(seconds: 1_795_339_800)), site: Site(name: "Test", doors: []))
    }

    var loader: Loader { Loader(tools: tools) }

    /// Loads a file of the repository's `data` folder.
    @discardableResult
    func load(
        _ kind: LoadKind, _ path: String, asOf day: String = "2021-08-31", preview: Bool = false,
        mapping: ListMapping? = nil,
        hub: String? = nil
    ) async throws -> LoadReport {
        try await load(
            kind, .file(Loading.data(path)), named: path, asOf: day, preview: preview, mapping: mapping, hub: hub)
    }

    /// Loads text as if it were a file.
    @discardableResult
    func load(
        _ kind: LoadKind, text: String, asOf day: String = "2021-08-31", preview: Bool = false,
        mapping: ListMapping? = nil,
        hub: String? = nil
    ) async throws -> LoadReport {
        let source = ByteSource.bytes(Array(text.utf8), name: "typed.csv")
        return try await load(kind, source, named: "typed.csv", asOf: day, preview: preview, mapping: mapping, hub: hub)
    }

    private func load(
        _ kind: LoadKind, _ source: ByteSource, named name: String, asOf day: String, preview: Bool,
        mapping: ListMapping?,
        hub: String?
    ) async throws -> LoadReport {
        let request = LoadRequest(
            kind, source: source, fileName: name, editionDay: Day(iso: day) ?? tools.clock.today, mapping: mapping,
            hub: hub)
        return try await preview ? loader.preview(request) : loader.apply(request)
    }

    func count(_ sql: SQL) async throws -> Int { try await database.read { try $0.count(sql) } }

    func first(_ sql: SQL) async throws -> Row? { try await database.read { try $0.first(sql) } }

    func write(_ sql: SQL) async throws { _ = try await database.write { try $0.run(sql) } }

    static func data(_ path: String) -> String {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return "/\(root)/data/\(path)"
    }
}

extension LoadReport {
    /// What must hold for every load.
    var isBalanced: Bool { read == new + changed + unchanged + rejected }
}

/// A file of Ofsted's shape with the columns a test cares about.
struct OfstedFile {
    var rows: [[String: String]] = []

    static let columns = [
        "Provider URN", "Registration date", "Provider type", "Provider subtype", "Provider status",
        "Individual Register combinations", "Provider Early Years Register Flag",
        "Provider Compulsory Childcare Register Flag", "Provider Voluntary Childcare Register Flag", "Provider name",
        "Provider address line 1", "Provider town", "Postcode", "Telephone Number", "Local authority", "Places",
        "Most recent full: Inspection number", "Most recent full: Inspection date",
        "Most recent full: Overall effectiveness",
    ]

    /// A nursery in Newham unless told otherwise.
    mutating func add(_ urn: String, _ facts: [String: String] = [:]) {
        var row: [String: String] = [
            "Provider URN": urn, "Registration date": "01/09/2015",
            "Provider type": "Childcare on non-domestic premises",
            "Provider subtype": "Full day care", "Provider status": "Active", "Individual Register combinations": "ALL",
            "Provider Early Years Register Flag": "Y", "Provider Compulsory Childcare Register Flag": "Y",
            "Provider Voluntary Childcare Register Flag": "Y", "Provider name": "Example \(urn)",
            "Provider address line 1": "1 Example Road", "Provider town": "LONDON", "Postcode": "E15 4QZ",
            "Local authority": "Newham", "Places": "40", "Most recent full: Inspection number": "10000001",
            "Most recent full: Inspection date": "06/07/2021", "Most recent full: Overall effectiveness": "2",
        ]
        for (name, value) in facts { row[name] = value }
        rows.append(row)
    }

    var text: String {
        let lines = [OfstedFile.columns] + rows.map { row in OfstedFile.columns.map { row[$0] ?? "" } }
        return lines.map { line in line.map { "\"\($0)\"" }.joined(separator: ",") }.joined(separator: "\n") + "\n"
    }
}
