/// A path with its query: where sort links, filters and page links lead.
public struct PageAddress: Sendable, Equatable {
    /// The path as it stands in the address line, already percent-encoded: `/settings`.
    public var path: String
    /// Names and values as people read them; encoding happens in `href`.
    public var query: [(name: String, value: String)]

    /// `path` is written by the program; the query may hold anything.
    public init(_ path: String, _ query: [(String, String)] = []) {
        self.path = path
        self.query = query.map { (name: $0.0, value: $0.1) }
    }

    /// The same address with one value for `name`, at the place where it stood before; `nil` takes it away.
    public func with(_ name: String, _ value: String?) -> PageAddress {
        var copy = self
        let place = query.firstIndex { $0.name == name }
        copy.query.removeAll { $0.name == name }
        if let value {
            copy.query.insert((name: name, value: value), at: min(place ?? copy.query.count, copy.query.count))
        }
        return copy
    }

    /// The same address without these names.
    public func without(_ names: String...) -> PageAddress {
        var copy = self
        copy.query.removeAll { names.contains($0.name) }
        return copy
    }

    /// Percent-encoded, for a `Location` header or a link; `HTML` escapes it once more for an attribute.
    public var href: String {
        query.isEmpty ? path : "\(path)?\(encodedQuery(query.map { ($0.name, $0.value) }))"
    }

    public static func == (left: PageAddress, right: PageAddress) -> Bool {
        left.path == right.path && left.query.elementsEqual(right.query, by: ==)
    }
}
