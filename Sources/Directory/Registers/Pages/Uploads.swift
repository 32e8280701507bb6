internal import Civil
internal import Foundation
internal import House
internal import Store

internal import struct Files.ByteSource

/// Files sent in, kept in the database in parts of a megabyte, so that whichever copy of the program is asked can read them,
/// now or after a restart.
enum Uploads {
    static let partBytes = 1 << 20
    /// A file nobody applied is cleared away after so many days, unless an administrator chose otherwise: some of them hold what must not
    /// lie about.
    static let keptDays = 30

    /// Takes the file that came with a form. Returns its id.
    static func keep(_ upload: Upload, name: String, _ tools: Tools, in session: any Session) throws -> String {
        let id = tools.ids.next()
        try session.run(
            """
            insert into upload (id, name, size, created_at) values (\(id), \(name), \(upload.size), \(tools.clock.now))
            """)
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: upload.path))
        defer { try? file.close() }
        var number = 0
        while let piece = try file.read(upToCount: partBytes), !piece.isEmpty {
            number += 1
            try session.run(
                "insert into upload_part (upload_id, number, bytes) values (\(id), \(number), \(Value.bytes([UInt8](piece))))")
        }
        return id
    }

    static func drop(_ id: String, in session: any Session) throws {
        try session.run("delete from upload_part where upload_id = \(id)")
        try session.run("delete from upload where id = \(id)")
    }

    /// The name to show: its last part only, without marks that hide or turn text round.
    static func shownName(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let seen = last.unicodeScalars.filter { scalar in
            scalar.value >= 0x20 && scalar.value != 0x7F && scalar.properties.generalCategory != .format
                && scalar.properties.generalCategory != .control
        }
        let text = String(String.UnicodeScalarView(seen)).trimmingCharacters(in: .whitespaces)
        return text.isEmpty ? "file" : String(text.prefix(120))
    }

    /// Gives the file to the body: from memory when it is small, else from a file of its own that only this program can read
    /// and that goes afterwards. Nil when it is no longer kept.
    static func withSource<T: Sendable>(
        _ id: String, name: String, _ tools: Tools, _ body: (ByteSource) async throws -> T
    ) async throws -> T? {
        guard let size = try await tools.database.read({ try $0.first("select size from upload where id = \(id)")?.int("size") })
        else { return nil }
        if size <= 4 * partBytes {
            let bytes = try await tools.database.read { session in
                var bytes: [UInt8] = []
                bytes.reserveCapacity(size)
                try session.each("select bytes from upload_part where upload_id = \(id) order by number") {
                    bytes += $0.bytes("bytes")
                }
                return bytes
            }
            return try await body(.bytes(bytes, name: name))
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("eyhub-load-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = folder.appendingPathComponent("file")
        try await tools.database.read { session in
            guard FileManager.default.createFile(atPath: place.path, contents: nil) else {
                throw StoreError.full("a file for a load could not be made")
            }
            let file = try FileHandle(forWritingTo: place)
            defer { try? file.close() }
            // One part at a time: the whole would weigh as much as the program.
            let count = try session.count("select count(*) from upload_part where upload_id = \(id)")
            for number in 0..<count {
                let row = try session.first(
                    "select bytes from upload_part where upload_id = \(id) and number = \(number + 1)")
                try file.write(contentsOf: row?.bytes("bytes") ?? [])
            }
        }
        return try await body(.file(place.path, name: name))
    }
}
