/// A table as it was found in the database: only ``Session/tables()`` makes one, so none can name what is not there.
public struct TableShape: Sendable {
    let identifier: Identifier
    public let columns: [ColumnShape]
    /// The columns of the key, in their order.
    public let primaryKey: [String]
    public let references: [Reference]

    public var name: String { identifier.name }
}

/// One column.
public struct ColumnShape: Sendable {
    let identifier: Identifier
    public let kind: ColumnKind
    /// Whether it may be without a value.
    public let isNullable: Bool

    public var name: String { identifier.name }
}

/// The kinds of value this house's columns hold, the same on both engines.
public enum ColumnKind: String, Sendable, CaseIterable, Codable {
    case integer, real, text, bytes
}

/// Columns that name a row of another table (a foreign key).
public struct Reference: Sendable, Equatable {
    public let columns: [String]
    public let table: String
    /// The columns of that table, in the order of ours.
    public let targets: [String]
}

extension TableShape {
    /// Parents before children, so that rows loaded in this order find what they point to. Circles are cut somewhere.
    static func parentsFirst(_ tables: [TableShape]) -> [TableShape] {
        let byName = Dictionary(tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        var sorted: [TableShape] = []
        func visit(_ table: TableShape) {
            guard seen.insert(table.name).inserted else { return }
            for reference in table.references { if let parent = byName[reference.table] { visit(parent) } }
            sorted.append(table)
        }
        for table in tables { visit(table) }
        return sorted
    }
}
