internal import Files
internal import Foundation
internal import Store

/// Reads a backup from front to back and believes nothing: order, types, counts and checksum must be as written.
final class BackupReader: RowSource {
    let name: String
    let manifest: Manifest
    private(set) var counts: [Int] = []
    private let lines: LineReader
    private var checksum = CRC32()
    private let kinds: [[ColumnKind]]
    /// The line that ended the table before: the next table's, or the file's last.
    private var ahead: Line = .table("")

    private enum Line {
        case row([Value])
        case table(String)
        case end(BackupEnd.Facts)
    }

    init(path: String) throws {
        name = path
        lines = try LineReader(path: path)
        var checksum = CRC32()
        let head = try lines.next { line in
            checksum.add(UnsafeRawBufferPointer(line))
            return try? JSONDecoder().decode(BackupHead.self, from: Data(line))
        }
        checksum.add([10])
        guard let head, let head else { throw KeepingRefusal("\(path) is not a backup of eyhub. “eyhub backup FILE” makes one.") }
        guard head.backup.format == 1 else {
            throw KeepingRefusal("\(path) was made by a newer version of eyhub (\(head.backup.program)). Use that version to restore it.")
        }
        manifest = head.backup
        kinds = try manifest.tables.map { try $0.kinds(of: path) }
        self.checksum = checksum
        ahead = try readLine(of: [])
    }

    func nextTable() throws -> Int? {
        let index = counts.count
        switch ahead {
        case .row: throw damaged("rows stand where no table begins")
        case .end(let facts):
            guard index == manifest.tables.count else { throw damaged("the table \(manifest.tables[index].name) is missing") }
            try check(facts)
            return nil
        case .table(let table):
            guard index < manifest.tables.count, manifest.tables[index].name == table else {
                throw damaged("the table \(table) stands where another belongs")
            }
            counts.append(0)
            return index
        }
    }

    func nextRow() throws -> [Value]? {
        let line = try readLine(of: kinds[counts.count - 1])
        guard case .row(let values) = line else {
            ahead = line
            return nil
        }
        counts[counts.count - 1] += 1
        return values
    }

    private func check(_ facts: BackupEnd.Facts) throws {
        guard facts.crc32 == checksum.text else { throw damaged("its checksum does not agree") }
        for (table, count) in zip(manifest.tables, counts) where facts.rows[table.name] != count {
            throw damaged("\(table.name) has \(count) rows and should have \(facts.rows[table.name] ?? 0)")
        }
        if try lines.next({ _ in true }) != nil { throw damaged("something follows its end") }
    }

    private func readLine(of kinds: [ColumnKind]) throws -> Line {
        do {
            let line = try lines.next { line -> Line in
                if line.first == UInt8(ascii: "[") {
                    add(line)
                    return .row(try RowLineReader.values(line, kinds: kinds))
                }
                if let table = try? JSONDecoder().decode(BackupTable.self, from: Data(line)) {
                    add(line)
                    return .table(table.table)
                }
                if let end = try? JSONDecoder().decode(BackupEnd.self, from: Data(line)) { return .end(end.end) }
                throw damaged("a line is not as it was written")
            }
            guard let line else { throw damaged("its end is missing") }
            return line
        } catch let fault as RowLineReader.Fault {
            throw damaged(fault.what)
        }
    }

    private func add(_ line: UnsafeBufferPointer<UInt8>) {
        checksum.add(UnsafeRawBufferPointer(line))
        checksum.add([10])
    }

    private func damaged(_ what: String) -> KeepingRefusal { .damaged(name, what) }
}
