extension FormReader {
    /// A whole number that must be there. Thousands may be grouped by commas or spaces: `70,980`.
    public mutating func int(
        _ name: String, in range: ClosedRange<Int>, missing: String, wrong: String? = nil
    ) -> Int? {
        guard given(name) != nil else {
            fail(name, missing)
            return nil
        }
        return optionalInt(name, in: range, wrong: wrong)
    }

    /// A whole number that may be left out.
    public mutating func optionalInt(_ name: String, in range: ClosedRange<Int>, wrong: String? = nil) -> Int? {
        guard let text = given(name) else { return nil }
        guard let number = Int(plainNumber(text)), range.contains(number) else {
            fail(
                name,
                wrong
                    ?? "Enter a whole number from \(grouped(range.lowerBound)) to \(grouped(range.upperBound)).")
            return nil
        }
        return number
    }

    /// A number with or without decimals that must be there.
    public mutating func decimal(
        _ name: String, in range: ClosedRange<Double>, missing: String, wrong: String? = nil
    ) -> Double? {
        guard given(name) != nil else {
            fail(name, missing)
            return nil
        }
        return optionalDecimal(name, in: range, wrong: wrong)
    }

    /// A number with or without decimals that may be left out.
    public mutating func optionalDecimal(
        _ name: String, in range: ClosedRange<Double>, wrong: String? = nil
    ) -> Double? {
        guard let text = given(name) else { return nil }
        let plain = plainNumber(text)
        let isPlain = plain.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
        guard isPlain, let number = Double(plain), range.contains(number) else {
            fail(name, wrong ?? "Enter a number from \(shortest(range.lowerBound)) to \(shortest(range.upperBound)).")
            return nil
        }
        return number
    }

    private func plainNumber(_ text: String) -> String {
        String(
            text.unicodeScalars.filter { $0 != "," && !$0.properties.isWhitespace }
                .map { $0 == "\u{2212}" ? "-" : Character($0) })
    }

    private func shortest(_ number: Double) -> String {
        for digits in 0...6 {
            let text = fixed(number, digits: digits)
            if Double(text) == number { return text }
        }
        return fixed(number, digits: 6)
    }
}
