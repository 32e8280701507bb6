internal import House
public import Page
internal import Pictures
public import Store

/// How a hub's own papers and public pages look, for the other rooms: its name, logo, colours and funder.
public struct HubPaper: Sendable {
    let face: HubFace
    let logo: InlinePicture?
    let funderLogo: InlinePicture?

    public var name: String { face.hub.name }
    public var slug: String { face.hub.slug }

    /// The hub of this id, with its pictures read. Throws `Refusal.notFound`.
    public static func of(hub id: String, _ session: any Session) throws -> HubPaper {
        let face = try HubFace.of(try Hubs.with(id: id, session), session)
        func picture(_ name: String?) throws -> InlinePicture? {
            try name.flatMap { try Pictures.named($0, in: session) }.map { InlinePicture($0.kind.contentType, $0.bytes) }
        }
        return HubPaper(face: face, logo: try picture(face.identity.logo), funderLogo: try picture(face.identity.funderLogo))
    }

    /// Puts the hub's look on a paper.
    public func dress(_ frame: inout PrintFrame) {
        frame.logo = logo
        frame.funder = face.identity.funder
        frame.funderLogo = funderLogo
        frame.markColour = face.identity.colours?.light.hex
        frame.stylesheet = face.identity.colours.map { ($0.path, $0.paperStylesheet) }
    }

    /// Puts the hub's look on a page that strangers open by a link of their own. A hub that is not open to everybody shows its name and
    /// colours there and no more.
    public func dress(_ frame: inout PageFrame) {
        if face.hub.isOpen {
            frame.wear(face)
        } else {
            frame.site = name
            frame.hasColourLine = true
            frame.stylesheets += face.identity.colours.map { [$0.path] } ?? []
        }
        frame.isListed = false
    }
}
