public import Store

/// One asker, one deed, one place: the question every read and write of the house puts before it does anything.
public struct Permit: Sendable {
    public let asker: Asker
    public let deed: Deed
    private let place: @Sendable (any Session) throws -> Whereabouts

    /// `place` is found in the same transaction that reads or writes. It throws `Refusal.notFound` where there is nothing.
    public init(_ asker: Asker, _ deed: Deed, at place: @escaping @Sendable (any Session) throws -> Whereabouts = { _ in .several }) {
        self.asker = asker
        self.deed = deed
        self.place = place
    }

    /// The hub the deed is done in, for the trail: of several the one of the hat worn, then one of the asker's own. Nil for what is of no
    /// hub, or not there any more.
    func hub(in session: any Session) throws -> String? {
        let hubs: Set<String>
        do { hubs = try place(session).hubs } catch is Refusal { return nil }
        if hubs.count < 2 { return hubs.first }
        if let worn = asker.worn?.hubID, hubs.contains(worn) { return worn }
        return hubs.intersection(asker.hubs).min() ?? hubs.min()
    }

    /// Whether the place is there, but belongs to hubs the asker has no part in: they are told that there is nothing.
    public func isOutOfReach(in session: any Session) -> Bool {
        guard !deed.isForEverybody, !deed.isOwnAccount, let place = try? place(session) else { return false }
        return Permission.answer(asker.hats, deed, place) == .unknown
    }

    /// Throws unless the asker may do the deed there: `Refusal.signIn` for a stranger, `.secondStep` where one is owed, `.notFound` for
    /// what belongs to hubs they have no part in, `.forbidden` where only the right is missing.
    public func check(in session: any Session) throws {
        if deed.isForEverybody { return }
        guard !asker.isStranger else { throw Refusal.signIn }
        // A program is let into what its token names and nothing else, its owner's account least of all.
        if let allowed = asker.tokenDeeds, !allowed.contains(deed.code) { throw Refusal.forbidden(deed.words) }
        if deed.isOwnAccount { return }
        let place = try place(session)
        switch Permission.answer(asker.hats, deed, place) {
        case .yes: if asker.owesSecondStep { throw Refusal.secondStep }
        case .forbidden: throw Refusal.forbidden(deed.words)
        case .unknown: throw Refusal.notFound("Check the address, or start again from the list of rooms or the search box.")
        }
    }
}
