public import Store

/// What a table holds about people of the network: how it is told to them, and what becomes of it when they are forgotten.
///
/// Each room declares its own beside its tables. A test looks through the schema: a column that names a person and stands in no
/// holding fails it.
public struct Holding: Sendable {
    public let table: String
    /// The columns with something of a person in them.
    public let columns: [String]
    /// As their owner would call it: "Your roles".
    public let words: String
    /// What becomes of it when the person is forgotten, and why.
    public let fate: String
    /// The rows about one person, for them to read.
    public let rows: @Sendable (_ personID: String, any Session) throws -> [Row]
    /// Takes out, or blanks, what must go.
    public let forget: @Sendable (_ personID: String, Tools, any Session) throws -> Void

    public init(
        _ table: String, _ columns: [String], _ words: String, fate: String,
        rows: @escaping @Sendable (_ personID: String, any Session) throws -> [Row],
        forget: @escaping @Sendable (_ personID: String, Tools, any Session) throws -> Void = { _, _, _ in }
    ) {
        self.table = table
        self.columns = columns
        self.words = words
        self.fate = fate
        self.rows = rows
        self.forget = forget
    }
}
