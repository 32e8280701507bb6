public import House

/// What a load did, or would do. Always: `read = new + changed + unchanged + rejected`; those gone are counted apart.
public struct LoadReport: Sendable {
    public let id: String
    public let kind: LoadKind
    public internal(set) var read = 0
    public internal(set) var new = 0
    public internal(set) var changed = 0
    public internal(set) var unchanged = 0
    /// On the register before, within what this file covers, and not in this file: candidates for closure.
    public internal(set) var gone = 0
    public internal(set) var rejected = 0
    public internal(set) var seconds = 0.0
    /// The rejected rows with their reasons, at most `LoadJournal.kept` of them.
    public internal(set) var problems: [LoadProblem] = []
    /// What was taken in but is worth a look.
    public internal(set) var notes: [LoadProblem] = []
    /// What changes, from what to what: the first thousand.
    public internal(set) var changes: [LoadChange] = []

    /// `read`, `new`, `changed`, `unchanged`, `gone`, `rejected`, `seconds`, `problems` (line, reason), `notes` (line, reason).
    public var json: JSON {
        func list(_ problems: [LoadProblem]) -> JSON {
            .array(problems.map { .object([("line", .int($0.line)), ("reason", .string($0.reason))]) })
        }
        return .object([
            ("id", .string(id)), ("kind", .string(kind.rawValue)), ("read", .int(read)), ("new", .int(new)),
            ("changed", .int(changed)), ("unchanged", .int(unchanged)), ("gone", .int(gone)),
            ("rejected", .int(rejected)),
            ("seconds", .number((seconds * 1_000).rounded() / 1_000)), ("problems", list(problems)),
            ("notes", list(notes)),
        ])
    }
}

/// A row that was rejected, or taken with a remark.
public struct LoadProblem: Sendable, Equatable {
    /// The line of the file, or the number of the record where a file has no lines; 0 for the file as a whole.
    public let line: Int
    public let reason: String
    public let isRejected: Bool
    /// The row as it stood, as one line of CSV.
    let row: String
}

/// One difference a load makes.
public struct LoadChange: Sendable, Equatable {
    /// What the load does to a setting; `disputed` where a correction stands against the register.
    public enum What: String, Sendable { case new, changed, gone, back, disputed }

    public let what: What
    /// `ofsted`, `gias`, ... or the kind of load for places.
    public let register: String
    public let urn: String
    public let settingID: String?
    public let name: String?
    /// The column that differs; nil for a record that is new, gone or back.
    public let field: String?
    public let before: String?
    public let after: String?
}
