import Foundation
import Safekeeping
import Store
import StoreTestKit
import Testing

@Suite struct DamagedBackupTests {
    private func small(in folder: String) async throws -> String {
        let file = "\(folder)/a.backup"
        try await TestEngine.all[0].withDatabase(Things.first) { database in
            try await database.write { session in
                for index in 0..<300 {
                    try session.run("insert into parent (id, name, size) values (\("p\(index)"), \("name \(index * 7_919)"), \(index))")
                }
            }
            _ = try await Things.keeping().backup(database, to: file, replacing: false)
        }
        return file
    }

    @Test("A backup cut short anywhere is noticed")
    func cutShort() async throws {
        try await Things.inFolder { folder in
            let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: try await small(in: folder))))
            _ = try await Things.keeping().inspect(backup: "\(folder)/a.backup")
            for length in [0, 1, 2, 10, 11, whole.count / 3, whole.count / 2, whole.count - 9, whole.count - 8, whole.count - 1] {
                let file = "\(folder)/cut"
                try Data(whole[0..<length]).write(to: URL(fileURLWithPath: file))
                await #expect(throws: (any Error).self, "\(length) of \(whole.count)") {
                    _ = try await Things.keeping().inspect(backup: file)
                }
            }
        }
    }

    @Test("A byte altered anywhere is noticed")
    func altered() async throws {
        try await Things.inFolder { folder in
            let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: try await small(in: folder))))
            // Bytes 4 to 9 of a gzip file (time, flags, system) and its name say nothing of the contents.
            for place in stride(from: 10, to: whole.count, by: max(1, whole.count / 150)) {
                var bytes = whole
                bytes[place] ^= 0x10
                let file = "\(folder)/altered"
                try Data(bytes).write(to: URL(fileURLWithPath: file))
                await #expect(throws: (any Error).self, "byte \(place)") {
                    _ = try await Things.keeping().inspect(backup: file)
                }
            }
        }
    }

    @Test("Lines left out, doubled, moved or written by somebody else are noticed, and nothing is loaded", arguments: TestEngine.all)
    func edited(engine: TestEngine) async throws {
        try await Things.inFolder { folder in
            let text = try Gzip.unpacked(try await small(in: folder))
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let row = lines.firstIndex { $0.hasPrefix("[\"p") } ?? 0
            var edits: [[String]] = []
            for change in 0..<7 {
                var edited = lines
                switch change {
                case 0: edited.remove(at: row)
                case 1: edited.insert(edited[row], at: row)
                case 2: edited[row] = edited[row].replacing("]", with: ",null]")
                case 3: edited[row] = "[\"x\"]"
                case 4: edited.removeAll { $0 == "{\"table\":\"a_child\"}" }
                case 5: edited.insert("[\"after the end\"]", at: edited.count - 1)
                default: edited.remove(at: edited.count - 2)
                }
                edits.append(edited)
            }
            for (index, edited) in edits.enumerated() {
                for mended in [false, true] {
                    let joined = edited.joined(separator: "\n")
                    try Gzip.pack(mended ? Gzip.withChecksumMended(joined) : joined, to: "\(folder)/edited")
                    try await engine.withAddress { address in
                        await #expect(throws: (any Error).self, "\(index) \(mended)") {
                            _ = try await Things.keeping().restore("\(folder)/edited") { try Databases.open(address) }
                        }
                        let rows = try await Things.rows(at: address)
                        #expect(rows.isEmpty)
                    }
                }
            }
        }
    }

    @Test("What is no backup is told apart from a damaged one", arguments: ["", "hello\n", "{}\n", "[1]\n", "{\"eyhub_backup\":{}}\n"])
    func noBackup(text: String) async throws {
        try await Things.inFolder { folder in
            let file = "\(folder)/x"
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            let refusal = await #expect(throws: KeepingRefusal.self) { _ = try await Things.keeping().inspect(backup: file) }
            #expect(refusal?.description.contains("is not a backup of eyhub") == true)
        }
    }

    @Test("Names in a file never reach a statement: a table that is not ours is left out and said so")
    func hostileNames() async throws {
        try await Things.inFolder { folder in
            let text = try Gzip.unpacked(try await small(in: folder))
            let name = "parent\\\"; drop table parent; --"
            let head = text.replacing(
                "\"tables\":[",
                with:
                    "\"tables\":[{\"columns\":[{\"name\":\"\(name)\",\"nullable\":true,\"type\":\"text\"}],\"name\":\"\(name)\",\"primary_key\":[],\"references\":[]},"
            )
            let body = head.replacing("{\"table\":\"parent\"}", with: "{\"table\":\"\(name)\"}\n[\"x\"]\n{\"table\":\"parent\"}")
            // The order of the head is the order of the file.
            let start = body.replacing("\n{\"table\":\"\(name)\"}\n[\"x\"]", with: "")
            let lines = start.split(separator: "\n", maxSplits: 1)
            let ordered = "\(lines[0])\n{\"table\":\"\(name)\"}\n[\"x\"]\n\(lines[1])"
                .replacing("\"rows\":{", with: "\"rows\":{\"\(name)\":1,")
            try Gzip.pack(Gzip.withChecksumMended(ordered), to: "\(folder)/hostile")
            let found = try await Things.keeping().inspect(backup: "\(folder)/hostile")
            #expect(found.remarks.count == 1)
            try await TestEngine.all[0].withAddress { address in
                _ = try await Things.keeping().restore("\(folder)/hostile") { try Databases.open(address) }
                let rows = try await Things.rows(at: address)
                #expect(rows["parent"]?.count == 300)
            }
        }
    }
}
