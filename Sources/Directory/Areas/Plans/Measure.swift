/// Distances and shares as people say them.
enum Measure {
    /// "850 m", "1.2 km", "14 km".
    static func distance(_ metres: Double) -> String {
        guard metres.isFinite else { return "not known" }
        let size = abs(metres)
        let sign = metres < 0 ? "−" : ""
        if size < 995 { return "\(sign)\(Int((size / 10).rounded()) * 10) m" }
        if size < 9_950 { return "\(sign)\(decimal(size / 1_000)) km" }
        return "\(sign)\(Int((size / 1_000).rounded())) km"
    }

    /// "12%", rounded half up.
    static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "not known" }
        let whole = Int((abs(share) * 100 + 0.5).rounded(.down))
        return share < 0 && whole > 0 ? "−\(whole)%" : "\(whole)%"
    }

    /// "+12%", "−3%", "0%".
    static func signed(_ share: Double) -> String {
        let text = percent(share)
        return text.hasPrefix("−") || text == "0%" || !share.isFinite ? text : "+\(text)"
    }

    /// One digit after the point: "4.2".
    static func decimal(_ number: Double) -> String {
        let tenths = Int((abs(number) * 10).rounded())
        return "\(number < 0 && tenths > 0 ? "−" : "")\(tenths / 10).\(tenths % 10)"
    }

    /// "A", "A and B", "A, B and C".
    static func list(_ words: [String]) -> String {
        guard let last = words.last else { return "" }
        return words.count == 1 ? last : "\(words.dropLast().joined(separator: ", ")) and \(last)"
    }
}
