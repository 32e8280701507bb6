public import Civil
public import Store

/// The front door every room has: all it offers to the rest of the house.
///
/// Adding a room is one folder and one line in `Server`. No room reaches into another's tables.
public protocol Room: Sendable {
    /// The room's name in the words of the work, such as "Directory and map".
    var name: String { get }
    /// The steps that make the room's tables, oldest first.
    var migrations: [Migration] { get }
    /// The pages, files and API answers it serves.
    var routes: [Route] { get }
    /// What people can do in it, with who may.
    var deeds: [Deed] { get }
    /// What its tables hold about people of the network.
    var holdings: [Holding] { get }
    /// What it puts in the list of rooms that staff see on every page.
    var doors: [Door] { get }
    /// What waits in it for people, for the page that says what is due.
    var dues: [Due] { get }
    /// What it watches for in every hub, for the live picture.
    var watches: [Watch] { get }
    /// Its part of a setting's timeline.
    var chapters: [Chapter] { get }
    /// Where settings were together, as it knows it.
    var encounters: [EncounterBook] { get }
    /// What it does by itself while the house is open.
    var jobs: [Job] { get }
    /// How long what it keeps is kept.
    var retention: [Retention] { get }
}

extension Room {
    public var watches: [Watch] { [] }
    public var chapters: [Chapter] { [] }
    public var encounters: [EncounterBook] { [] }
    public var jobs: [Job] { [] }
    public var retention: [Retention] { [] }
}

/// A line in the list of rooms.
public struct Door: Sendable {
    public let label: String
    public let path: String
    /// Also in the bar at the thumb on a phone, which has four places.
    public let isCommon: Bool
    /// Who sees it in their list.
    public let audience: Audience
    /// What one must be allowed to do for the door to be worth showing.
    public let deed: Deed

    public init(_ label: String, _ path: String, _ deed: Deed, isCommon: Bool = false) {
        self.label = label
        self.path = path
        self.deed = deed
        audience = deed.isForEverybody ? .stranger : .staff
        self.isCommon = isCommon
    }

    /// Whether somebody may do anything behind it.
    public func opens(for asker: Asker) -> Bool {
        deed.isForEverybody || deed.isOwnAccount || Permission.answer(asker.hats, deed, .several) == .yes
    }
}

/// What a room is given to work with. Nothing in the house reaches for the clock, randomness or files by itself.
public struct Tools: Sendable {
    public internal(set) var database: any Database
    /// For whom the work is done; whoever sits at the machine until a request says otherwise.
    public internal(set) var asker = Asker.commandLine
    /// What they came to do, while a request is answered.
    var permit: Permit?
    /// The page they asked for, where somebody can be led back to it.
    var here: String?
    /// How the hub looks that the page belongs to, or for which its reader works.
    var look: HubLook?
    var looks = HubLooks.none
    var newsDesk = NewsDesk.silent
    /// How every room's part of the trail reads.
    public internal(set) var trailWords = TrailWords()
    public let clock: Clock
    public let ids: IDMaker
    /// Makes a PDF of a print page; nil where no PDF maker is installed.
    public let pdf: PDFMaker?
    public let site: Site

    public init(database: any Database, clock: Clock, ids: IDMaker, site: Site, pdf: PDFMaker? = nil) {
        self.database = database
        self.clock = clock
        self.ids = ids
        self.pdf = pdf
        self.site = site
    }
}

/// Turns a complete HTML document, with its styles inside, into the bytes of a PDF.
public struct PDFMaker: Sendable {
    private let make: @Sendable ([UInt8]) async throws -> [UInt8]

    public init(_ make: @escaping @Sendable ([UInt8]) async throws -> [UInt8]) { self.make = make }

    /// The PDF of `html`, which is UTF-8 and asks for nothing from outside.
    public func pdf(ofDocument html: [UInt8]) async throws -> [UInt8] { try await make(html) }
}
