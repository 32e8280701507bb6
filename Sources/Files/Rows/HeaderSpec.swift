/// The columns a reader expects of a table, by all the names they have gone under.
public struct HeaderSpec: Sendable {
    /// One expected column.
    public struct Column: Sendable {
        /// The name it is asked for by, and the one looked for first.
        public let name: String
        /// Other names, best first.
        public let aliases: [String]
        /// Whether a table without it is refused.
        public let isRequired: Bool

        public init(_ name: String, aliases: [String] = [], required: Bool = false) {
            self.name = name
            self.aliases = aliases
            self.isRequired = required
        }
    }

    public let columns: [Column]
    /// Folded name to the columns it may stand for, with its place in that column's list of names.
    private let byName: [String: [(column: Int, rank: Int)]]

    public init(_ columns: [Column]) {
        self.columns = columns
        var byName: [String: [(column: Int, rank: Int)]] = [:]
        for (index, column) in columns.enumerated() {
            for (rank, name) in ([column.name] + column.aliases).enumerated() {
                byName[HeaderSpec.fold(name), default: []].append((index, rank))
            }
        }
        self.byName = byName
    }

    /// A column name as it is compared: small letters, `_` a space, runs of white space (no-break spaces included) one
    /// space,
    /// edges trimmed.
    public static func fold(_ name: String) -> String {
        let spaced = String(decoding: name.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
        return Trimming.folded(spaced).lowercased()
    }

    /// One row read as a header. Never refuses; ``HeaderMatch/missing`` says what a refusal would rest on.
    ///
    /// Where several cells could be the same column, the one whose name stands earliest in the column's names wins,
    /// then the
    /// leftmost; the others are named in ``HeaderMatch/duplicates``.
    public func match(_ cells: [String], line: Int) -> HeaderMatch {
        let names = cells.map { Trimming.folded($0) }
        let folded = names.map { HeaderSpec.fold($0) }
        var taken: [Int: (position: Int, rank: Int)] = [:]
        var duplicates: [String] = []
        var unknown: [String] = []
        for (position, name) in folded.enumerated() where !name.isEmpty {
            guard let claims = byName[name] else {
                unknown.append(names[position])
                continue
            }
            for claim in claims {
                guard let holder = taken[claim.column] else {
                    taken[claim.column] = (position, claim.rank)
                    continue
                }
                if claim.rank < holder.rank {
                    duplicates.append(names[holder.position])
                    taken[claim.column] = (position, claim.rank)
                } else {
                    duplicates.append(names[position])
                }
            }
        }
        var positions: [String: Int] = [:]
        var missing: [String] = []
        for (index, column) in columns.enumerated() {
            if let holder = taken[index] {
                positions[column.name] = holder.position
            } else if column.isRequired {
                missing.append(column.name)
            }
        }
        var byHeader: [String: Int] = [:]
        for (position, name) in folded.enumerated() where !name.isEmpty && byHeader[name] == nil {
            byHeader[name] = position
        }
        return HeaderMatch(
            line: line, names: names, missing: missing, unknown: unknown, duplicates: duplicates,
            positions: positions, byHeader: byHeader)
    }
}

/// A header row: which column is where.
public struct HeaderMatch: Sendable {
    /// The physical line (or spreadsheet row) of the header, from 1.
    public let line: Int
    /// The header cells in order, white space folded.
    public let names: [String]
    /// Required columns that are not there, by the spec's names.
    public let missing: [String]
    /// Header cells no expected column answers to, empty ones left out.
    public let unknown: [String]
    /// Header cells passed over because another one is the same column.
    public let duplicates: [String]
    private let positions: [String: Int]
    private let byHeader: [String: Int]

    init(
        line: Int, names: [String], missing: [String], unknown: [String], duplicates: [String],
        positions: [String: Int], byHeader: [String: Int]
    ) {
        self.line = line
        self.names = names
        self.missing = missing
        self.unknown = unknown
        self.duplicates = duplicates
        self.positions = positions
        self.byHeader = byHeader
    }

    /// The index of an expected column by the name its spec gives it; nil if this file does not have it.
    public subscript(_ column: String) -> Int? { positions[column] }

    /// The index of any header cell, expected or not, compared as ``HeaderSpec/fold(_:)`` does; the first if it is
    /// there twice.
    public func index(ofHeader name: String) -> Int? { byHeader[HeaderSpec.fold(name)] }

    /// How many expected columns were found.
    public var foundCount: Int { positions.count }
}
