public import Store

/// News for one person of the network. Whether it comes as a letter at once, as a part of a digest or not at all is theirs to choose.
public struct News: Sendable, Equatable {
    /// What happened, in a line: "Amina Begum said yes".
    public var subject: String
    /// The rest, a sentence each.
    public var lines: [String]
    /// The page of ours where it can be seen, such as `/staff/people`.
    public var path: String?

    public init(_ subject: String, _ lines: [String], path: String? = nil) {
        self.subject = subject
        self.lines = lines
        self.path = path
    }
}

/// Brings news to people, so that no room has to reach into the one that knows who people are.
public struct NewsDesk: Sendable {
    private let bring: @Sendable (News, _ personID: String, Tools, any Session) throws -> Void
    /// Who may do a deed at a place, by number.
    let whoMay: @Sendable (Deed, Whereabouts, Tools, any Session) throws -> [String]

    public init(
        _ bring: @escaping @Sendable (News, _ personID: String, Tools, any Session) throws -> Void,
        whoMay: @escaping @Sendable (Deed, Whereabouts, Tools, any Session) throws -> [String]
    ) {
        self.bring = bring
        self.whoMay = whoMay
    }

    /// Tells nobody: for the command line, which has no key to sign the way out of letters with.
    public static let silent = NewsDesk({ _, _, _, _ in }, whoMay: { _, _, _, _ in [] })

    func bring(_ news: News, to personID: String, _ tools: Tools, _ session: any Session) throws {
        try bring(news, personID, tools, session)
    }
}

extension Tools {
    /// Tells somebody, in the transaction of the change itself. Whoever did the deed is not told of it.
    public func tell(_ personID: String, _ news: News, _ session: any Session) throws {
        if personID == asker.personID { return }
        try newsDesk.bring(news, to: personID, self, session)
    }

    /// Tells whoever may do something there about what waits for it: the hub's own people, or the administrators where it has none.
    public func tell(whoMay deed: Deed, at place: Whereabouts, _ news: News, _ session: any Session) throws {
        for person in try newsDesk.whoMay(deed, place, self, session) { try tell(person, news, session) }
    }

    /// The same tools with somebody to bring news.
    public func telling(by desk: NewsDesk) -> Tools {
        var tools = self
        tools.newsDesk = desk
        return tools
    }
}
