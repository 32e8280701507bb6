internal import Files

/// Which of a list's columns is which of ours. What it does not say is guessed from the columns' names.
public struct ListMapping: Sendable, Equatable {
    /// Their column's name to our field; nil leaves the column out.
    public private(set) var fields: [String: ListField?]

    public init(_ fields: [String: ListField?] = [:]) { self.fields = fields }

    /// Reads `Their column=our_field,Another=name,Left out=`. Throws `LoadRefusal` for a field that is not one of ours.
    public init(text: String) throws(LoadRefusal) {
        fields = [:]
        for part in text.split(separator: ",") {
            guard let sign = part.lastIndex(of: "=") else {
                throw LoadRefusal(
                    "“\(part)” says no field. Write “Their column=our_field”, with commas between several.")
            }
            let column = ListMapping.decoded(part[..<sign].trimmed)
            let field = part[part.index(after: sign)...].trimmed
            if field.isEmpty {
                fields[column] = .some(nil)
                continue
            }
            guard let known = ListField(rawValue: field) else {
                let all = ListField.allCases.map(\.rawValue).joined(separator: ", ")
                throw LoadRefusal("“\(field)” is not one of our fields. They are: \(all).")
            }
            fields[column] = known
        }
    }

    /// The same as text, as `init(text:)` reads it.
    public var text: String {
        fields.sorted { $0.key < $1.key }.map { column, field in
            "\(ListMapping.encoded(column))=\(field?.rawValue ?? "")"
        }.joined(separator: ",")
    }

    /// A column's name with the signs that divide a mapping written as in addresses.
    public static func encoded(_ column: String) -> String {
        column.map { $0 == "%" ? "%25" : $0 == "," ? "%2C" : String($0) }.joined()
    }

    private static func decoded(_ column: String) -> String {
        // In this order, so that a name that has "%2C" in it comes back as it was.
        column.split(separator: "%2C", omittingEmptySubsequences: false).joined(separator: ",")
            .split(separator: "%25", omittingEmptySubsequences: false).joined(separator: "%")
    }

    /// What to look for in the header: the columns named here, else those whose names are known.
    var spec: HeaderSpec {
        let said = Dictionary(
            fields.map { (HeaderSpec.fold($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        let mapped = Set(fields.values.compactMap(\.self))
        return HeaderSpec(
            ListField.allCases.map { field in
                let own = fields.filter { $0.value == field }.map(\.key).sorted()
                let names = mapped.contains(field) ? own : ([field.rawValue] + field.aliases)
                let free = mapped.contains(field) ? names : names.filter { said[HeaderSpec.fold($0)] == nil }
                return HeaderSpec.Column(
                    free.first ?? "\(field.rawValue) (left out)", aliases: Array(free.dropFirst()),
                    required: field == .name)
            })
    }

    /// Where each of our fields is in a header.
    func places(in header: HeaderMatch) -> [ListField: Int] {
        var places: [ListField: Int] = [:]
        for (field, column) in zip(ListField.allCases, spec.columns) {
            if let index = header[column.name] { places[field] = index }
        }
        return places
    }
}

extension Substring {
    /// Without white space at its edges.
    var trimmed: String {
        var part = self
        while let first = part.first, first.isWhitespace { part.removeFirst() }
        while let last = part.last, last.isWhitespace { part.removeLast() }
        return String(part)
    }
}
