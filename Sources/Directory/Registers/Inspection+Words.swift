/// Inspections in plain English, for pages.
extension Inspection {
    /// The result in a few words: "Good", "Not met, actions set", "Safeguarding standards met; six areas graded".
    var summary: String {
        switch framework {
        case .graded: Inspection.gradeWords(overall) ?? "No overall grade"
        case .reportCard: reportCardSummary
        case .noChildren, .outOfSchool, .childcareRegister, .agency: Inspection.metWords(overall) ?? "No result given"
        }
    }

    /// Each area judged, in the order of the report, with its result in words.
    var areas: [(name: String, result: String)] {
        var areas: [(name: String, result: String)] = []
        for part in (judgements ?? "").split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard let code = pair.first.map(String.init) else { continue }
            let value = pair.count > 1 ? String(pair[1]) : ""
            let result = value == "-" ? "Not judged" : Inspection.gradeWords(value) ?? value
            areas.append((Inspection.areaNames[code] ?? code, result))
        }
        return areas
    }

    private var reportCardSummary: String {
        let worst = Inspection.reportCardGrades.last { grade in
            areas.contains { $0.result.lowercased() == grade.lowercased() }
        }
        let safe = safeguarding.map { "Safeguarding standards \($0.lowercased())" }
        let graded = areas.isEmpty ? nil : "\(areas.count) areas graded\(worst.map { ", lowest “\($0)”" } ?? "")"
        return [safe, graded].compactMap(\.self).joined(separator: "; ")
    }

    /// Best first (domain §2.5).
    static let reportCardGrades: [String] = [
        "Exceptional", "Strong standard", "Expected standard", "Needs attention", "Urgent improvement",
    ]

    static func gradeWords(_ grade: String?) -> String? {
        switch grade {
        case "1": "Outstanding"
        case "2": "Good"
        case "3": "Requires improvement"
        case "4": "Inadequate"
        default: nil
        }
    }

    static func metWords(_ result: String?) -> String? {
        switch result {
        case "met": "Met"
        case "not-met": "Not met"
        case "not-met-actions": "Not met, actions set"
        case "not-met-enforcement": "Not met, enforcement"
        case "effective": "Effective"
        case "ineffective": "Ineffective"
        default: gradeWords(result) ?? result
        }
    }

    static let areaNames: [String: String] = [
        "education": "Quality of education", "attitudes": "Behaviour and attitudes",
        "development": "Personal development",
        "leadership": "Leadership and management", "ccr": "Compulsory Childcare Register requirements",
        "vcr": "Voluntary Childcare Register requirements", "inclusion": "Inclusion",
        "curriculum": "Curriculum and teaching", "achievement": "Achievement",
        "behaviour": "Behaviour, attitudes and establishing routines", "welfare": "Children’s welfare and wellbeing",
        "governance": "Leadership and governance",
    ]
}
