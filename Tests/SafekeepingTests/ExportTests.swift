import Foundation
import Safekeeping
import Store
import StoreTestKit
import Testing

@Suite struct ExportTests {
    @Test("What was exported comes back row by row, on either engine", arguments: Things.pairs)
    func comesBack(from: TestEngine, to: TestEngine) async throws {
        try await Things.inFolder { folder in
            let export = "\(folder)/all"
            let before = try await from.withDatabase(Things.first) { database in
                try await Things.fill(database)
                _ = try await Things.keeping().export(database, to: export)
                return try await Things.rows(database)
            }
            let after = try await to.withAddress { address in
                _ = try await Things.keeping().importEverything(from: export) { try Databases.open(address) }
                return try await Things.rows(at: address)
            }
            for (table, rows) in before { #expect(after[table] == rows, "\(table)") }
        }
    }

    @Test("The folder holds a file for each table, a description for people and one for programs, for the owner only")
    func describesItself() async throws {
        try await Things.inFolder { folder in
            try await TestEngine.all[0].withDatabase(Things.first) { database in
                try await Things.fill(database)
                _ = try await Things.keeping().export(database, to: "\(folder)/all")
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/all").sorted()
            #expect(names == ["README.md", "a_child.csv", "order.csv", "parent.csv", "schema.json", "version.csv"])
            for name in names {
                let facts = try FileManager.default.attributesOfItem(atPath: "\(folder)/all/\(name)")
                #expect((facts[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            }
            let version = try String(contentsOfFile: "\(folder)/all/version.csv", encoding: .utf8)
            #expect(version == "only_row,number\r\n1,77\r\n")
            let readMe = try String(contentsOfFile: "\(folder)/all/README.md", encoding: .utf8)
            #expect(readMe.contains("- parent_id → `parent` (id)"))
            let parents = try String(contentsOfFile: "\(folder)/all/parent.csv", encoding: .utf8)
            #expect(parents.contains("\r\nnone,\"\",,,,\r\n"))
            #expect(!parents.contains(",=1+1,"))
        }
    }

    @Test("Secrets are left out of an export, said so, and stand empty after its import", arguments: TestEngine.all)
    func leavesSecretsOut(engine: TestEngine) async throws {
        try await Things.inFolder { folder in
            let keeping = Things.keeping(secrets: Secrets(["*ote", "parent.name"]))
            try await engine.withDatabase(Things.first) { database in
                try await Things.fill(database)
                let outcome = try await keeping.export(database, to: "\(folder)/all")
                #expect(outcome.remarks.count == 2)
            }
            for name in ["parent.csv", "a_child.csv"] {
                let text = try String(contentsOfFile: "\(folder)/all/\(name)", encoding: .utf8)
                #expect(!text.contains("Brien"))
            }
            try await engine.withAddress { address in
                _ = try await keeping.importEverything(from: "\(folder)/all") { try Databases.open(address) }
                let database = try Databases.open(address)
                let (notes, names) = try await database.read { session in
                    (
                        try session.count("select count(*) from a_child where note is not null"),
                        try session.count("select count(distinct name) from parent")
                    )
                }
                await database.close()
                #expect(notes == 0)
                #expect(names == Things.hostile.count + 1)
            }
        }
    }

    @Test("A file altered, cut or lost is noticed, and nothing is loaded", arguments: TestEngine.all)
    func noticesDamage(engine: TestEngine) async throws {
        try await Things.inFolder { folder in
            try await TestEngine.all[0].withDatabase(Things.first) { database in
                try await Things.fill(database)
                _ = try await Things.keeping().export(database, to: "\(folder)/all")
            }
            let file = "\(folder)/all/order.csv"
            let whole = try Data(contentsOf: URL(fileURLWithPath: file))
            let schema = try String(contentsOfFile: "\(folder)/all/schema.json", encoding: .utf8)
            for damage in 0..<5 {
                var bytes = whole
                switch damage {
                case 0: bytes.removeLast(1)
                case 1: bytes.removeLast(bytes.count / 2)
                case 2: bytes.append(contentsOf: Array("p1,5,x\r\n".utf8))
                case 3: bytes[bytes.count / 2] ^= 1
                default:
                    try Data(schema.replacing("order.csv", with: "../../etc/passwd").utf8)
                        .write(to: URL(fileURLWithPath: "\(folder)/all/schema.json"))
                }
                try bytes.write(to: URL(fileURLWithPath: file))
                try await engine.withAddress { address in
                    await #expect(throws: (any Error).self, "\(damage)") {
                        _ = try await Things.keeping().importEverything(from: "\(folder)/all") { try Databases.open(address) }
                    }
                    let rows = try await Things.rows(at: address)
                    #expect(rows.isEmpty)
                }
            }
        }
    }

    @Test("A folder with something in it is refused and left as it is")
    func refusesFull() async throws {
        try await Things.inFolder { folder in
            try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(folder)/mine"))
            try await TestEngine.all[0].withDatabase(Things.first) { database in
                let refusal = await #expect(throws: KeepingRefusal.self) { _ = try await Things.keeping().export(database, to: folder) }
                #expect(refusal != nil)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["mine"])
        }
    }
}
