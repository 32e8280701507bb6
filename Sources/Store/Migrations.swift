public import Civil

/// One step in the life of the schema. A step that has been shipped never changes: its checksum is kept where it was applied.
public struct Migration: Sendable {
    /// The room it belongs to and its place among the room's steps, such as `Directory 3`.
    public let room: String
    public let number: Int
    /// What it does, in a few words.
    public let name: String
    public let statements: [SQL]
    /// What SQL alone cannot do with the rows that are there already; done once, after the statements.
    public let fill: @Sendable (any Session) throws -> Void

    public init(
        room: String, number: Int, name: String, _ statements: [SQL], fill: @escaping @Sendable (any Session) throws -> Void = { _ in }
    ) {
        self.room = room
        self.number = number
        self.name = name
        self.statements = statements
        self.fill = fill
    }

    /// FNV-1a over the text: it tells an edited step from the shipped one. It guards against accidents, not attackers.
    public var checksum: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for statement in statements {
            for byte in statement.rendered(for: .sqlite).text.utf8 where byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\n") {
                hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            }
            hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
        }
        return String(hash, radix: 16)
    }
}

/// A step as the database remembers it.
public struct AppliedMigration: Sendable, Equatable {
    public let room: String
    public let number: Int
    public let name: String
    public let checksum: String
    public let appliedAt: String

    public init(room: String, number: Int, name: String, checksum: String, appliedAt: String) {
        self.room = room
        self.number = number
        self.name = name
        self.checksum = checksum
        self.appliedAt = appliedAt
    }
}

extension Database {
    /// Brings the schema up to date: every step not yet applied, in order, in one transaction. Safe from several processes
    /// at once. Throws `StoreError.migrationChanged` when a step applied here differs from the one given.
    /// Returns how many steps were applied.
    @discardableResult
    public func migrate(_ migrations: [Migration], clock: Clock) async throws -> Int {
        let now = clock.now
        return try await write { try $0.migrate(migrations, at: now) }
    }
}

extension Session {
    /// What ``Database/migrate(_:clock:)`` does, as a part of a greater transaction.
    @discardableResult
    public func migrate(_ migrations: [Migration], at now: Instant) throws -> Int {
        try lock("eyhub.migrations")
        try run(
            """
            create table if not exists migration (
                room text not null, number \(.integer) not null, name text not null, checksum text not null,
                applied_at text not null, primary key (room, number)
            )\(.strict)
            """)
        var applied: [String: String] = [:]
        for step in try appliedMigrations() { applied["\(step.room) \(step.number)"] = step.checksum }
        var count = 0
        for migration in migrations {
            let key = "\(migration.room) \(migration.number)"
            if let checksum = applied[key] {
                guard checksum == migration.checksum else { throw StoreError.migrationChanged(key) }
                continue
            }
            for statement in migration.statements { try run(statement) }
            try migration.fill(self)
            try run(
                """
                insert into migration (room, number, name, checksum, applied_at)
                values (\(migration.room), \(migration.number), \(migration.name), \(migration.checksum), \(now))
                """)
            count += 1
        }
        return count
    }

    /// The steps this database has taken. It must have the table that remembers them.
    public func appliedMigrations() throws -> [AppliedMigration] {
        try all("select room, number, name, checksum, applied_at from migration order by applied_at, room, number").map { row in
            AppliedMigration(
                room: row.text("room"), number: row.int("number"), name: row.text("name"), checksum: row.text("checksum"),
                appliedAt: row.text("applied_at"))
        }
    }
}
