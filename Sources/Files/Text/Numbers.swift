#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Numbers straight from bytes: no locale, no grouping, no surrounding white space.
enum Numbers {
    /// A whole number with an optional sign. Nil if anything else is there or it does not fit.
    static func int(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = 0
        var isNegative = false
        if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            index = 1
        }
        guard index < bytes.count else { return nil }
        var value = 0
        while index < bytes.count {
            let digit = Int(bytes[index]) - 48
            guard digit >= 0, digit <= 9 else { return nil }
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, spilled) =
                isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            guard !overflowed, !spilled else { return nil }
            value = sum
            index += 1
        }
        return value
    }

    /// Powers of ten a double holds exactly.
    private static let exactPowers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// A decimal number, `-12.5e3` at most, correctly rounded. Nil if anything else is there or it is not finite.
    static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var index = 0
        let count = bytes.count
        var isNegative = false
        if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            index = 1
        }
        var mantissa: UInt64 = 0
        var digits = 0
        var scale = 0
        var sawPoint = false
        while index < count {
            let byte = bytes[index]
            if byte >= 48, byte <= 57 {
                if digits < 19 { mantissa = mantissa &* 10 &+ UInt64(byte - 48) }
                digits += 1
                if sawPoint { scale -= 1 }
            } else if byte == UInt8(ascii: "."), !sawPoint {
                sawPoint = true
            } else {
                break
            }
            index += 1
        }
        guard digits > 0 else { return nil }
        if index < count {
            guard bytes[index] | 0x20 == UInt8(ascii: "e") else { return nil }
            let power = UnsafeBufferPointer(rebasing: bytes[(index + 1)...])
            guard let exponent = int(power), abs(exponent) < 100_000 else { return nil }
            scale += exponent
        }
        // Both parts exact, so one rounding: the classic fast path (Clinger 1990). Anything else goes to the standard
        // library.
        if digits <= 19, mantissa <= 1 << 53, abs(scale) <= 22 {
            let whole = Double(mantissa)
            let value = scale < 0 ? whole / exactPowers[-scale] : whole * exactPowers[scale]
            return isNegative ? -value : value
        }
        guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    /// A number as people write it: whole ones without a decimal point, all digits that matter, no exponent where it
    /// can be helped.
    static func text(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        return "\(value)"
    }

    /// A number from a spreadsheet. Those show at most 15 digits and store crumbs past them (`51.610380000000013` for 51.61038),
    /// so it is rounded to 15.
    static func spreadsheetText(_ value: Double) -> String {
        let exact = text(value)
        guard exact.utf8.count > 16 else { return exact }
        var buffer = [CChar](repeating: 0, count: 40)
        let count = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.15g", $0) }
        guard count > 0, count < buffer.count else { return exact }
        let digits = String(decoding: buffer[0..<Int(count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return Double(digits).map { text($0) } ?? exact
    }
}
