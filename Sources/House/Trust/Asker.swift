/// Who asks for something: somebody signed in, a program with a token, the command line, or a stranger.
public struct Asker: Sendable {
    /// How they come to us.
    public enum Means: Sendable, Equatable {
        case stranger
        /// A browser with a session; the id of its record.
        case session(String)
        /// A program with an API token; the id of its record.
        case token(String)
        /// Somebody at the machine itself.
        case commandLine
        /// The program by itself, at its own hour.
        case house
    }

    public let means: Means
    /// Nil for strangers and the command line.
    public let personID: String?
    public let name: String
    /// The roles in force.
    public let hats: [Hat]
    /// The hat chosen from several: which hub's pages come first, and what the top of the page says.
    public let worn: Hat?
    /// False when a role asks for a second step that was not taken in this session.
    public let isSecondStepDone: Bool
    /// What a token may do at most; nil when nothing but the roles limits it.
    public let tokenDeeds: Set<String>?
    /// Whether it is time to write down that the session or token is in use.
    public let isToBeNoted: Bool

    public init(
        means: Means, personID: String?, name: String, hats: [Hat], worn: Hat? = nil, isSecondStepDone: Bool,
        tokenDeeds: Set<String>? = nil, isToBeNoted: Bool = false
    ) {
        self.means = means
        self.personID = personID
        self.name = name
        self.hats = hats
        self.worn = worn ?? hats.first
        self.isSecondStepDone = isSecondStepDone
        self.tokenDeeds = tokenDeeds
        self.isToBeNoted = isToBeNoted
    }

    public static let stranger = Asker(means: .stranger, personID: nil, name: "", hats: [], isSecondStepDone: false)

    /// Whoever may run the program on the machine may do all of it.
    public static let commandLine = Asker(
        means: .commandLine, personID: nil, name: "The command line", hats: [Hat(id: "command-line", role: .administrator)],
        isSecondStepDone: true)

    /// What the program does by itself.
    public static let house = Asker(means: .house, personID: nil, name: "The program itself", hats: [], isSecondStepDone: true)

    public var isStranger: Bool { means == .stranger }

    public var isAdministrator: Bool { hats.contains { $0.role == .administrator } }

    /// The hubs they have any role in.
    public var hubs: Set<String> { Set(hats.compactMap(\.hubID)) }

    /// Whether they may know of a hub's own records.
    public func knows(hub id: String) -> Bool { isAdministrator || hubs.contains(id) }

    /// Whether they may do a deed at a place. Pages ask before they offer it, so that nobody is led to a refusal; the permit asks again
    /// when it is done.
    public func may(_ deed: Deed, at place: Whereabouts = .several) -> Bool {
        if deed.isForEverybody { return true }
        if isStranger { return false }
        if let allowed = tokenDeeds, !allowed.contains(deed.code) { return false }
        return deed.isOwnAccount || Permission.answer(hats, deed, place) == .yes
    }

    /// A second step is asked of them and was not taken yet.
    public var owesSecondStep: Bool { !isSecondStepDone && hats.contains { $0.role.needsSecondStep } }

    /// What the audit trail calls them.
    public var auditName: String {
        switch means {
        case .stranger: "stranger"
        case .commandLine: "command-line"
        case .house: "house"
        case .session, .token: "person:\(personID ?? "")"
        }
    }
}
