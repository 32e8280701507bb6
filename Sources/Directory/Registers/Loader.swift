internal import Civil
internal import Files
public import House
internal import Store

/// Loads registers, places and lists. A preview writes nothing but its own record; applying is one transaction, so that a
/// machine that dies leaves the data as before or as after, never between.
public struct Loader: Sendable {
    let tools: Tools

    public init(tools: Tools) { self.tools = tools }

    /// Says what applying the file would do. Throws `LoadRefusal` for a file that cannot be understood.
    public func preview(_ request: LoadRequest, progress: LoadProgress? = nil) async throws -> LoadReport {
        try await run(request, keeps: false, progress: progress)
    }

    /// Loads the file. Throws `LoadRefusal` for a file that cannot be understood, `LoadStopped` when the progress closure
    /// ended it; nothing is changed then.
    public func apply(_ request: LoadRequest, progress: LoadProgress? = nil) async throws -> LoadReport {
        try await run(request, keeps: true, progress: progress)
    }

    private func run(_ request: LoadRequest, keeps: Bool, progress: LoadProgress?) async throws -> LoadReport {
        let clock = ContinuousClock()
        let start = clock.now
        let id = request.loadID ?? tools.ids.next()
        let tools = tools
        do {
            var report = try await tools.database.write { session in
                try session.lock("eyhub.load")
                try Loader.begin(id, request, tools, session)
                let journal = LoadJournal(id: id, kind: request.kind)
                let run = LoadRun(
                    session: session, tools: tools, journal: journal, request: request, keeps: keeps, progress: progress
                )
                try Loader.warnIfOlder(request, journal, session)
                let cache = LoadCache(session)
                defer { cache.giveBack() }
                try Loader.read(run)
                try run.say("Saving", 0.97)
                try journal.write(
                    to: session, status: keeps ? "applied" : "previewed", seconds: seconds(start, clock), now: run.now)
                return journal.report
            }
            report.seconds = seconds(start, clock)
            return report
        } catch {
            let refusal = Loader.refusal(for: error)
            try? await tools.database.write { session in
                try Loader.begin(id, request, tools, session)
                try session.run(
                    """
                    update load set status = \(error is LoadStopped ? "stopped" : "refused"), message = \(refusal?.message)
                    where id = \(id)
                    """)
            }
            throw refusal ?? error
        }
    }

    /// An old edition put over a newer one would bring back old facts: it is done only by somebody who was told.
    private static func warnIfOlder(_ request: LoadRequest, _ journal: LoadJournal, _ session: any Session) throws {
        guard [.ofsted, .schools, .feed].contains(request.kind) else { return }
        let row = try session.first(
            """
            select max(edition_day) as newest from load
            where kind = \(request.kind) and status = 'applied' and edition_day > \(request.editionDay)
            """)
        guard let newest = row?.day("newest") else { return }
        journal.note(
            line: 0,
            """
            An edition of \(newest.medium) is loaded already, and this one speaks for \(request.editionDay.medium). Applying it \
            would put older facts over newer ones. Check the day, or take the newer file.
            """)
    }

    private static func read(_ run: LoadRun) throws {
        switch run.kind {
        case .ofsted: try OfstedLoad(run).read()
        case .schools: try SchoolLoad(run).read()
        case .postcodes: try PostcodeFile.read(run)
        case .wards: try WardLoad(run).read()
        case .deprivation: try DeprivationLoad(run).read()
        case .feed: try FeedLoad(run).read()
        case .list: try ListLoad(run).read()
        }
    }

    /// Makes the load's record, or empties the one made when the file was sent in.
    private static func begin(_ id: String, _ request: LoadRequest, _ tools: Tools, _ session: any Session) throws {
        let mapping = request.mapping?.text
        if try session.count("select count(*) from load where id = \(id)") > 0 {
            try session.run("delete from load_change where load_id = \(id)")
            try session.run("delete from load_problem where load_id = \(id)")
            try session.run("delete from possible_duplicate where load_id = \(id)")
            try session.run(
                """
                update load set kind = \(request.kind), edition_day = \(request.editionDay), hub_id = \(request.hub),
                    mapping = \(mapping), message = null where id = \(id)
                """)
            return
        }
        try session.run(
            """
            insert into load (id, kind, file_name, edition_day, status, hub_id, mapping, read_count, new_count, changed_count,
                unchanged_count, gone_count, rejected_count, seconds, created_at)
            values (\(id), \(request.kind), \(request.fileName), \(request.editionDay), 'waiting', \(request.hub), \(mapping),
                0, 0, 0, 0, 0, 0, 0.0, \(tools.clock.now))
            """)
    }

    /// What a person is told when the file, not the program, is at fault.
    static func refusal(for error: any Error) -> LoadRefusal? {
        switch error {
        case let refusal as LoadRefusal: refusal
        case let problem as FileProblem: LoadRefusal(problem.description)
        case let header as HeaderRefusal: LoadRefusal(header.description)
        default: nil
        }
    }
}

private func seconds(_ start: ContinuousClock.Instant, _ clock: ContinuousClock) -> Double {
    let passed = start.duration(to: clock.now).components
    return Double(passed.seconds) + Double(passed.attoseconds) / 1e18
}

/// More room for pages while a load runs on SQLite: its rows land all over the indexes.
private struct LoadCache {
    private let session: any Session

    init(_ session: any Session) {
        self.session = session
        if session.engine == .sqlite { _ = try? session.run("pragma cache_size = -64000") }
    }

    func giveBack() {
        if session.engine == .sqlite { _ = try? session.run("pragma cache_size = -2000") }
    }
}
