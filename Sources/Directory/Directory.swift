public import House
public import Store

/// The room that knows every setting: the official registers, inspections, areas, search and map.
public struct Directory: Room, ActingRoom {
    public let name = "Directory and map"
    package var tools: Tools
    let finder: Finder
    /// What waits for people in the other rooms.
    let otherDues: [Due]

    public init(tools: Tools, otherDues: [Due] = []) {
        self.tools = tools
        self.otherDues = otherDues
        finder = Finder(database: tools.database)
    }

    public var migrations: [Migration] { Directory.migrations }

    /// The room's tables, for whoever sets up a database without serving it.
    public static var migrations: [Migration] { Migration1.all + Migration2.all + Migration3.all + Migration4.all + Audit.migrations }

    public var doors: [Door] { Directory.doors }

    public static let doors: [Door] = [
        Door("Today", "/staff", .seeHubPages, isCommon: true),
        Door("Settings and map", "/staff/settings", .findAsTeam, isCommon: true),
        Door("Hubs and areas", "/staff/hubs", .seeHubPages, isCommon: true),
        Door("Registers", "/staff/registers", .loadRegisters),
        Door("Your setting", "/own", .seeOwnSetting, isCommon: true),
        Door("Other formats", "/staff/formats", .answerFormats),
        Door("Data faults", "/staff/faults", .seeFaults, isCommon: true),
        Door("Home", "/", .look, isCommon: true),
        Door("Find settings", "/settings", .look, isCommon: true),
    ]

    public var routes: [Route] {
        frontRoutes + settingRoutes + ownRoutes + proposalRoutes + findingRoutes + areaRoutes + identityRoutes + formatRoutes + faultRoutes
            + registerRoutes
    }
}
