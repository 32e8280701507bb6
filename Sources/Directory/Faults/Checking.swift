public import House
public import Store

/// Looks for faults in the data.
public enum Checking {
    /// How many settings have each fault, in the order they are worth mending.
    public static func counts(in session: any Session) throws -> [(fault: Fault, count: Int)] {
        try counts(FaultScope(), in: session)
    }

    static func counts(_ scope: FaultScope, in session: any Session) throws -> [(fault: Fault, count: Int)] {
        let place = try scope.condition(in: session)
        return try Fault.allCases.map { fault in
            let count = try session.count(
                """
                select count(*) from setting s where s.merged_into is null and s.status <> 'closed'
                    and \(place) and (\(fault.condition))
                """)
            return (fault, count)
        }
    }

    /// One page of the settings that have a fault, by name.
    static func settings(
        with fault: Fault, _ scope: FaultScope, page: Int, size: Int, in session: any Session
    ) throws -> [Setting] {
        let place = try scope.condition(in: session)
        return try session.all(
            """
            \(Setting.select) where s.merged_into is null and s.status <> 'closed' and \(place) and (\(fault.condition))
            order by s.sort_key, s.id limit \(size) offset \((page - 1) * size)
            """
        ).map(Setting.init)
    }

    /// What `eyhub check` does: counts the faults and keeps today's completeness.
    public static func run(_ tools: Tools) async throws -> [(fault: Fault, count: Int)] {
        let counts = try await tools.database.read { try Checking.counts(in: $0) }
        try await Completeness.record(tools)
        return counts
    }
}
