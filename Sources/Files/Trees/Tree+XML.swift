extension Tree {
    /// An element that is still open.
    private struct Draft {
        let name: String
        let attributes: [String: String]
        var text: [UInt8] = []
        var children: [Tree] = []

        func closed() -> Tree {
            Tree(name: name, text: Tree.trimmed(text), attributes: attributes, children: children)
        }
    }

    static func readXML(_ source: ByteSource, limits: Limits) throws -> Tree {
        var scannerLimits = XMLScanner.Limits()
        scannerLimits.depth = limits.depth
        let scanner = try XMLScanner(source.open(), limits: scannerLimits)
        var counter = NodeCounter(limit: limits.nodes, file: source.name)
        var open: [Draft] = [Draft(name: "", attributes: [:])]
        while true {
            switch try scanner.next() {
            case .finish:
                return open[0].closed()
            case .start:
                try counter.add()
                open.append(Draft(name: scanner.nameText, attributes: try attributes(scanner)))
            case .text:
                try scanner.appendText(to: &open[open.count - 1].text)
            case .end:
                let element = open.removeLast()
                open[open.count - 1].children.append(element.closed())
            }
        }
    }

    private static func attributes(_ scanner: XMLScanner) throws -> [String: String] {
        var found: [String: String] = [:]
        for attribute in scanner.attributes {
            let full = scanner.string(attribute.name)
            guard full != "xmlns", !full.hasPrefix("xmlns:") else { continue }
            found[scanner.string(scanner.localPart(attribute.name))] = try scanner.value(attribute.value)
        }
        return found
    }

    private static func trimmed(_ text: [UInt8]) -> String {
        text.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return "" }
            let range = Trimming.trimmed(base, 0, bytes.count)
            return String(decoding: UnsafeBufferPointer(rebasing: bytes[range.start..<range.end]), as: UTF8.self)
        }
    }
}
