public import House

extension Deed {
    private static let team: [Role: Reach] = [
        .administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub, .champion: .ownHub, .mentor: .ownHub,
        .adviser: .ownHub, .areaSENCo: .ownHub, .healthPartner: .ownHub,
    ]

    static let seeHubPages = Deed(
        "directory.hub.see", "See the hub’s own pages: its map, its areas and their drafts",
        team.merging([.steering: .ownHub, .funder: .ownHub]) { known, _ in known })
    static let findAsTeam = Deed(
        "directory.setting.find", "Find settings as the hub’s team does, with names and numbers", team)
    static let seeRecord = Deed(
        "directory.setting.see", "See a setting’s whole record: sources, contact details, corrections, the team’s note", team)
    static let correctSetting = Deed(
        "directory.setting.correct", "Correct a setting’s facts and take corrections back",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownArea])
    static let agreeFields = Deed(
        "directory.setting.agree", "Record what a setting agreed to show to everybody",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownArea])
    static let seeOwnSetting = Deed(
        "directory.setting.own", "See what is held of one’s own setting, and what strangers see of it",
        [.manager: .ownSetting, .practitioner: .ownSetting])
    static let mindSetting = Deed(
        "directory.setting.mind", "Change one’s own setting’s facts, or ask for it, and say what may be shown", [.manager: .ownSetting])
    static let decideChanges = Deed(
        "directory.setting.decide", "Say yes or no to a change a setting asks for",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownArea])
    static let addSetting = Deed(
        "directory.setting.add", "Add a setting no register knows",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub])
    static let joinRecords = Deed(
        "directory.setting.join", "Merge records, mark two settings as one place, and undo it",
        [.administrator: .anywhere, .hubLead: .ownHub])
    static let seeFaults = Deed(
        "directory.fault.see", "See what is wrong in the data, and how complete it is",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub, .adviser: .ownHub])
    static let loadRegisters = Deed(
        "directory.register.load", "Load registers and lists, and decide about doubles", [.administrator: .anywhere])
    static let makeHub = Deed("directory.hub.make", "Make a hub", [.administrator: .anywhere])
    static let changeTerritory = Deed(
        "directory.hub.change", "Change a hub’s name and wards", [.administrator: .anywhere, .hubLead: .ownHub])
    static let drawAreas = Deed(
        "directory.area.draw", "Draw areas, change drafts, publish them and take them back",
        [.administrator: .anywhere, .hubLead: .ownHub])
}

extension Directory {
    /// What people can do in this room, with who may.
    public static let deeds: [Deed] = [
        .seeHubPages, .findAsTeam, .seeRecord, .correctSetting, .agreeFields, .seeOwnSetting, .mindSetting, .decideChanges, .addSetting,
        .joinRecords, .seeFaults, .loadRegisters,
        .makeHub, .changeTerritory, .dressHub, .answerFormats, .drawAreas,
    ]

    public var deeds: [Deed] { Directory.deeds }
    public var holdings: [Holding] { Directory.holdings }
}
