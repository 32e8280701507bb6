internal import Civil
internal import House
internal import Store

/// One piece of work on a load, from its claim to its end.
struct LoadJob: Sendable {
    let tools: Tools
    let load: StoredLoad
    let isApplying: Bool
    let key: LoadWork.Key

    func run() async {
        do {
            let isThere = try await Uploads.withSource(load.uploadID ?? "", name: load.fileName, tools) { source in
                try await work(
                    LoadRequest(
                        load.kind, source: source, fileName: load.fileName, editionDay: load.edition,
                        mapping: try load.mapping.map { text throws(LoadRefusal) in try ListMapping(text: text) },
                        hub: load.hubID, loadID: load.id))
                return true
            }
            if isThere == nil { try await end(.refused, "The file is no longer kept. Choose it again.") }
        } catch let refusal as LoadRefusal {
            try? await end(.refused, refusal.message)
        } catch is LoadStopped {
            try? await end(.stopped, nil)
        } catch {
            let words = (error as? StoreError)?.publicMessage ?? "Something in this program went wrong. Nothing was changed."
            try? await end(.refused, words)
        }
        LoadWork.shared.end(key)
    }

    private func work(_ request: LoadRequest) async throws {
        let key = key
        let progress = LoadProgress { stage, fraction in try LoadWork.shared.tell(key, stage, fraction) }
        let loader = Loader(tools: tools)
        // Somebody may have pressed Stop while the file was fetched.
        try LoadWork.shared.tell(key, "Reading the file", 0)
        if !isApplying {
            _ = try await loader.preview(request, progress: progress)
            return
        }
        let report = try await loader.apply(request, progress: progress)
        try await settle(report)
    }

    /// The file has done its work: it is not kept. What it says is in the registers, what it changed in the load's record.
    private func settle(_ report: LoadReport) async throws {
        let (tools, load) = (tools, load)
        try await tools.database.write { session in
            if let upload = load.uploadID { try Uploads.drop(upload, in: session) }
            try Audit.log(
                session, tools, action: "directory.load.applied", subject: "load:\(load.id)", before: load.fileName,
                after: "\(report.new) new, \(report.changed) changed, \(report.gone) gone, \(report.rejected) rejected",
                hub: load.hubID)
        }
        try await Completeness.record(tools)
    }

    /// Writes down how it ended where the loader could not. What was applied stays applied.
    private func end(_ status: StoredLoad.Status, _ message: String?) async throws {
        let id = load.id
        _ = try await tools.database.write { session in
            try session.run(
                "update load set status = \(status), message = \(message) where id = \(id) and status <> 'applied'")
        }
    }
}
