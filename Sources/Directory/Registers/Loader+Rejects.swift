internal import House
internal import Store

extension Loader {
    /// The rejected rows of a load exactly as they stood, each with the line it was on and the reason. Nil when there is no
    /// such load.
    public func rejectsCSV(_ loadID: String) async throws -> [UInt8]? {
        try await tools.database.read { session in
            guard try session.count("select count(*) from load where id = \(loadID)") > 0 else { return nil }
            var bytes: [UInt8] = []
            func add(_ line: String, _ reason: String, _ row: String) {
                bytes += Array(CSVLine.of([line, reason]).utf8)
                if !row.isEmpty {
                    bytes.append(UInt8(ascii: ","))
                    bytes += Array(row.utf8)
                }
                bytes += [13, 10]
            }
            let header = try session.first("select fields from load_problem where load_id = \(loadID) and number = 0")
            add("line", "reason", header?.text("fields") ?? "")
            try session.each(
                """
                select line, reason, fields from load_problem
                where load_id = \(loadID) and number > 0 and is_rejected = 1 order by number
                """
            ) { row in add(row.text("line"), row.text("reason"), row.text("fields")) }
            return bytes
        }
    }
}
