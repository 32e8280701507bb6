public import House
public import Store

/// The room that knows every setting: the official registers, inspections, areas, search and map.
public struct Directory: Room {
    public let name = "Directory and map"
    var tools: Tools
    let finder: Finder

    public init(tools: Tools) {
        self.tools = tools
        finder = Finder(database: tools.database)
    }

    public var migrations: [Migration] { Directory.migrations }

    /// The room's tables, for whoever sets up a database without serving it.
    public static var migrations: [Migration] { Migration1.all + Migration2.all + Audit.migrations }

    public var doors: [Door] { Directory.doors }

    public static let doors: [Door] = [
        Door("Today", "/staff", .seeHubPages, isCommon: true),
        Door("Settings and map", "/staff/settings", .findAsTeam, isCommon: true),
        Door("Hubs and areas", "/staff/hubs", .seeHubPages, isCommon: true),
        Door("Registers", "/staff/registers", .loadRegisters),
        Door("Data faults", "/staff/faults", .seeFaults, isCommon: true),
        Door("Home", "/", .look, isCommon: true),
        Door("Find settings", "/settings", .look, isCommon: true),
    ]

    public var routes: [Route] { frontRoutes + settingRoutes + findingRoutes + areaRoutes + faultRoutes + registerRoutes }
}
