public import Page
public import Store

/// How a hub looks, as far as every page and letter of it needs it: its name, its colour and its logo.
public struct HubLook: Sendable, Equatable {
    public let name: String
    /// Its own colour as `#0b5a55`. It was tried when it was chosen: white words on it can be read.
    public let colour: String?
    /// The address of a stylesheet with its colours, in the light, in the dark and on paper.
    public let stylesheet: String?
    /// The address of its logo.
    public let logo: String?
    /// Whether everybody sees the hub. Of one that is not open strangers are shown the name and colours and no more.
    public let isOpen: Bool

    public init(name: String, colour: String? = nil, stylesheet: String? = nil, logo: String? = nil, isOpen: Bool = true) {
        self.name = name
        self.colour = colour
        self.stylesheet = stylesheet
        self.logo = logo
        self.isOpen = isOpen
    }
}

/// Finds a hub's look, so that no room has to reach into the one that keeps it.
public struct HubLooks: Sendable {
    private let find: @Sendable (_ hubID: String, any Session) throws -> HubLook?

    public init(_ find: @escaping @Sendable (_ hubID: String, any Session) throws -> HubLook?) { self.find = find }

    public static let none = HubLooks { _, _ in nil }

    /// The look of a hub; nil for one that is not there.
    public func look(_ hubID: String, _ session: any Session) throws -> HubLook? { try find(hubID, session) }
}

extension Tools {
    /// How a hub looks; nil for none, and for a hub that is not there.
    public func look(ofHub id: String?, _ session: any Session) throws -> HubLook? { try id.flatMap { try looks.look($0, session) } }

    /// The same tools with somebody who knows how hubs look.
    public func looking(by looks: HubLooks) -> Tools {
        var tools = self
        tools.looks = looks
        return tools
    }
}

extension PageFrame {
    /// Puts a hub's name, logo and colours on a page of its own people.
    public mutating func wear(_ look: HubLook) {
        site = look.name
        logo = look.logo
        stylesheets += look.stylesheet.map { [$0] } ?? []
        hasColourLine = true
    }

    /// The same for a page that somebody opens by a link of their own, without signing in.
    public mutating func wearForStrangers(_ look: HubLook?) {
        guard let look else { return }
        wear(look)
        if !look.isOpen { logo = nil }
    }
}
