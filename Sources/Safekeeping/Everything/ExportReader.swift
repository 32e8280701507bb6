internal import Files
internal import Foundation
internal import Store

/// Reads the folder of an export. Where `schema.json` says how many rows a file has and what its checksum is, they must agree;
/// whoever changed a file on purpose takes `rows` and `crc32` out.
final class ExportReader: RowSource {
    let name: String
    let manifest: Manifest
    private(set) var counts: [Int] = []
    private let places: [[Place]]
    private var file: CSVFileReader?

    /// What a row needs to know of a column, without its texts: millions of rows ask.
    private struct Place {
        let index: Int
        let kind: ColumnKind
        let isLeftOut: Bool
        let isNullable: Bool
    }

    init(folder: String) throws {
        name = folder
        let bytes = try ByteSource.file("\(folder)/schema.json").readAll(limit: 1 << 26)
        guard let head = try? JSONDecoder().decode(ExportHead.self, from: Data(bytes)) else {
            throw KeepingRefusal("\(folder)/schema.json does not describe an export of eyhub. “eyhub export --everything DIR” makes one.")
        }
        guard head.export.format == 1 else {
            throw KeepingRefusal("\(folder) was made by a newer version of eyhub (\(head.export.program)). Use that version to read it.")
        }
        manifest = head.export
        places = try manifest.tables.map { table in
            zip(table.columns.indices, try table.kinds(of: folder)).map { index, kind in
                Place(
                    index: index, kind: kind, isLeftOut: table.columns[index].leftOut == true,
                    isNullable: table.columns[index].nullable)
            }
        }
    }

    func nextTable() throws -> Int? {
        if let file, let table = manifest.tables[..<counts.count].last, let crc32 = table.crc32, crc32 != file.crc32 {
            throw KeepingRefusal.damaged("\(name)/\(table.name).csv", "its checksum does not agree")
        }
        let index = counts.count
        guard index < manifest.tables.count else { return nil }
        let table = manifest.tables[index]
        // A name in a file must not lead out of the folder.
        let fileName = table.file ?? "\(table.name).csv"
        guard !fileName.contains("/"), !fileName.hasPrefix(".") else {
            throw KeepingRefusal("\(name)/schema.json names a file outside its folder: \(fileName).")
        }
        let file = try CSVFileReader(path: "\(name)/\(fileName)", name: "\(name)/\(fileName)")
        let expected = table.columns.filter { $0.leftOut != true }.map(\.name)
        guard let header = try file.next(), header == expected else {
            throw KeepingRefusal(
                "\(name)/\(fileName) does not begin with the columns schema.json names: \(expected.joined(separator: ", ")).")
        }
        self.file = file
        counts.append(0)
        return index
    }

    func nextRow() throws -> [Value]? {
        let index = counts.count - 1
        guard let fields = try file?.next() else {
            let table = manifest.tables[index]
            if let rows = table.rows, rows != counts[index] {
                throw KeepingRefusal.damaged("\(name)/\(table.name).csv", "it has \(counts[index]) rows and should have \(rows)")
            }
            return nil
        }
        counts[index] += 1
        let places = places[index]
        var values: [Value] = []
        values.reserveCapacity(places.count)
        var next = 0
        for place in places {
            if place.isLeftOut {
                values.append(place.isNullable ? .null : filler(place.kind, row: counts[index]))
                continue
            }
            guard next < fields.count else { throw wrong(place, "is missing") }
            values.append(try value(fields[next], place))
            next += 1
        }
        guard next == fields.count else {
            throw KeepingRefusal("\(name)/\(manifest.tables[index].name).csv: row \(counts[index]) has more fields than columns.")
        }
        return values
    }

    private func value(_ field: String?, _ place: Place) throws -> Value {
        guard let field else { return .null }
        switch place.kind {
        case .text: return CSVWriter.unguarded(field).bound
        case .integer:
            guard let number = Int(field) else { throw wrong(place, "is not a whole number") }
            return .int(number)
        case .real:
            if field == "NaN" { return .real(.nan) }
            guard let number = Double(field) else { throw wrong(place, "is not a number") }
            return .real(number)
        case .bytes:
            guard let data = Data(base64Encoded: CSVWriter.unguarded(field)) else { throw wrong(place, "is not base64") }
            return .bytes([UInt8](data))
        }
    }

    /// What stands for a secret that must be there: different in each row, and nothing anybody's secret could equal.
    private func filler(_ kind: ColumnKind, row: Int) -> Value {
        switch kind {
        case .text: .text("left out \(row)")
        case .bytes: .bytes(Array("left out \(row)".utf8))
        case .integer: .int(0)
        case .real: .real(0)
        }
    }

    private func wrong(_ place: Place, _ what: String) -> KeepingRefusal {
        let table = manifest.tables[counts.count - 1]
        return KeepingRefusal(
            "\(name)/\(table.name).csv: \(table.columns[place.index].name) in row \(counts.last ?? 0) \(what).")
    }
}

/// `schema.json`.
struct ExportHead: Codable {
    var export: Manifest

    enum CodingKeys: String, CodingKey { case export = "eyhub_export" }
}
