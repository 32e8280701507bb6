public import Civil
public import Files
internal import House
internal import Store

/// All that one run of a load needs: lives within one transaction.
final class LoadRun {
    let session: any Session
    let tools: Tools
    let journal: LoadJournal
    let kind: LoadKind
    let source: ByteSource
    let fileName: String
    /// The day the file speaks for.
    let edition: Day
    /// The hub whose own settings these are; nil for a public register.
    let hub: String?
    let mapping: ListMapping?
    /// False for a preview: nothing but the load's own record is written.
    let keeps: Bool
    let now: Instant
    private let progress: LoadProgress?
    private var versionMade: Int?

    init(
        session: any Session, tools: Tools, journal: LoadJournal, request: LoadRequest, keeps: Bool,
        progress: LoadProgress?
    ) {
        self.session = session
        self.tools = tools
        self.journal = journal
        kind = request.kind
        source = request.source
        fileName = request.fileName
        edition = request.editionDay
        hub = request.hub
        mapping = request.mapping
        self.keeps = keeps
        self.progress = progress
        now = tools.clock.now
    }

    var id: String { journal.report.id }

    /// The directory's version that every setting written by this load carries.
    func version() throws -> Int {
        if let versionMade { return versionMade }
        let made = try Directory.touch(session)
        versionMade = made
        return made
    }

    func say(_ stage: String, _ fraction: Double) throws { try progress?.report(stage, fraction) }

    /// Passes on how far reading has come.
    var reading: (@Sendable (ReadProgress) throws -> Void)? {
        guard let progress else { return nil }
        return { try progress.report("Reading the file", $0.fraction * 0.95) }
    }
}

/// A load as it is asked for.
public struct LoadRequest: Sendable {
    public var kind: LoadKind
    public var source: ByteSource
    /// The name of the file as the person knows it.
    public var fileName: String
    public var editionDay: Day
    /// Which of the list's columns is which of ours; only for lists.
    public var mapping: ListMapping?
    /// The id of the hub whose own settings a list brings.
    public var hub: String?
    /// A record of this load made before, when the file was sent in; nil makes a new one.
    public var loadID: String?

    public init(
        _ kind: LoadKind, source: ByteSource, fileName: String, editionDay: Day, mapping: ListMapping? = nil,
        hub: String? = nil,
        loadID: String? = nil
    ) {
        self.kind = kind
        self.source = source
        self.fileName = fileName
        self.editionDay = editionDay
        self.mapping = mapping
        self.hub = hub
        self.loadID = loadID
    }
}
