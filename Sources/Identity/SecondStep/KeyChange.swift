public import House
public import Store

/// A column that holds what is sealed with the installation's key, in a table whose key is `id`.
public struct SealedColumn: Sendable {
    /// `table.column`, for the test that looks for others.
    public let name: String
    let table: SQL
    let column: SQL

    public init(_ name: String, in table: SQL, _ column: SQL) {
        self.name = name
        self.table = table
        self.column = column
    }
}

extension Identity {
    public static let sealed: [SealedColumn] = [
        SealedColumn("person.second_step_secret", in: "person", "second_step_secret"),
        SealedColumn("person.second_step_waiting", in: "person", "second_step_waiting"),
    ]
}

/// The installation's key is changed: all that was sealed with the old one is sealed anew, in one transaction, so that whatever stops it
/// leaves all of it under the old key or all under the new one.
public enum KeyChange {
    public struct Outcome: Sendable, Equatable {
        /// Sealed anew now.
        public var changed = 0
        /// Under the new key already: the change was made before.
        public var already = 0
        /// Opened by neither key, and left as it is: sealed under one from before.
        public var lost = 0
    }

    public static func run(from old: SecretBox, to new: SecretBox, _ columns: [SealedColumn], _ tools: Tools) async throws -> Outcome {
        try await tools.database.write { session in
            var outcome = Outcome()
            for each in columns {
                let rows = try session.all(
                    "select id, \(each.column) as sealed from \(each.table) where \(each.column) is not null order by id")
                for row in rows {
                    let sealed = row.text("sealed")
                    if let bytes = try? old.open(sealed) {
                        let anew = try new.seal(bytes)
                        try session.run("update \(each.table) set \(each.column) = \(anew) where id = \(row.text("id"))")
                        outcome.changed += 1
                    } else if (try? new.open(sealed)) != nil {
                        outcome.already += 1
                    } else {
                        outcome.lost += 1
                    }
                }
            }
            try Audit.log(
                session, tools, action: "identity.key.changed", subject: "installation",
                after: "\(outcome.changed) sealed anew, \(outcome.already) were, \(outcome.lost) opened by neither key")
            return outcome
        }
    }
}
