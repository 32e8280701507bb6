extension Tree {
    static func readJSON(_ source: ByteSource, limits: Limits) throws -> Tree {
        let bytes = try TextStream(source.open()).readToEnd(limit: limits.bytes)
        return try bytes.withUnsafeBufferPointer { text in
            guard isUTF8(text) else {
                throw FileProblem(
                    .malformed, file: source.name, "This JSON is not in UTF-8, as it has to be. Save it as UTF-8.")
            }
            var scanner = JSONScanner(text, file: source.name, depth: limits.depth)
            var counter = NodeCounter(limit: limits.nodes, file: source.name)
            // A list at the top becomes the items of one root.
            let isList = try scanner.peek() == .array
            let nodes = try read(&scanner, name: isList ? "item" : "", &counter)
            try scanner.finish()
            return isList ? Tree(name: "", children: nodes) : nodes.first ?? Tree(name: "")
        }
    }

    /// A value under a name: one node, or as many as an array has entries.
    private static func read(_ scanner: inout JSONScanner, name: String, _ counter: inout NodeCounter) throws -> [Tree] {
        try counter.add()
        switch try scanner.peek() {
        case .object:
            return [try readObject(&scanner, name: name, &counter)]
        case .array:
            var nodes: [Tree] = []
            try scanner.array { scanner in
                if try scanner.peek() == .array {
                    let items = try read(&scanner, name: "item", &counter)
                    nodes.append(Tree(name: name, children: items))
                } else {
                    nodes += try read(&scanner, name: name, &counter)
                }
            }
            return nodes
        case .string, .number, .bool, .null:
            return [Tree(name: name, text: Trimming.edgesTrimmed(try scanner.scalar() ?? ""))]
        }
    }

    private static func readObject(_ scanner: inout JSONScanner, name: String, _ counter: inout NodeCounter) throws
        -> Tree
    {
        var text = ""
        var attributes: [String: String] = [:]
        var children: [Tree] = []
        try scanner.object { scanner, key in
            let isPlain = try scanner.peek() != .object && scanner.peek() != .array
            if key == "#text", isPlain {
                text = Trimming.edgesTrimmed(try scanner.scalar() ?? "")
            } else if key.hasPrefix("@"), isPlain {
                let value = try scanner.scalar() ?? ""
                if key != "@xmlns", !key.hasPrefix("@xmlns:") { attributes[localName(String(key.dropFirst()))] = value }
            } else {
                children += try read(&scanner, name: localName(key), &counter)
            }
        }
        return Tree(name: name, text: text, attributes: attributes, children: children)
    }

    private static func localName(_ name: String) -> String {
        name.split(separator: ":", maxSplits: 1).last.map { String($0) } ?? name
    }
}
