public import House
public import Store

extension Directory {
    /// How hubs look, for every room's pages and letters.
    public static let looks = HubLooks { id, session in try look("h.id = \(id)", session) }

    /// How the hub of this name in addresses looks; nil for none.
    public static func look(ofSlug slug: String, _ session: any Session) throws -> HubLook? { try look("h.slug = \(slug)", session) }

    /// One row by its key: asked for every page of the staff.
    private static func look(_ condition: SQL, _ session: any Session) throws -> HubLook? {
        try session.first(
            """
            select h.name, h.opened_at, i.colour, i.logo from hub h left join hub_identity i on i.hub_id = h.id where \(condition)
            """
        ).map { row in
            // What cannot be read was refused when it was chosen (`HubColours`); to reckon it anew for each page costs more than the page.
            let colour = row.textOrNil("colour").flatMap { Colour($0) }
            return HubLook(
                name: row.text("name"), colour: colour?.hex, stylesheet: colour.map { "/colours/\($0.digits).css" },
                logo: row.textOrNil("logo").map(HubFace.path(ofPicture:)), isOpen: row.textOrNil("opened_at") != nil)
        }
    }
}
