public import Store

/// Something that waits for people, for the page that says what is due today. Rooms offer theirs at their front door.
public struct Due: Sendable {
    /// Who is told of it: whoever may do this anywhere.
    public let deed: Deed
    public let path: String
    /// What the number counts, said of one and of several: "claim to answer", "claims to answer".
    public let one: String
    public let several: String
    /// How many wait for this asker.
    public let count: @Sendable (Asker, any Session) throws -> Int

    public init(
        _ deed: Deed, _ path: String, one: String, several: String, count: @escaping @Sendable (Asker, any Session) throws -> Int
    ) {
        self.deed = deed
        self.path = path
        self.one = one
        self.several = several
        self.count = count
    }

    /// How many wait for the asker; nothing for whoever may do nothing about it.
    public func waiting(for asker: Asker, _ session: any Session) throws -> Int {
        guard Permission.answer(asker.hats, deed, .several) == .yes else { return 0 }
        return try count(asker, session)
    }
}
