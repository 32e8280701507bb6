public import House
public import Store

/// The room that knows every setting: the official registers, inspections, areas, search and map.
public struct Directory: Room {
    public let name = "Directory and map"
    let tools: Tools
    let finder: Finder

    public init(tools: Tools) {
        self.tools = tools
        finder = Finder(database: tools.database)
    }

    public var migrations: [Migration] { Directory.migrations }

    /// The room's tables, for whoever sets up a database without serving it.
    public static var migrations: [Migration] { Migration1.all + Migration2.all }

    public var doors: [Door] { Directory.doors }

    public static let doors: [Door] = [
        Door("Today", "/staff", isCommon: true),
        Door("Settings and map", "/staff/settings", isCommon: true),
        Door("Hubs and areas", "/staff/hubs", isCommon: true),
        Door("Registers", "/staff/registers"),
        Door("Data faults", "/staff/faults", isCommon: true),
        Door("What strangers see", "/"),
        Door("Home", "/", for: .stranger, isCommon: true),
        Door("Find settings", "/settings", for: .stranger, isCommon: true),
    ]

    public var routes: [Route] { frontRoutes + settingRoutes + findingRoutes + areaRoutes + faultRoutes + registerRoutes }
}
