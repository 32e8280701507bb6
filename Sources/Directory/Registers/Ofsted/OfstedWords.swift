/// Ofsted's words and codes, and what they are to us (domain §2.1).
enum OfstedWords {
    /// The kind of setting by provider type and subtype; nil for a type we do not know.
    static func type(_ kind: String, subtype: String?) -> SettingType? {
        // Ofsted's own spelling first: a hundred thousand rows need no small letters made of them.
        switch kind {
        case "Childminder": return .childminder
        case "Home childcarer": return .homeChildcarer
        default: return otherType(kind, subtype: subtype)
        }
    }

    private static func otherType(_ kind: String, subtype: String?) -> SettingType? {
        switch kind.lowercased() {
        case "childminder", "childminder without domestic premises": .childminder
        case "home childcarer": .homeChildcarer
        case "childcare on domestic premises": .domestic
        case "childminder agency": .agency
        case "childcare on non-domestic premises":
            switch subtype?.lowercased() {
            case "full day care": .dayNursery
            case "sessional day care": .preschool
            case "out-of-school day care", "out of school day care": .outOfSchool
            default: .groupProvider
            }
        default: nil
        }
    }

    /// The provider type in one spelling: editions differ in their capitals.
    static func kind(_ text: String) -> String {
        let known: [String] = [
            "Childminder", "Childminder without domestic premises", "Home childcarer", "Childcare on domestic premises",
            "Childcare on non-domestic premises", "Childminder agency",
        ]
        if known.contains(text) { return text }
        let lower = text.lowercased()
        return known.first { $0.lowercased() == lower } ?? text
    }

    /// Registers as text, `EYR,CCR,VCR`, those that apply. Nil for none.
    static func registers(early: Bool, compulsory: Bool, voluntary: Bool) -> String? {
        switch (early, compulsory, voluntary) {
        case (true, true, true): "EYR,CCR,VCR"
        case (true, true, false): "EYR,CCR"
        case (true, false, true): "EYR,VCR"
        case (true, false, false): "EYR"
        case (false, true, true): "CCR,VCR"
        case (false, true, false): "CCR"
        case (false, false, true): "VCR"
        case (false, false, false): nil
        }
    }

    /// `ALL`, `EYR only`, `EYR-CCR`, `EYR, CCR, VCR`, ...; nil for anything else.
    static func combination(_ text: String) -> String? {
        switch text {
        case "ALL": return "EYR,CCR,VCR"
        case "VCR only": return "VCR"
        case "EYR only": return "EYR"
        case "EYR-CCR": return "EYR,CCR"
        case "CCR-VCR": return "CCR,VCR"
        default: return parts(text)
        }
    }

    private static func parts(_ text: String) -> String? {
        if text.uppercased() == "ALL" { return "EYR,CCR,VCR" }
        var early = false
        var compulsory = false
        var voluntary = false
        for part in text.uppercased().split(whereSeparator: { " ,-/".contains($0) }) {
            switch part {
            case "EYR": early = true
            case "CCR": compulsory = true
            case "VCR": voluntary = true
            case "ONLY", "AND": continue
            default: return nil
            }
        }
        return registers(early: early, compulsory: compulsory, voluntary: voluntary)
    }

    /// `Met`, `Not Met (with actions)`, `Not Met (enforcement)`, `2`, ... as codes; nil for anything else.
    static func result(_ text: String) -> String? {
        switch text.lowercased() {
        case "met", "compliant", "yes": "met"
        case "not met", "non-compliant", "no": "not-met"
        case "not met (with actions)": "not-met-actions"
        case "not met (enforcement)", "not met (with enforcement)": "not-met-enforcement"
        case "effective": "effective"
        case "ineffective": "ineffective"
        case "1", "2", "3", "4": text
        default: nil
        }
    }
}
