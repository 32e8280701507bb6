/// Text without white space and invisible direction or width marks at either end.
///
/// Spreadsheets and phones paste no-break spaces, zero-width spaces and byte order marks; a person cannot see them.
func trimmed(_ text: some StringProtocol) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isInvisible($0) }),
        let last = scalars.lastIndex(where: { !isInvisible($0) })
    else { return "" }
    return String(String.UnicodeScalarView(scalars[first...last]))
}

private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar.value < 0x20
        || [0x200B, 0x2060, 0xFEFF].contains(scalar.value)
}

/// A whole number in threes: `70,980`.
public func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude).utf8)
    var out: [UInt8] = number < 0 ? [UInt8(ascii: "-")] : []
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index).isMultiple(of: 3) { out.append(UInt8(ascii: ",")) }
        out.append(digit)
    }
    return String(decoding: out, as: UTF8.self)
}

/// A decimal number with a fixed count of digits after the point, halves away from nought; `–` for no number at all.
func fixed(_ number: Double, digits: Int) -> String {
    guard number.isFinite, abs(number) < 1e15 else { return "–" }
    let places = max(0, min(digits, 6))
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    guard abs(number) * Double(scale) < 9e18 else { return "–" }
    let whole = Int((number * Double(scale)).rounded(.toNearestOrAwayFromZero))
    let sign = whole < 0 ? "-" : ""
    let magnitude = Int(whole.magnitude)
    guard places > 0 else { return "\(sign)\(magnitude)" }
    let fraction = String(magnitude % scale)
    let padding = String(repeating: "0", count: places - fraction.count)
    return "\(sign)\(magnitude / scale).\(padding)\(fraction)"
}
