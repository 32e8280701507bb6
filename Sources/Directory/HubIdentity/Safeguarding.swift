/// Whom to ring when somebody worries about a child, in one local authority of a hub. Every authority has its own.
struct Safeguarding: Sendable, Equatable {
    /// Its code and name.
    let authority: String
    let name: String
    /// Children's social care (in many places the multi-agency safeguarding hub, MASH), in the day.
    var day: String?
    /// The same at night and at weekends: the emergency duty team.
    var night: String?
    /// The designated officer (LADO), for worries about somebody who works with children.
    var officer: String?

    /// The questions of the form in their order, each with the column it is kept in.
    enum Number: String, CaseIterable, Sendable { case day, night, officer }

    subscript(number: Number) -> String? {
        get {
            switch number {
            case .day: day
            case .night: night
            case .officer: officer
            }
        }
        set {
            switch number {
            case .day: day = newValue
            case .night: night = newValue
            case .officer: officer = newValue
            }
        }
    }

    /// The numbers nobody has written yet.
    var missing: [Number] { Number.allCases.filter { self[$0] == nil } }

    /// Numbers kept for films, which nobody answers.
    var invented: [Number] { Number.allCases.filter { self[$0].flatMap(Telephone.init)?.isInvented == true } }
}

extension Safeguarding.Number {
    /// As a list of what is missing says it.
    var words: String {
        switch self {
        case .day: "children’s social care in the day"
        case .night: "children’s social care at night and at weekends"
        case .officer: "the designated officer (LADO)"
        }
    }

    /// As the pages say it to everybody.
    var label: String {
        switch self {
        case .day: "Children’s social care, in the day"
        case .night: "At night and at weekends"
        case .officer: "A worry about somebody who works with children (designated officer, LADO)"
        }
    }
}
