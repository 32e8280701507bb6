/// What a person sent in a form or a query: names and values in the order they came, repeated names kept.
public struct FormData: Sendable, Equatable {
    public private(set) var pairs: [(name: String, value: String)]

    public init(_ pairs: [(String, String)] = []) {
        self.pairs = pairs.map { (name: $0.0, value: $0.1) }
    }

    /// Reads an `application/x-www-form-urlencoded` body as the URL standard says: `&` between pairs, `+` for a space,
    /// `%XX` for a byte, a broken `%` kept as it stands, bytes that are not UTF-8 become U+FFFD.
    public init(urlEncoded body: some Sequence<UInt8>, limits: FormLimits = FormLimits()) throws(FormProblem) {
        // One more than may be, so that a longer body is seen to be one without reading it all.
        let most = limits.bytes + 1
        let bytes = body.withContiguousStorageIfAvailable { Array($0.prefix(most)) } ?? Array(body.prefix(most))
        guard bytes.count <= limits.bytes else { throw FormProblem(.tooLarge) }
        pairs = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
            if end > start {
                guard pairs.count < limits.fields else { throw FormProblem(.tooManyFields) }
                pairs.append(try Self.pair(bytes[start..<end], limits))
            }
            start = end + 1
        }
    }

    /// `name=value`; the value may hold more equals signs.
    private static func pair(
        _ bytes: ArraySlice<UInt8>, _ limits: FormLimits
    ) throws(FormProblem) -> (name: String, value: String) {
        let equals = bytes.firstIndex(of: UInt8(ascii: "=")) ?? bytes.endIndex
        // A percent-encoded byte takes three.
        guard equals - bytes.startIndex <= limits.nameBytes * 3 else { throw FormProblem(.nameTooLong) }
        let name = percentDecoded(bytes[..<equals])
        let value = percentDecoded(bytes[equals...].dropFirst())
        guard name.utf8.count <= limits.nameBytes else { throw FormProblem(.nameTooLong) }
        guard value.utf8.count <= limits.valueBytes else { throw FormProblem(.tooLarge) }
        return (name, value)
    }

    /// Reads the part of an address after the `?`.
    public init(query: some StringProtocol, limits: FormLimits = FormLimits()) throws(FormProblem) {
        try self.init(urlEncoded: query.utf8, limits: limits)
    }

    /// The first value of that name.
    public subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// Every value of that name, in order.
    public func all(_ name: String) -> [String] { pairs.compactMap { $0.name == name ? $0.value : nil } }

    /// Whether the field was sent at all, empty or not.
    public func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }

    /// The same without a field, such as a passphrase that must not be drawn again.
    public func without(_ name: String) -> FormData {
        FormData(pairs.filter { $0.name != name }.map { ($0.name, $0.value) })
    }

    /// One more value, after those of the same name.
    public mutating func add(_ name: String, _ value: String) { pairs.append((name: name, value: value)) }

    public static func == (left: FormData, right: FormData) -> Bool { left.pairs.elementsEqual(right.pairs, by: ==) }
}

private func percentDecoded(_ bytes: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = bytes.startIndex
    while at < bytes.endIndex {
        let byte = bytes[at]
        if byte == UInt8(ascii: "%"), at + 2 < bytes.endIndex,
            let high = hexDigit(bytes[at + 1]), let low = hexDigit(bytes[at + 2])
        {
            out.append(high << 4 | low)
            at += 3
        } else {
            out.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            at += 1
        }
    }
    return String(decoding: out, as: UTF8.self)
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
}
