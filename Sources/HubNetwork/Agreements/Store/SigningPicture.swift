internal import Civil
internal import Directory
internal import House
internal import Store

/// Who has signed an agreement and who has not: every setting of the hub with where it stands.
struct SigningPicture: Sendable {
    let agreement: Agreement
    let hub: HubGround
    /// Every signature that was ever given, newest first.
    let signatures: [Signature]
    let today: Day
    /// Where each setting with a signature stands.
    let states: [String: SigningRule.State]
    private let stateOf: [String: SigningRule.State]

    init(agreement: Agreement, hub: HubGround, signatures: [Signature], today: Day) {
        self.agreement = agreement
        self.hub = hub
        self.signatures = signatures
        self.today = today
        var stateOf: [String: SigningRule.State] = [:]
        var bySetting: [String: [SigningRule.State]] = [:]
        for signature in signatures {
            guard let state = signature.state(agreement, on: today) else { continue }
            stateOf[signature.id] = state
            if let setting = signature.settingID { bySetting[setting, default: []].append(state) }
        }
        self.stateOf = stateOf
        states = bySetting.compactMapValues(SigningRule.best)
    }

    static func of(_ id: String, hub slug: String, on today: Day, _ session: any Session) throws -> SigningPicture {
        let agreement = try Agreements.with(id: id, session)
        return SigningPicture(
            agreement: agreement, hub: try HubGround.of(slug, on: today, session),
            signatures: try Signatures.of(agreement, session), today: today)
    }

    func state(of signature: Signature) -> SigningRule.State? { stateOf[signature.id] }

    /// Signatures that count today.
    var counting: [Signature] { signatures.filter { stateOf[$0.id]?.counts == true } }
    /// The people behind them.
    var people: Int { Set(counting.map(\.personKey)).count }
    /// The settings behind them.
    var providers: Int { Set(counting.compactMap(\.settingID)).count }
    /// Signatures of settings, the hub's own still to come.
    var waiting: [Signature] { signatures.filter { stateOf[$0.id] == .waiting } }
    /// Signatures that name a setting nobody has found yet.
    var unmatched: [Signature] { signatures.filter { $0.isStanding && $0.settingID == nil } }

    /// A group of the hub's settings by where they stand, as filters and counts name it.
    enum Group: String, CaseIterable {
        case missing, due, waiting, signed

        var words: String {
            switch self {
            case .missing: "Not signed"
            case .due: "To renew"
            case .waiting: "Waiting for the hub"
            case .signed: "Signed"
            }
        }

        /// `signed` holds those that are due as well: they have signed.
        func holds(_ state: SigningRule.State?) -> Bool {
            switch self {
            case .missing: state == nil || state?.rank ?? 0 > 2
            case .due: if case .due = state { true } else { false }
            case .waiting: state == .waiting
            case .signed: state?.counts == true
            }
        }
    }

    func settings(_ group: Group) -> [HubGround.Place] { hub.settings.filter { group.holds(states[$0.id]) } }

    /// Of settings in the hub those that have signed, in whole percent; nil where there are none.
    var share: Int? { hub.settings.isEmpty ? nil : (settings(.signed).count * 100 + hub.settings.count / 2) / hub.settings.count }
}
