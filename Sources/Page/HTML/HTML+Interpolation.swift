extension HTML {
    /// What may stand inside `\( )` in an `HTML` literal, and what becomes of it.
    ///
    /// The forms for optional values are disfavoured, so that an expression that could be either is never ambiguous.
    public struct Interpolation: StringInterpolationProtocol, Sendable {
        public typealias StringLiteralType = StaticString

        var buffer: HTMLBuffer

        public init(literalCapacity: Int, interpolationCount: Int) {
            buffer = HTMLBuffer(capacity: literalCapacity + interpolationCount * 24)
        }

        public mutating func appendLiteral(_ literal: StaticString) { buffer.code(literal) }

        // MARK: Data

        /// Text, escaped.
        public mutating func appendInterpolation(_ text: String) { buffer.escape(text) }

        /// Text, escaped; nothing when there is none.
        @_disfavoredOverload
        public mutating func appendInterpolation(_ text: String?) {
            if let text { buffer.escape(text) }
        }

        /// Part of a text, escaped.
        public mutating func appendInterpolation(_ text: Substring) { buffer.escape(text) }

        /// One character, escaped.
        public mutating func appendInterpolation(_ character: Character) { buffer.escape(String(character)) }

        /// A whole number.
        public mutating func appendInterpolation(_ number: Int) { buffer.number(number) }

        /// A whole number; nothing when there is none.
        @_disfavoredOverload
        public mutating func appendInterpolation(_ number: Int?) {
            if let number { buffer.number(number) }
        }

        /// A whole number of another width.
        public mutating func appendInterpolation(_ number: some BinaryInteger) { buffer.escape(String(number)) }

        /// A decimal number with a fixed count of digits after the point: `\(1.25, digits: 1)` gives `1.3`.
        public mutating func appendInterpolation(_ number: Double, digits: Int) {
            buffer.escape(fixed(number, digits: digits))
        }

        // MARK: Pieces, nested as they are

        /// A piece that is HTML already.
        public mutating func appendInterpolation(_ piece: HTML) { buffer.bytes.append(contentsOf: piece.bytes) }

        @_disfavoredOverload
        public mutating func appendInterpolation(_ piece: HTML?) {
            if let piece { buffer.bytes.append(contentsOf: piece.bytes) }
        }

        /// Several pieces, one after the other.
        public mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { buffer.bytes.append(contentsOf: piece.bytes) }
        }

        /// A piece of the kit, drawn.
        public mutating func appendInterpolation(_ component: some Component) {
            buffer.bytes.append(contentsOf: component.html.bytes)
        }

        @_disfavoredOverload
        public mutating func appendInterpolation(_ component: (some Component)?) {
            if let component { buffer.bytes.append(contentsOf: component.html.bytes) }
        }

        /// Several pieces of the kit, one after the other.
        public mutating func appendInterpolation(_ components: [some Component]) {
            for component in components { buffer.bytes.append(contentsOf: component.html.bytes) }
        }

        // MARK: Addresses

        /// An address a person wrote, for `href` and `src`; `#` when it is not one we let through.
        public mutating func appendInterpolation(link: String?) { buffer.escape(checkedLink(link ?? "#")) }

        /// `a=1&amp;b=two+words`: names and values percent-encoded, then escaped for an attribute.
        public mutating func appendInterpolation(query: [(String, String)]) {
            buffer.escape(encodedQuery(query))
        }

        /// One part of a path, percent-encoded, so a slash or a question mark in it cannot change where it leads.
        public mutating func appendInterpolation(segment: String) {
            buffer.escape(encodedSegment(segment))
        }

        // MARK: Attributes

        /// ` checked` or nothing.
        public mutating func appendInterpolation(attribute name: StaticString, when isOn: Bool) {
            guard isOn else { return }
            buffer.bytes.append(UInt8(ascii: " "))
            buffer.code(name)
        }

        /// ` name="value"` with the value escaped, or nothing.
        public mutating func appendInterpolation(attribute name: StaticString, value: String?) {
            guard let value else { return }
            buffer.bytes.append(UInt8(ascii: " "))
            buffer.code(name)
            buffer.code("=\"")
            buffer.escape(value)
            buffer.code("\"")
        }

        /// ` name="12"` or nothing.
        public mutating func appendInterpolation(attribute name: StaticString, value: Int?) {
            appendInterpolation(attribute: name, value: value.map { String($0) })
        }
    }
}
