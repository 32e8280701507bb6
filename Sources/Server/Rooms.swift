internal import Directory
public import House
public import Store

/// Every room of the house. Adding a room is its folder and one line in each list here.
public enum Rooms {
    /// The steps that make every room's tables, oldest first.
    public static let migrations: [Migration] = Directory.migrations

    /// The lines of the list of rooms that staff see on every page.
    public static let doors: [Door] = Directory.doors

    public static func all(_ tools: Tools) -> [any Room] {
        [Directory(tools: tools)]
    }
}
