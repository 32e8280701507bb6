/// What a person sent in a form or a query: names and values in the order they came, repeated names kept.
public struct FormData: Sendable, Equatable {
    public private(set) var pairs: [(name: String, value: String)]

    public init(_ pairs: [(String, String)] = []) {
        self.pairs = pairs.map { (name: $0.0, value: $0.1) }
    }

    /// Reads an `application/x-www-form-urlencoded` body as the URL standard says: `&` between pairs, `+` for a space,
    /// `%XX` for a byte, a broken `%` kept as it stands, bytes that are not UTF-8 become U+FFFD.
    public init(urlEncoded body: some Sequence<UInt8>, limits: FormLimits = FormLimits()) throws(FormProblem) {
        pairs = []
        var reader = URLEncodedReader(limits: limits)
        // One more than may be, so that a longer body is seen to be one without reading it all.
        for byte in Array(body.prefix(limits.bytes + 1)) {
            try reader.take(byte)
        }
        try reader.endPair()
        pairs = reader.pairs
    }

    /// Reads the part of an address after the `?`.
    public init(query: some StringProtocol, limits: FormLimits = FormLimits()) throws(FormProblem) {
        try self.init(urlEncoded: query.utf8, limits: limits)
    }

    /// The first value of that name.
    public subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// Every value of that name, in order.
    public func all(_ name: String) -> [String] { pairs.compactMap { $0.name == name ? $0.value : nil } }

    public func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }

    public mutating func add(_ name: String, _ value: String) { pairs.append((name: name, value: value)) }

    public static func == (left: FormData, right: FormData) -> Bool { left.pairs.elementsEqual(right.pairs, by: ==) }
}

/// Reads pairs byte by byte and stops as soon as a limit is passed.
private struct URLEncodedReader {
    let limits: FormLimits
    var pairs: [(name: String, value: String)] = []
    private var name: [UInt8] = []
    private var value: [UInt8] = []
    private var isInValue = false
    private var total = 0

    init(limits: FormLimits) { self.limits = limits }

    mutating func take(_ byte: UInt8) throws(FormProblem) {
        total += 1
        guard total <= limits.bytes else { throw FormProblem(.tooLarge) }
        switch byte {
        case UInt8(ascii: "&"): try endPair()
        case UInt8(ascii: "=") where !isInValue: isInValue = true
        default:
            if isInValue {
                value.append(byte)
            } else {
                name.append(byte)
                // A percent-encoded byte takes three.
                guard name.count <= limits.nameBytes * 3 else { throw FormProblem(.nameTooLong) }
            }
        }
    }

    mutating func endPair() throws(FormProblem) {
        defer {
            name.removeAll(keepingCapacity: true)
            value.removeAll(keepingCapacity: true)
            isInValue = false
        }
        guard !name.isEmpty || isInValue else { return }
        guard pairs.count < limits.fields else { throw FormProblem(.tooManyFields) }
        let decodedName = percentDecoded(name)
        let decodedValue = percentDecoded(value)
        guard decodedName.utf8.count <= limits.nameBytes else { throw FormProblem(.nameTooLong) }
        guard decodedValue.utf8.count <= limits.valueBytes else { throw FormProblem(.tooLarge) }
        pairs.append((name: decodedName, value: decodedValue))
    }
}

private func percentDecoded(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
        let byte = bytes[at]
        if byte == UInt8(ascii: "%"), at + 2 < bytes.count,
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
