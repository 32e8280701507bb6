internal import Files

/// The columns of somebody's list with a few of their values, and what each is likely to be to us.
struct ListColumns: Sendable {
    struct Column: Sendable {
        /// As it stands in the file.
        let name: String
        let samples: [String]
        let field: ListField?
    }

    let columns: [Column]

    private static let sampled = 200

    /// Reads the head of the file. Throws `FileProblem` for what is no list at all.
    static func read(_ source: ByteSource, _ mapping: ListMapping) throws -> ListColumns {
        var header: HeaderMatch?
        var rows: [[String]] = []
        do {
            try Table.read(source, header: mapping.spec, start: { header = $0 }) { row, _ in
                rows.append(row.fields)
                if rows.count >= sampled { throw StopReading() }
            }
        } catch is HeaderRefusal {
            // No column is called anything like "name": the likeliest row is taken, and the person says which it is.
            (header, rows) = try guess(source, mapping)
        }
        guard let header else { return ListColumns(columns: []) }
        return ListColumns(header, rows, mapping)
    }

    private static func guess(_ source: ByteSource, _ mapping: ListMapping) throws -> (HeaderMatch?, [[String]]) {
        var rows: [(line: Int, cells: [String])] = []
        try Table.read(source) { row in
            rows.append((row.line, row.fields))
            if rows.count >= sampled { throw StopReading() }
        }
        func filled(_ cells: [String]) -> Int { cells.count { !$0.allSatisfy(\.isWhitespace) } }
        let width = rows.map { filled($0.cells) }.max() ?? 0
        // A title over the list fills a cell or two; the column names fill nearly all.
        guard width > 0, let place = rows.firstIndex(where: { filled($0.cells) * 3 >= width * 2 }) else { return (nil, []) }
        return (mapping.spec.match(rows[place].cells, line: rows[place].line), rows[(place + 1)...].map(\.cells))
    }

    private init(_ header: HeaderMatch, _ rows: [[String]], _ mapping: ListMapping) {
        let fields = Dictionary(mapping.places(in: header).map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        columns = header.names.enumerated().compactMap { index, name in
            // Of two columns with one name the first counts.
            guard !name.isEmpty, seen.insert(HeaderSpec.fold(name)).inserted else { return nil }
            var samples: [String] = []
            for row in rows where index < row.count && samples.count < 3 {
                let text = row[index][...].trimmed
                if !text.isEmpty, !samples.contains(text) { samples.append(String(text.prefix(60))) }
            }
            return Column(name: name, samples: samples, field: fields[index])
        }
    }

    private init(columns: [Column]) { self.columns = columns }
}
