/// A piece of a page. What a developer writes is code; every value put into it is data.
///
///     let row: HTML = "<li><a href=\"/settings/\(segment: id)\">\(name)</a></li>"
///
/// The literal parts are `StaticString`, so they can only come from the source of the program. Values go in byte by
/// byte with `&`, `<`, `>`, `"` and `'` escaped, so they are safe between tags and inside a **quoted** attribute;
/// attributes in this house are always quoted. Bytes, not characters, are escaped: a quote followed by a combining
/// mark is one character to Swift but still ends an attribute in a browser.
public struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    public typealias StringLiteralType = StaticString

    /// The UTF-8 bytes of the piece, ready to send.
    public internal(set) var bytes: [UInt8]

    /// An empty piece.
    public init() { bytes = [] }

    init(bytes: [UInt8]) { self.bytes = bytes }

    public init(stringLiteral value: StaticString) {
        var buffer = HTMLBuffer(capacity: value.utf8CodeUnitCount)
        buffer.code(value)
        bytes = buffer.bytes
    }

    public init(stringInterpolation: Interpolation) {
        bytes = stringInterpolation.buffer.bytes
    }

    /// Any text as data: `<` becomes `&lt;`.
    public init(text: String) {
        var buffer = HTMLBuffer(capacity: text.utf8.count + 16)
        buffer.escape(text)
        bytes = buffer.bytes
    }

    /// The piece as a string; for tests and mail. Pages are sent from `bytes`.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// True when there is nothing in it.
    public var isEmpty: Bool { bytes.isEmpty }

    /// Adds another piece at the end.
    public mutating func append(_ other: HTML) { bytes.append(contentsOf: other.bytes) }

    public static func + (left: HTML, right: HTML) -> HTML {
        var sum = left
        sum.append(right)
        return sum
    }

    public static func += (left: inout HTML, right: HTML) { left.append(right) }
}

extension Sequence {
    /// Draws every element and joins the pieces: `rows.html { "<li>\($0.name)</li>" }`.
    ///
    /// Quicker to type-check than a `map` inside an interpolation, because only one overload can be meant.
    public func html(_ draw: (Element) throws -> HTML) rethrows -> HTML {
        var all = HTML()
        for element in self { all.append(try draw(element)) }
        return all
    }
}

extension [HTML] {
    /// The pieces one after the other.
    public var joined: HTML { html { $0 } }
}

/// Something of the page kit that can draw itself; it can be put straight into an `HTML` literal.
public protocol Component: Sendable {
    /// The finished piece.
    var html: HTML { get }
}
