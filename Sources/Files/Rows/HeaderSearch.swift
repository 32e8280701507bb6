/// Looks for the header among the first rows of a table: the first row that has every required column.
///
/// Publications put titles and notes above their tables, more or fewer from one release to the next, so the header is
/// known by
/// what it says and not by where it stands.
struct HeaderSearch {
    /// How many rows are looked at.
    static let depth = 50

    private let spec: HeaderSpec
    private let requiredCount: Int
    private var best: HeaderMatch?
    private(set) var rowsSeen = 0

    init(_ spec: HeaderSpec) {
        self.spec = spec
        self.requiredCount = spec.columns.filter { $0.isRequired }.count
    }

    var isExhausted: Bool { rowsSeen >= HeaderSearch.depth }

    /// The match, if this row is the header.
    mutating func offer(_ cells: [String], line: Int) -> HeaderMatch? {
        rowsSeen += 1
        let match = spec.match(cells, line: line)
        guard match.foundCount > 0 else { return nil }
        if match.missing.isEmpty { return match }
        if let best, !isBetter(match, than: best) { return nil }
        best = match
        return nil
    }

    /// Starts counting rows afresh (another sheet), keeping the best row so far for the refusal.
    mutating func startAgain() {
        rowsSeen = 0
    }

    private func isBetter(_ one: HeaderMatch, than other: HeaderMatch) -> Bool {
        if one.missing.count != other.missing.count { return one.missing.count < other.missing.count }
        return one.foundCount > other.foundCount
    }

    func refusal(file: String) -> HeaderRefusal {
        let required = spec.columns.filter { $0.isRequired }.map { $0.name }
        return HeaderRefusal(
            file: file, missing: best?.missing ?? required, unknown: best?.unknown ?? [], line: best?.line)
    }
}

/// No row of the table has the columns that are needed.
public struct HeaderRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    public let file: String
    /// Required columns that the likeliest header row lacks; all of them if no row looks like a header.
    public let missing: [String]
    /// Columns of that row that nothing here knows.
    public let unknown: [String]
    /// Where that row is; nil if no row looks like a header.
    public let line: Int?

    public init(file: String, missing: [String], unknown: [String], line: Int?) {
        self.file = file
        self.missing = missing
        self.unknown = unknown
        self.line = line
    }

    /// What is wrong and how to mend it. At most a dozen columns of each kind are named, so that it can be shown.
    public var message: String {
        guard let line else {
            return
                "None of the first \(HeaderSearch.depth) rows has the column names this needs: "
                + "\(HeaderRefusal.list(missing)). "
                + "Check that this is the right file."
        }
        var text = "The column names on line \(line) lack \(HeaderRefusal.list(missing))."
        if !unknown.isEmpty { text += " Not known here: \(HeaderRefusal.list(unknown))." }
        return text + " Check that this is the right file, or rename its columns."
    }

    public var description: String { "\(file): \(message)" }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(12).map { "“\($0.prefix(80))”" }.joined(separator: ", ")
        return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
    }
}
