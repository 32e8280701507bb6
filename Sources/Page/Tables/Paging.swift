/// The order of a table, as it stands in the address: `places` or, the other way round, `-places`.
public struct Sort: Sendable, Equatable {
    public var key: String
    public var isDescending: Bool

    public init(_ key: String, descending: Bool = false) {
        self.key = key
        isDescending = descending
    }

    /// Reads it from an address; `nil` when it names no column of the table.
    public init?(_ text: String?, allowed: [String]) {
        guard let text else { return nil }
        let isDescending = text.hasPrefix("-")
        let key = isDescending ? String(text.dropFirst()) : text
        guard allowed.contains(key) else { return nil }
        self.init(key, descending: isDescending)
    }

    /// What stands in the address.
    public var text: String { isDescending ? "-\(key)" : key }
}

/// "25 of 281", with the ways back and on.
public struct Paging: Component {
    /// From 1; what is asked for beyond the last page counts as the last.
    public let page: Int
    public let size: Int
    public let total: Int
    public let address: PageAddress
    /// What is counted: "settings".
    public var what: String

    public init(page: Int, size: Int, total: Int, address: PageAddress, what: String = "settings") {
        self.size = max(1, size)
        self.total = max(0, total)
        let last = Swift.max(1, (self.total + self.size - 1) / self.size)
        self.page = min(max(1, page), last)
        self.address = address
        self.what = what
    }

    public var pageCount: Int { max(1, (total + size - 1) / size) }

    /// How many rows come before this page; for SQL's `OFFSET`.
    public var offset: Int { (page - 1) * size }

    /// The rows of this page, counted from 0.
    public var range: Range<Int> { offset..<min(offset + size, total) }

    /// "1 to 25 of 281 settings", or "All 12 settings".
    public var words: String {
        if total == 0 { return "No \(what)" }
        if pageCount == 1 { return total == 1 ? "1 of 1" : "All \(grouped(total)) \(what)" }
        return "\(grouped(range.lowerBound + 1)) to \(grouped(range.upperBound)) of \(grouped(total)) \(what)"
    }

    public var html: HTML {
        guard pageCount > 1 else { return "<p class=\"counted\">\(words)</p>" }
        return """
            <nav class="paging" aria-label="Pages"><p class="counted">\(words)</p><p class="pages">\
            \(step(page - 1, "Previous", "prev"))\(step(page + 1, "Next", "next"))</p></nav>
            """
    }

    private func step(_ target: Int, _ word: String, _ relation: String) -> HTML {
        guard (1...pageCount).contains(target) else { return "" }
        let href = address.with("page", target == 1 ? nil : String(target)).href
        return """
            <a class="button quiet small" rel="\(relation)" href="\(link: href)">\(word)\
            <span class="unseen"> page, \(target) of \(pageCount)</span></a>
            """
    }
}
