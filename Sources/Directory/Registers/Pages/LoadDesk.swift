internal import Civil
internal import House
internal import Store

/// Has files looked at and applied, one person at a time for each file, whatever happens in between.
struct LoadDesk: Sendable {
    let tools: Tools

    /// What a file is taken for.
    struct Terms: Sendable {
        var kind: LoadKind
        var edition: Day
        var hub: String?
        var mapping: ListMapping?
    }

    /// Why a load cannot be worked on now.
    enum Hindrance: Error, Sendable {
        case working
        case applied(at: Instant?)
        case notLookedAt
        case fileGone
        case unknown
    }

    private var work: LoadWork { .shared }
    func key(_ id: String) -> LoadWork.Key { LoadWork.Key(tools.database, id) }

    /// Keeps the file and makes the load's record. Returns its id.
    func receive(_ upload: Upload, _ terms: Terms) async throws -> String {
        let tools = tools
        return try await tools.database.write { session in
            let name = Uploads.shownName(upload.name)
            let id = tools.ids.next()
            let uploadID = try Uploads.keep(upload, name: name, tools, in: session)
            try session.run(
                """
                insert into load (id, kind, file_name, edition_day, upload_id, status, hub_id, read_count, new_count,
                    changed_count, unchanged_count, gone_count, rejected_count, seconds, created_at)
                values (\(id), \(terms.kind), \(name), \(terms.edition), \(uploadID), 'waiting', \(terms.hub),
                    0, 0, 0, 0, 0, 0, 0.0, \(tools.clock.now))
                """)
            try Audit.log(session, tools, action: "directory.load.received", subject: "load:\(id)", after: name)
            return id
        }
    }

    /// Says what applying it would do; nothing else is written. Returns when a small file is done, at once for a long one.
    func look(_ id: String, as terms: Terms? = nil) async throws {
        let tools = tools
        try await start(id, isApplying: false) { session in
            // Waits for a copy of this program elsewhere that is loading just now: it may be this very load.
            try session.lock("eyhub.load")
            guard let load = try StoredLoad.find(id, in: session) else { throw Hindrance.unknown }
            guard load.status != .applied else { throw Hindrance.applied(at: load.appliedAt) }
            guard load.uploadID != nil else { throw Hindrance.fileGone }
            try session.run(
                "update load set status = 'waiting', message = null, created_at = \(tools.clock.now) where id = \(id)")
            if let terms {
                try session.run(
                    """
                    update load set kind = \(terms.kind), edition_day = \(terms.edition), hub_id = \(terms.hub),
                        mapping = \(terms.mapping?.text) where id = \(id)
                    """)
            }
        }
    }

    /// Loads it, once. Of two who ask at the same time the second is told.
    func apply(_ id: String) async throws {
        try await start(id, isApplying: true) { session in
            if try session.run("update load set status = 'waiting' where id = \(id) and status = 'previewed'") == 1,
                let load = try StoredLoad.find(id, in: session)
            {
                if load.uploadID == nil { throw Hindrance.fileGone }
                return
            }
            guard let load = try StoredLoad.find(id, in: session) else { throw Hindrance.unknown }
            throw load.status == .applied ? Hindrance.applied(at: load.appliedAt) : Hindrance.notLookedAt
        }
    }

    func stop(_ id: String) { work.stop(key(id)) }

    /// Forgets a load that was not applied, and its file.
    func throwAway(_ id: String) async throws {
        if work.progress(key(id)) != nil { throw Hindrance.working }
        let tools = tools
        try await tools.database.write { session in
            guard let row = try session.first("select * from load where id = \(id)") else { throw Hindrance.unknown }
            guard try session.run("delete from load where id = \(id) and status <> 'applied'") == 1 else {
                throw Hindrance.applied(at: row.instant("applied_at"))
            }
            if let upload = row.textOrNil("upload_id") { try Uploads.drop(upload, in: session) }
            try Audit.log(
                session, tools, action: "directory.load.thrown-away", subject: "load:\(id)", before: row.text("file_name"))
        }
    }

    /// Claims the load in the database, then works on it: the claim decides who does, the work shows how far it is.
    private func start(
        _ id: String, isApplying: Bool, _ claim: @escaping @Sendable (any Session) throws -> Void
    ) async throws {
        let key = key(id)
        guard work.begin(key, isApplying: isApplying) else { throw Hindrance.working }
        let load: StoredLoad
        do {
            load = try await tools.database.write { session in
                try claim(session)
                guard let load = try StoredLoad.find(id, in: session) else { throw Hindrance.unknown }
                return load
            }
        } catch {
            work.end(key)
            throw error
        }
        let job = LoadJob(tools: tools, load: load, isApplying: isApplying, key: key)
        // A task of its own: it goes on when the person closes the page.
        let task = Task { await job.run() }
        work.hold(task, key)
        if load.isSmall { await task.value }
    }
}
