internal import Files
internal import Foundation
internal import Store

/// Writes the lines of a backup: `docs/backup-format.md`.
final class BackupWriter {
    private let file: FileMaker
    private var checksum = CRC32()
    private var line: [UInt8] = []
    private(set) var counts: [String: Int] = [:]
    private(set) var rows = 0

    var size: Int { file.size }

    init(path: String, _ manifest: Manifest) throws {
        file = try FileMaker(path: path, gzip: true)
        try write(BackupHead(backup: manifest))
    }

    func begin(_ table: String) throws {
        try write(BackupTable(table: table))
        counts[table] = 0
    }

    func add(_ values: [Value], to table: String) throws {
        line.removeAll(keepingCapacity: true)
        RowLine.append(values, to: &line)
        try put()
        counts[table, default: 0] += 1
        rows += 1
    }

    func finish() throws {
        try write(BackupEnd(end: BackupEnd.Facts(rows: counts, crc32: checksum.text)))
        try file.finish()
    }

    private func write(_ value: some Encodable) throws {
        line.removeAll(keepingCapacity: true)
        line.append(contentsOf: try BackupJSON.bytes(value))
        line.append(10)
        try put()
    }

    private func put() throws {
        checksum.add(line)
        try file.write(line)
    }
}

/// The first line.
struct BackupHead: Codable {
    var backup: Manifest

    enum CodingKeys: String, CodingKey { case backup = "eyhub_backup" }
}

/// The line before a table's rows.
struct BackupTable: Codable { var table: String }

/// The last line: rows by table, and the checksum of all lines before it.
struct BackupEnd: Codable {
    struct Facts: Codable {
        var rows: [String: Int]
        var crc32: String
    }

    var end: Facts
}

enum BackupJSON {
    static func bytes(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }
}
