internal import Store

/// What PostgreSQL knows of how the rows are spread.
enum LoadStatistics {
    /// Has the server look at tables that were filled a moment ago, before many keys are looked up in them: without statistics it
    /// reads a table whole for every few hundred keys. It does so by itself, but only after a minute.
    static func gather(_ session: any Session) throws {
        guard session.engine == .postgresql else { return }
        let unknown = try session.count(
            """
            select count(*) from pg_class where relname = 'registration' and reltuples <= 0
                and relnamespace = (select oid from pg_namespace where nspname = current_schema())
            """)
        if unknown == 0 { return }
        for table in ["analyze setting", "analyze registration", "analyze inspection"] as [SQL] { try session.run(table) }
    }
}
