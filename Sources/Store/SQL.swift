/// A statement whose literals are code and whose interpolated values are always data.
///
/// ```swift
/// let rows = try session.all("select id, name from setting where ward_code = \(ward) and places > \(places)")
/// ```
/// The literal parts are `StaticString`: text that arrived at run time cannot become code. A value is bound, never pasted.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    enum Piece: Sendable {
        case code(StaticString)
        case value(Value)
        case dialect(Dialect)
        case name(Identifier)
    }

    var pieces: [Piece]

    public init(stringLiteral value: StaticString) { pieces = [.code(value)] }
    public init(stringInterpolation: Interpolation) { pieces = stringInterpolation.pieces }

    /// Statements one after the other, as when a condition is added only sometimes.
    public static func + (left: SQL, right: SQL) -> SQL {
        var joined = left
        joined.pieces += right.pieces
        return joined
    }

    /// Parts with the same code between them, such as conditions with `" and "`. No parts make empty code.
    public static func join(_ parts: [SQL], separator: SQL) -> SQL {
        var joined = SQL("")
        for (index, part) in parts.enumerated() {
            if index > 0 { joined.pieces += separator.pieces }
            joined.pieces += part.pieces
        }
        return joined
    }

    public struct Interpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        public init(literalCapacity: Int, interpolationCount: Int) { pieces.reserveCapacity(interpolationCount * 2 + 1) }
        public mutating func appendLiteral(_ literal: StaticString) { pieces.append(.code(literal)) }

        /// A value, bound.
        public mutating func appendInterpolation(_ value: some Bindable) { pieces.append(.value(value.bound)) }
        /// A value, bound; null when there is none.
        public mutating func appendInterpolation(_ value: (some Bindable)?) { pieces.append(.value(value?.bound ?? .null)) }
        /// Code of our own, such as a condition built before.
        public mutating func appendInterpolation(_ code: SQL) { pieces += code.pieces }
        /// What the engines spell differently.
        public mutating func appendInterpolation(_ dialect: Dialect) { pieces.append(.dialect(dialect)) }
        /// A table or column found in the database. Not for other rooms: they write their names into the literal.
        mutating func appendInterpolation(_ name: Identifier) { pieces.append(.name(name)) }
        /// Several of them with commas between.
        mutating func appendInterpolation(_ names: [Identifier]) {
            for (index, name) in names.enumerated() {
                if index > 0 { pieces.append(.code(", ")) }
                pieces.append(.name(name))
            }
        }
        /// A list for `in (…)`; an empty list matches nothing.
        public mutating func appendInterpolation(list values: [some Bindable]) {
            pieces.append(.code("("))
            if values.isEmpty { pieces.append(.code("null")) }
            for (index, value) in values.enumerated() {
                if index > 0 { pieces.append(.code(", ")) }
                pieces.append(.value(value.bound))
            }
            pieces.append(.code(")"))
        }
    }
}

/// What SQLite and PostgreSQL spell differently in the SQL this house writes.
public enum Dialect: Sendable {
    /// A whole number of 64 bits.
    case integer
    /// A floating point number of 64 bits.
    case real
    case bytes
    /// At the end of a table: types are enforced (PostgreSQL always does).
    case strict
    /// At the end of a table looked up by its key only: types are enforced and rows live in the key's own tree.
    case keyed
    /// Behind the type of a text column: compared byte by byte, whatever the database's language, so that an index finds what begins alike.
    case bytewise
    /// At the end of a select: the rows are kept for this transaction, and those another one keeps are passed over.
    /// On SQLite a writing transaction is alone, so there is nothing to pass over.
    case skippingLocked
}

extension SQL {
    /// The text for one engine with its numbered placeholders, and the values in their order.
    func rendered(for engine: Engine) -> (text: String, values: [Value]) {
        var text = ""
        var values: [Value] = []
        text.reserveCapacity(256)
        for piece in pieces {
            switch piece {
            case .code(let code): code.withUTF8Buffer { text.append(String(decoding: $0, as: UTF8.self)) }
            case .name(let name): text.append(name.quoted)
            case .dialect(let dialect): text.append(engine.spelling(of: dialect))
            case .value(let value):
                values.append(value)
                text.append(engine.placeholderSign)
                text.append(String(values.count))
            }
        }
        return (text, values)
    }
}
