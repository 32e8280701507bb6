/// Something a person can do here, with who may: the rows of the table of permissions.
///
/// Each room declares its own and lists them in its front door, so that the table can be printed (`/about/permissions`) and
/// walked by a test. A route without a deed cannot be made.
public struct Deed: Sendable, Hashable {
    /// How far a role reaches.
    public enum Reach: String, Sendable, CaseIterable {
        case anywhere, ownHub = "own-hub", ownArea = "own-area", ownSetting = "own-setting"

        /// In the table's cell.
        public var words: String {
            switch self {
            case .anywhere: "everywhere"
            case .ownHub: "own hub"
            case .ownArea: "own mini-hub"
            case .ownSetting: "own setting"
            }
        }
    }

    /// Namespaced: `directory.setting.correct`.
    public let code: String
    /// As people say it: "Correct a setting's facts".
    public let words: String
    public let reaches: [Role: Reach]
    /// Strangers too.
    public let isForEverybody: Bool
    /// Anybody who is signed in, whatever their roles: their own account.
    public let isOwnAccount: Bool

    /// A deed for the roles named.
    public init(_ code: String, _ words: String, _ reaches: [Role: Reach]) {
        self.code = code
        self.words = words
        self.reaches = reaches
        isForEverybody = false
        isOwnAccount = false
    }

    private init(_ code: String, _ words: String, everybody: Bool) {
        self.code = code
        self.words = words
        reaches = [:]
        isForEverybody = everybody
        isOwnAccount = !everybody
    }

    /// Reading what everybody may read.
    public static let look = Deed("public.look", "Read the public pages", everybody: true)
    /// Signing in, answering an invitation: what somebody does before we know them.
    public static let arrive = Deed("public.arrive", "Sign in, answer an invitation", everybody: true)
    /// One's own account and data.
    public static let mindOwnAccount = Deed("account.mind", "Look after one’s own account", everybody: false)

    public static func == (left: Deed, right: Deed) -> Bool { left.code == right.code }
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
