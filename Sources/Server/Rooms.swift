internal import Civil
internal import Directory
public import House
internal import HubNetwork
public import Identity
internal import Pictures
public import Store

/// Every room of the house. Adding a room is its folder and one line in each list here.
public struct Rooms: Sendable {
    public let all: [any Room]
    /// Says who is at the door.
    public let doorkeeper: Doorkeeper

    /// `isDemo` lets anybody on this machine enter as one of the demonstration's people.
    public init(_ tools: Tools, secrets: SecretBox, isSecure: Bool = false, isDemo: Bool = false, passphraseRounds: Int? = nil) {
        let book = Rooms.placeBook(tools)
        // Nobody is at the door yet: each request says for whom the tools work.
        let tools = tools.serving(.stranger).telling(by: Identity.newsDesk(secrets)).telling(trailIn: Rooms.trailWords)
            .looking(by: Directory.looks)
        doorkeeper = Doorkeeper(
            book: book, clock: tools.clock, box: secrets, isSecure: isSecure, passphraseRounds: passphraseRounds)
        let directory = Directory(tools: tools, otherDues: Identity.dues(book) + Network.dues(clock: tools.clock))
        all = [
            directory,
            Identity(
                tools: tools, book: book, doorkeeper: doorkeeper, otherDeeds: Directory.deeds + Network.deeds,
                otherHoldings: Directory.holdings + Network.holdings, otherRetention: directory.retention + Network.retention,
                isDemo: isDemo),
            Network(
                tools: tools, secrets: secrets, otherWatches: Directory.watches + Identity.watches,
                otherChapters: Directory.chapters + Identity.chapters,
                otherEncounters: []),
        ]
    }

    /// The steps that make every room's tables, oldest first.
    public static let migrations: [Migration] =
        Outbox.migrations + Pictures.migrations + Directory.migrations + Identity.migrations + Network.migrations

    /// The lines of the list of rooms that people see on every page.
    public static let doors: [Door] = Array(Directory.doors.prefix(2)) + Network.doors + Directory.doors.dropFirst(2) + Identity.doors

    /// What people can do in this house, with who may.
    public static let deeds: [Deed] = Directory.deeds + Identity.deeds + Network.deeds

    /// What every table holds about people of the network.
    public static let holdings: [Holding] = Directory.holdings + Identity.holdings + Network.holdings

    /// Everything that is sealed with the installation's key.
    public static let sealed: [SealedColumn] = Identity.sealed + Network.sealed

    /// How the trail of every room reads.
    public static let trailWords: TrailWords = Directory.trailWords + Identity.trailWords + Network.trailWords

    /// What must happen when a backup was brought back, in the same transaction: no old letter may leave once more.
    public static func settleAfterRestore(_ session: any Session) throws {
        try Outbox.keepAfterRestore(in: session)
        try Identity.settleAfterRestore(session)
    }

    public static func placeBook(_ tools: Tools) -> PlaceBook { Directory.placeBook(clock: tools.clock) }
}
