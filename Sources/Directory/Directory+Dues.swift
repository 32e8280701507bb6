public import House
internal import Store

extension Directory {
    /// What waits for people in this room.
    public static let dues: [Due] = [
        Due(
            .decideChanges, "/staff/changes", one: "change a setting asks for", several: "changes settings ask for",
            count: { asker, session in try Proposals.waiting(for: asker, session).count })
    ]

    public var dues: [Due] { Directory.dues }
}
