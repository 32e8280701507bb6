internal import Store

/// Splits long lists of keys. Lists are filled up by repeating their last item, so that the engines see the same few statements
/// again and again.
enum Batch {
    static let size = 500

    static func each(_ items: [String], _ body: ([String]) throws -> Void) rethrows {
        var start = 0
        while start < items.count {
            let end = min(start + size, items.count)
            var batch = Array(items[start..<end])
            if let last = batch.last {
                let full = batch.count > 60 ? size : batch.count > 8 ? 60 : 8
                while batch.count < full { batch.append(last) }
            }
            try body(batch)
            start = end
        }
    }
}

extension SQL.Interpolation {
    /// Text keys for `in …`, as a table of values: PostgreSQL looks each one up in an index, where it would compare every row
    /// with every key of a plain list while it has no statistics. No keys match nothing.
    mutating func appendInterpolation(keys: [String]) {
        appendLiteral(keys.isEmpty ? "(null)" : "(values ")
        for (place, key) in keys.enumerated() {
            appendLiteral(place == 0 ? "(" : ", (")
            appendInterpolation(key)
            appendLiteral(")")
        }
        if !keys.isEmpty { appendLiteral(")") }
    }
}
