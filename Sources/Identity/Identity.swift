public import House
public import Store

/// The room that knows who people are: their roles and for how long, how they sign in, what they may do, and what was written.
public struct Identity: Room, ActingRoom {
    public let name = "People and trust"
    package var tools: Tools
    let book: PlaceBook
    let doorkeeper: Doorkeeper
    /// Every deed of every room, for the page that prints the table of permissions.
    let allDeeds: [Deed]
    /// The demonstration's own accounts may be entered with one click.
    let isDemo: Bool
    /// What every room holds about people.
    let allHoldings: [Holding]
    /// How long every room keeps what it keeps.
    let allRetention: [Retention]

    public init(
        tools: Tools, book: PlaceBook, doorkeeper: Doorkeeper, otherDeeds: [Deed], otherHoldings: [Holding], otherRetention: [Retention],
        isDemo: Bool = false
    ) {
        self.tools = tools
        self.book = book
        self.doorkeeper = doorkeeper
        allHoldings = Identity.holdings + otherHoldings
        allRetention = Identity.retention(allHoldings: allHoldings) + otherRetention
        allDeeds = otherDeeds + Identity.deeds
        self.isDemo = isDemo
    }

    public var migrations: [Migration] { Identity.migrations }
    public static var migrations: [Migration] { IdentityMigrations.all }

    public var doors: [Door] { Identity.doors }
    public static let doors: [Door] = [
        Door("People", "/staff/people", .seePeople, isCommon: true),
        Door("Who can help", "/staff/contacts", .seeContacts),
        Door("Mail", "/staff/mail", .seeMail),
        Door("What happened", "/staff/audit", .seeAudit),
        Door("Clearing away", "/staff/clearing", .seeClearing),
        Door("Your account", "/account", .mindOwnAccount, isCommon: true),
    ]

    /// What waits for people in this room.
    public static func dues(_ book: PlaceBook) -> [Due] {
        [
            Due(
                .decideClaims, "/staff/claims", one: "person asks to look after a setting", several: "people ask to look after a setting",
                count: { asker, session in try Claims.waiting(for: asker, book, session).count })
        ]
    }
    public var dues: [Due] { Identity.dues(book) }

    public var deeds: [Deed] { Identity.deeds }
    public var holdings: [Holding] { Identity.holdings }
    public static let deeds: [Deed] = [
        .look, .arrive, .mindOwnAccount, .seePeople, .invitePeople, .decideClaims, .seeContacts, .resetSecondStep, .correctPeople,
        .forgetPeople, .seeAudit, .seeOwnTrail,
        .seeMail,
        .openKeptMail, .sendMail, .seeClearing, .changeRetention, .readMetrics,
    ]

    public var routes: [Route] {
        signInRoutes + secondStepRoutes + accountRoutes + askedAgainRoutes + ownNameRoutes + ownAddressRoutes + addressLinkRoutes
            + tokenRoutes
            + ownDataRoutes + peopleRoutes + invitationRoutes + claimRoutes
            + secondStepResetRoutes + personCorrectionRoutes
            + contactRoutes
            + auditRoutes + ownTrailRoutes
            + mailRoutes
            + permissionRoutes + unsubscribeRoutes + clearingRoutes
            + (isDemo ? demoRoutes : [])
    }

    public var jobs: [Job] {
        let (book, database) = (doorkeeper.refusals, tools.database)
        return [
            Digests(tools: tools, box: doorkeeper.box).job, Clearing(tools: tools.serving(.house), rules: allRetention).job,
            RolesToCome(tools: tools.serving(.house), book: self.book).job,
            Job("count refusals", every: 60) { try await book.bring(to: database) },
        ]
    }

    /// Brings every room's news to people.
    public static func newsDesk(_ box: SecretBox) -> NewsDesk { Notices(box: box).desk }

    /// What must happen to this room's tables when a backup was brought back.
    public static func settleAfterRestore(_ session: any Session) throws { try Notices.keepAfterRestore(session) }
}

extension Deed {
    static let seePeople = Deed(
        "identity.people.see", "See who is in the hub and what they are",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub, .adviser: .ownHub, .manager: .ownSetting])
    /// Public, since other rooms lead to the invitation.
    public static let invitePeople = Deed(
        "identity.people.invite", "Invite people, give them roles and end these",
        [.administrator: .anywhere, .hubLead: .ownHub, .manager: .ownSetting])
    static let decideClaims = Deed(
        "identity.claims.decide", "Say yes or no to somebody who asks to look after a setting",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownArea])
    static let seeContacts = Deed(
        "identity.contacts.see", "See what colleagues of the hub agreed to show: how to reach them, what they can help with",
        Dictionary(
            uniqueKeysWithValues: Role.allCases.filter { $0 != .funder }.map { ($0, $0 == .administrator ? .anywhere : .ownHub) }))
    static let resetSecondStep = Deed(
        "identity.second-step.reset", "Take the second step away from somebody who lost it", [.administrator: .anywhere])
    static let correctPeople = Deed(
        "identity.people.correct", "Correct the name or the address of somebody who cannot do it themselves", [.administrator: .anywhere])
    static let forgetPeople = Deed(
        "identity.people.forget", "Forget a person, after a look at what goes and what stays", [.administrator: .anywhere])
    static let seeAudit = Deed(
        "identity.audit.see", "See what anybody wrote, with before and after", [.administrator: .anywhere, .hubLead: .ownHub])
    static let seeOwnTrail = Deed(
        "identity.audit.own", "See what was written about one’s own setting", [.manager: .ownSetting])
    static let seeMail = Deed("identity.mail.see", "See what mail is waiting, sent and failed", [.administrator: .anywhere])
    static let openKeptMail = Deed(
        "identity.mail.open", "Show the personal link of a letter that cannot be sent, to hand it over", [.administrator: .anywhere])
    static let sendMail = Deed("identity.mail.send", "Send a kept or failed letter", [.administrator: .anywhere])
    static let seeClearing = Deed(
        "identity.clearing.see", "See what is cleared away by itself, and what would go next", [.administrator: .anywhere])
    static let changeRetention = Deed(
        "identity.retention.change", "Change how long things are kept before they are cleared away", [.administrator: .anywhere])
    /// The server's own figures.
    public static let readMetrics = Deed("server.metrics.read", "Read the figures for monitoring", [.administrator: .anywhere])
}
