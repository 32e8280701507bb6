import Civil
import Foundation
import Safekeeping
import Store
import StoreTestKit
import Testing

/// Tables of every kind, for one program and a later edition of it.
enum Things {
    static let first: [Migration] = [
        Migration(
            room: "Test", number: 1, name: "things",
            [
                // A line put in by the step itself, which the picture has too.
                "create table version (only_row \(.integer) primary key, number \(.integer) not null)\(.strict)",
                "insert into version (only_row, number) values (1, 1)",
                """
                create table parent (
                    id text primary key, name text not null, size \(.integer) check (size >= 0), weight \(.real), raw \(.bytes),
                    favourite_id text
                )\(.strict)
                """,
                // Named so that the alphabet has the child before its parent, and pointing in a circle.
                """
                create table a_child (
                    id text primary key, parent_id text not null references parent (id), twin_id text references a_child (id),
                    note text
                )\(.strict)
                """,
                """
                create table "order" (
                    parent_id text not null references parent (id) deferrable initially deferred, number \(.integer) not null, "select" text not null default 'x',
                    primary key (parent_id, number)
                )\(.keyed)
                """,
            ])
    ]

    static let second: [Migration] =
        first + [
            Migration(
                room: "Test", number: 2, name: "doubles",
                ["alter table parent add column doubled \(.integer)", "update parent set doubled = size * 2 where size < 1000"])
        ]

    static let hostile: [String] = [
        "", " ", "'", "O'Brien", "\"quoted\"", "\"; drop table parent; --", "a,b;c\td", "line\nend\r\nreturn\r",
        "back\\slash \\N \\. \\u0041",
        "=1+1", "'=1+1", "+44 20 7946 0000", "-", "-1", "@x", "null", "NaN", "{\"end\":{}}", "[1,2]", "\u{1}\u{7}\u{1F}\u{7F}",
        "\u{FEFF}bom",
        "e\u{301}'\u{301}", "👩🏽‍🍼 শিশু حضانة", "\u{2028}\u{2029}\u{85}", "left out 1", String(repeating: "é\"\\\n", count: 30_000),
    ]

    static let bytes: [[UInt8]] = [[], [0], [255, 0, 10, 13, 34, 92], Array(0...255), Array(repeating: 7, count: 200_000)]

    static let numbers: [Int] = [0, 1, 9_007_199_254_740_993, Int.max]
    static let reals: [Double] = [0, 0.1, -1.5, 1e300, 2.3e-308, 51.507_222_000_000_1, .infinity, -.infinity]

    /// Rows that hold all of it.
    static func fill(_ database: any Database) async throws {
        try await database.write { session in
            for (index, text) in hostile.enumerated() {
                try session.run(
                    """
                    insert into parent (id, name, size, weight, raw) values (\("p\(index)"), \(text),
                    \(numbers[index % numbers.count]), \(reals[index % reals.count]), \(Value.bytes(bytes[index % bytes.count])))
                    """)
                try session.run("insert into \"order\" (parent_id, number, \"select\") values (\("p\(index)"), \(-index), \(text))")
                try session.run("insert into a_child (id, parent_id, note) values (\("c\(index)"), \("p\(index)"), \(text))")
            }
            try session.run("insert into parent (id, name) values ('none', '')")
            try session.run("update a_child set twin_id = 'c3' where id = 'c2'")
            try session.run("update version set number = 77")
        }
    }

    static func keeping(_ migrations: [Migration] = first, secrets: Secrets = .standard) -> Safekeeping {
        Safekeeping(program: "test", migrations: migrations, clock: TestEngine.clock, secrets: secrets)
    }

    /// Every row of every table but the steps' own, in an order of its own, for comparing.
    static func rows(_ database: any Database) async throws -> [String: [[Value]]] {
        try await database.read { session in
            var all: [String: [[Value]]] = [:]
            for table in try session.tables() {
                var rows: [[Value]] = []
                try session.each(rowOf: table) { rows.append($0) }
                all[table.name] = rows.sorted { "\($0.prefix(2))" < "\($1.prefix(2))" }
            }
            return all
        }
    }

    static func rows(at address: String) async throws -> [String: [[Value]]] {
        let database = try Databases.open(address)
        let all = try await rows(database)
        await database.close()
        return all
    }

    /// A folder of its own for a test, gone afterwards.
    static func inFolder<T>(_ body: (String) async throws -> T) async throws -> T {
        let folder = NSTemporaryDirectory() + "eyhub-keeping-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    static let pairs: [(TestEngine, TestEngine)] = TestEngine.all.flatMap { one in TestEngine.all.map { (one, $0) } }
}
