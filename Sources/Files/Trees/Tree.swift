/// A document as a tree of named nodes, the same whether it came as XML or as JSON.
///
/// Services that turn XML into JSON write one child as an object, several as an array and none as null or "". Read
/// through
/// ``subscript(_:)`` all of these are a list of nodes, and so are XML's repeated elements:
///
/// ```swift
/// let registrations = tree["OfstedChildcareRegisterLocalAuthorityExtract"]["Registration"]
/// ```
///
/// The root has no name; an XML document's element is its only child.
public struct Tree: Sendable, Equatable {
    /// The element's or key's name, without a namespace prefix. An array inside an array has nodes called `item`.
    public let name: String
    /// An element's own text without white space at its edges, or a JSON value as it is written; "" for null.
    public let text: String
    /// XML attributes, and JSON keys that begin with `@`, without prefixes. Namespace declarations are left out.
    public let attributes: [String: String]
    public let children: [Tree]

    public init(name: String, text: String = "", attributes: [String: String] = [:], children: [Tree] = []) {
        self.name = name
        self.text = text
        self.attributes = attributes
        self.children = children
    }

    /// Whether nothing is in it: `<X/>`, `<X xsi:nil="true"/>`, null, "", {} and [].
    public var isEmpty: Bool {
        text.isEmpty && children.isEmpty && (attributes.isEmpty || attributes == ["nil": "true"])
    }

    /// The children of that name that have anything in them.
    public subscript(_ name: String) -> [Tree] {
        children.filter { $0.name == name && !$0.isEmpty }
    }

    /// The first child of that name that has anything in it.
    public func first(_ name: String) -> Tree? {
        children.first { $0.name == name && !$0.isEmpty }
    }

    /// The text at the end of a path of first children; "" if it does not lead anywhere.
    public func text(_ path: String...) -> String {
        var node = self
        for step in path {
            guard let next = node.first(step) else { return "" }
            node = next
        }
        return node.text
    }

    /// How large a document may be.
    public struct Limits: Sendable {
        /// Nodes within nodes.
        public var depth = 64
        public var nodes = 5_000_000
        /// Bytes, inflated.
        public var bytes = 256 << 20

        public init() {}
    }

    /// Reads XML or JSON, told by its first character; gzip is inflated.
    ///
    /// - Throws: ``FileProblem`` if it is neither, breaks the rules of what it is, or is larger than `limits`.
    public static func read(_ source: ByteSource, limits: Limits = Limits()) throws -> Tree {
        var source = source
        source.limit = min(source.limit, limits.bytes)
        source = try source.rereadable()
        let start = try TextStream(source.open(), isMarkup: true).readStart()
        switch start {
        case UInt8(ascii: "<"): return try readXML(source, limits: limits)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return try readJSON(source, limits: limits)
        default:
            throw FileProblem(
                .unsupported, file: source.name,
                start == nil ? "This file is empty." : "This is neither XML nor JSON. Check that it is the right file.")
        }
    }
}

extension [Tree] {
    /// The children of that name of all of them, in order.
    public subscript(_ name: String) -> [Tree] { flatMap { $0[name] } }
}

extension TextStream {
    /// The first byte that is not white space; nil if there is none in the first 64 KB. Uses up what it reads.
    func readStart() throws(FileProblem) -> UInt8? {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = try fill(&bytes) { [self] buffer throws(FileProblem) in try read(into: buffer) }
        return bytes[0..<count].first { !Trimming.isBlank($0) }
    }
}

/// Counts nodes against a limit.
struct NodeCounter {
    let limit: Int
    let file: String
    private var count = 0

    init(limit: Int, file: String) {
        self.limit = limit
        self.file = file
    }

    mutating func add() throws {
        count += 1
        guard count <= limit else {
            throw FileProblem(
                .tooLarge, file: file, "This file has more than \(limit) entries. Split it into smaller files.")
        }
    }
}
