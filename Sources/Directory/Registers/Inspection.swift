internal import Civil
internal import Store

/// The rules an inspection was made under. Results of different frameworks are never turned into each other.
enum InspectionFramework: String, Sendable, CaseIterable, Bindable {
    /// Graded 1 to 4: the education inspection framework until 9 November 2025, and those before it.
    case graded = "oeif"
    /// Report cards, from 10 November 2025: six areas, five grades, safeguarding; no headline grade.
    case reportCard = "reif"
    /// No children on roll at the visit: met or not met.
    case noChildren = "ncor"
    /// Out-of-school care only: met or not met.
    case outOfSchool = "oosc"
    /// The Childcare Register: met or not met.
    case childcareRegister = "cr"
    /// Childminder agencies: effective or ineffective.
    case agency

    var name: String {
        switch self {
        case .graded: "Graded inspection"
        case .reportCard: "Report card"
        case .noChildren: "Inspection with no children on roll"
        case .outOfSchool: "Out-of-school care inspection"
        case .childcareRegister: "Childcare Register inspection"
        case .agency: "Agency inspection"
        }
    }
}

/// One inspection as its register publishes it.
struct Inspection: Sendable, Equatable {
    var framework: InspectionFramework
    /// ISO text, the last day when the visit took several.
    var onDay: String
    /// The inspection's number; empty when it was not given.
    var number: String
    /// What kind of visit, when the register says so.
    var kind: String?
    /// `1` to `4`; `met`, `not-met`, `not-met-actions`, `not-met-enforcement`; `effective`, `ineffective`; nil for a report card.
    var overall: String?
    /// `Yes`, `No`, `Met`, `Not met`.
    var safeguarding: String?
    /// `area=value;…` in the order of the report, values as the register words them, `-` for not judged under that framework.
    var judgements: String?

    var day: Day? { Day(iso: onDay) }

    func combine(into hash: inout FactsHash) {
        for text in [framework.rawValue, onDay, number, kind, overall, safeguarding, judgements] { hash.add(text) }
    }

    /// The code of its result with its framework, as `setting.outcome` keeps it; nil when it gives none.
    var outcome: String? {
        switch framework {
        case .graded: overall.map { "oeif-\($0)" }
        case .reportCard: "report-card"
        case .agency: overall
        case .noChildren, .outOfSchool, .childcareRegister:
            overall.map { "\(framework.rawValue)-\($0 == "met" ? "met" : $0.hasPrefix("not-met") ? "not-met" : $0)" }
        }
    }

    /// The newest of them that gives a result. On one day a full inspection goes before one that only says met or not met.
    static func latest(_ inspections: [Inspection]) -> (outcome: String, day: String)? {
        var best: Inspection?
        for inspection in inspections where inspection.outcome != nil {
            guard let held = best else {
                best = inspection
                continue
            }
            if (inspection.onDay, inspection.weight) > (held.onDay, held.weight) { best = inspection }
        }
        return best.flatMap { inspection in inspection.outcome.map { ($0, inspection.onDay) } }
    }

    private var weight: Int {
        switch framework {
        case .reportCard: 3
        case .graded, .agency: 2
        case .noChildren, .outOfSchool: 1
        case .childcareRegister: 0
        }
    }

    /// Whether two records tell of the same visit: editions leave numbers out.
    func isSameVisit(as other: Inspection) -> Bool {
        framework == other.framework && onDay == other.onDay
            && (number == other.number || number.isEmpty || other.number.isEmpty)
    }

    /// This record with what only an earlier edition told: a later one gives older visits in short form.
    func filled(from earlier: Inspection) -> Inspection {
        var whole = self
        if whole.number.isEmpty { whole.number = earlier.number }
        whole.kind = kind ?? earlier.kind
        whole.overall = overall ?? earlier.overall
        whole.safeguarding = safeguarding ?? earlier.safeguarding
        whole.judgements = judgements ?? earlier.judgements
        return whole
    }
}
