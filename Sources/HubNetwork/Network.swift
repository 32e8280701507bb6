public import House
public import Identity
internal import Page
public import Store

/// The room that keeps every setting in touch: contacts, promises, and who has gone quiet.
public struct Network: Room, ActingRoom {
    public let name = "The network"
    package var tools: Tools
    /// Seals what must be read again, such as the code of an event.
    let secrets: SecretBox
    /// What the other rooms watch for.
    let otherWatches: [Watch]
    /// Every room's part of a timeline.
    let allChapters: [Chapter]
    /// Every room's meetings, trainings and visits.
    let allEncounters: [EncounterBook]

    public init(
        tools: Tools, secrets: SecretBox, otherWatches: [Watch], otherChapters: [Chapter], otherEncounters: [EncounterBook]
    ) {
        self.tools = tools
        self.secrets = secrets
        self.otherWatches = otherWatches
        allChapters = Network.chapters + otherChapters
        allEncounters = Network.encounters + otherEncounters
    }

    public var migrations: [Migration] { Network.migrations }
    public static var migrations: [Migration] { NetworkMigrations.all }

    public var watches: [Watch] { Network.watches }
    public var chapters: [Chapter] { Network.chapters }
    public var encounters: [EncounterBook] { Network.encounters }

    public var doors: [Door] { Network.doors }
    public static let doors: [Door] = [
        Door("The network", "/staff/network", .seeNetwork, isCommon: true),
        Door("Next steps", "/staff/next", .seeNetwork),
        Door("Pledges to sign", "/own/pledges", .signPledges),
        Door("Groups", "/staff/groups", .sitInGroups),
        Door("Ask your hub", "/own-hub", .askRequests, isCommon: true),
    ]

    public var routes: [Route] {
        let ofContacts = liveRoutes + contactRoutes + correctionRoutes + timelineRoutes + nextRoutes + coverageRoutes
        return ofContacts
            + membershipRoutes + memberRoutes
            + campaignRoutes
            + agreementRoutes
            + hostingRoutes + partnerRoutes
            + championRoutes + rollOutRoutes + readinessRoutes
            + groupRoutes + needRoutes + requestRoutes
    }
}

extension Deed {
    private static let team: [Role: Reach] = [
        .administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub, .champion: .ownHub, .mentor: .ownHub,
        .adviser: .ownHub, .areaSENCo: .ownHub, .healthPartner: .ownHub,
    ]

    static let seeNetwork = Deed(
        "network.see", "See whom the hub is in touch with, who has gone quiet, and a setting’s timeline", team)
    static let logContact = Deed("network.contact.log", "Log a visit, call, message or meeting, and tick off next steps", team)
    static let keepMembers = Deed(
        "network.membership.keep", "Say that a setting joined or left the hub",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub])
    static let seeOwnTimeline = Deed(
        "network.timeline.own", "See what the hub and one’s own setting did together, where it is shared",
        [.manager: .ownSetting, .practitioner: .ownSetting])
}

extension Network {
    public var deeds: [Deed] { Network.deeds }
    public static let deeds: [Deed] =
        [.seeNetwork, .logContact, .keepMembers, .seeOwnTimeline, .keepCampaigns]
        + agreementDeeds
        + hostingDeeds
        + championDeeds + rollOutDeeds + readinessDeeds
        + groupDeeds + needDeeds + requestDeeds
}
