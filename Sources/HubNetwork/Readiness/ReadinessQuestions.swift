/// What a new hub thinks through before it begins, in its own order (`docs/rules/readiness.md`).
enum ReadinessPart: String, Sendable, CaseIterable {
    case vision, roles, capacity, pilot, tips

    var name: String {
        switch self {
        case .vision: "Vision"
        case .roles: "Roles"
        case .capacity: "Capacity"
        case .pilot: "Pilot or whole area"
        case .tips: "Twelve tips"
        }
    }

    var lead: String {
        switch self {
        case .vision: "What the hub is for, and who stands behind it."
        case .roles: "Who does what, and who decides."
        case .capacity: "Whose time and money there is, and what is there already."
        case .pilot: "Begin small, or everywhere at once; and when to decide on more."
        case .tips: "What others found to work, as a list to tick. Give each a day."
        }
    }

    var questions: [ReadinessQuestion] { ReadinessQuestion.all.filter { $0.part == self } }

    var next: ReadinessPart? {
        Self.allCases.firstIndex(of: self).flatMap { index in
            Self.allCases.indices.contains(index + 1) ? Self.allCases[index + 1] : nil
        }
    }
}

/// One question with a written answer. The codes never change: answers are kept under them.
struct ReadinessQuestion: Sendable {
    let code: String
    let part: ReadinessPart
    let words: String
    let hint: String

    static let all: [ReadinessQuestion] = [
        ReadinessQuestion(
            code: "vision", part: .vision, words: "What should be different for children and for settings in three years?",
            hint: "Two or three sentences that a childminder and a head teacher would both sign."),
        ReadinessQuestion(
            code: "backing", part: .vision, words: "Which senior people must back it, and how do we win and keep them?",
            hint: "Names of posts rather than of people."),
        ReadinessQuestion(
            code: "council-role", part: .roles, words: "What does the council do, what do the providers do, and whose is the hub?",
            hint: "What the council does at first, and what it means to let go of later."),
        ReadinessQuestion(
            code: "people", part: .roles, words: "Who leads, who coordinates each area, and who decides when they disagree?",
            hint: "Posts that are filled, and those still to find."),
        ReadinessQuestion(
            code: "capacity", part: .capacity, words: "Whose time is there already, and what can it carry?",
            hint: "Hours a week, and what would have to stop."),
        ReadinessQuestion(
            code: "beside", part: .capacity, words: "How does it sit beside what there is: networks, forums, briefings?",
            hint: "What it takes over, what it feeds into, what goes on as it is."),
        ReadinessQuestion(
            code: "partners", part: .capacity, words: "Which other partners and tools could help?",
            hint: "Teaching school hubs, academy trusts, health, libraries, charities."),
    ]
}

/// A practice tip as a line to tick, in our own words.
struct ReadinessTip: Sendable {
    let code: String
    let group: String
    let words: String

    private static let knowing = "Getting to know the place"
    private static let building = "Building relationships"
    private static let lasting = "Making them last"

    static let all: [ReadinessTip] = [
        ReadinessTip(code: "names", group: knowing, words: "Get the list of local providers from the council or the registers"),
        ReadinessTip(code: "visits", group: knowing, words: "Visit providers where they are; a face is remembered"),
        ReadinessTip(code: "invite", group: knowing, words: "Hold a first gathering and invite everybody on the list"),
        ReadinessTip(
            code: "exchange", group: building,
            words: "Arrange visits between kinds: nurseries, schools, childminders’ groups, health centres"),
        ReadinessTip(code: "council-health", group: building, words: "Bring the council’s and the health teams into meetings and visits"),
        ReadinessTip(code: "gather", group: building, words: "Set up times to meet that local providers can come to"),
        ReadinessTip(code: "share", group: building, words: "Ask people to bring something to share, and thank them for it"),
        ReadinessTip(code: "open-lines", group: lasting, words: "Agree how and how often you speak, such as a meeting each month"),
        ReadinessTip(code: "agreement", group: lasting, words: "Agree who does what, write it down and have it signed"),
        ReadinessTip(code: "extra-mile", group: lasting, words: "Say where each is ready to do a little more than they must"),
        ReadinessTip(code: "ask-help", group: lasting, words: "Make it easy to ask for help and to lend a hand"),
        ReadinessTip(code: "needs", group: lasting, words: "Ask members what they need from the hub, and answer with what you do"),
    ]
}
