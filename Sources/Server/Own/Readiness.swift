internal import House
internal import Store

/// Whether requests can be served: the database is there and has every table of this program's version.
struct Readiness: Sendable {
    let database: any Database
    let migrations: [Migration]

    func answer() async throws -> Answer {
        let problem = await problem()
        let status = problem == nil ? 200 : 503
        return .json(
            JSON.object([("status", .string(problem == nil ? "ready" : "not ready")), ("problem", .string(problem))])
                .bytes,
            status: status)
    }

    private func problem() async -> String? {
        do {
            let applied = try await database.read { session in
                Set(try session.all("select room, number, checksum from migration").map(Readiness.key))
            }
            let missing = migrations.contains { !applied.contains("\($0.room) \($0.number) \($0.checksum)") }
            return missing ? "The database was set up by another version of this program." : nil
        } catch let error as StoreError {
            return error.publicMessage
        } catch {
            return "The database cannot be reached."
        }
    }

    private static func key(_ row: Row) -> String { "\(row.text("room")) \(row.int("number")) \(row.text("checksum"))" }
}
