public import Civil

/// One value as the database keeps it. Days, instants and ids are text; yes and no are 1 and 0; money is whole pence.
public enum Value: Sendable, Hashable {
    case null
    case int(Int)
    case real(Double)
    case text(String)
    case bytes([UInt8])
}

/// What can stand in a statement as data.
public protocol Bindable: Sendable {
    var bound: Value { get }
}

extension Value: Bindable { public var bound: Value { self } }
extension String: Bindable {
    /// PostgreSQL's text cannot hold U+0000, so neither engine's may: it is shown as the replacement character.
    public var bound: Value {
        let holdsZero = utf8.withContiguousStorageIfAvailable { $0.contains(0) } ?? utf8.contains(0)
        guard holdsZero else { return .text(self) }
        var mended = String.UnicodeScalarView()
        for scalar in unicodeScalars { mended.append(scalar.value == 0 ? "\u{FFFD}" : scalar) }
        return .text(String(mended))
    }
}
extension Int: Bindable { public var bound: Value { .int(self) } }
extension Double: Bindable { public var bound: Value { .real(self) } }
extension Bool: Bindable { public var bound: Value { .int(self ? 1 : 0) } }
extension Day: Bindable { public var bound: Value { .text(iso) } }
extension Instant: Bindable { public var bound: Value { .text(iso) } }
extension RawRepresentable where Self: Sendable, RawValue == String {
    public var bound: Value { rawValue.bound }
}
extension Optional: Bindable where Wrapped: Bindable {
    public var bound: Value { self?.bound ?? .null }
}
