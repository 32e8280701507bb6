internal import Store

/// How deprived a ward is by the newest index loaded: the means of its LSOAs, weighted by people. Wards are not made of LSOAs,
/// so this is a best fit, and pages say so.
struct WardDeprivation: Sendable {
    /// 1 is the most deprived tenth of England.
    let decile: Double
    let score: Double
    /// People in the LSOAs that were counted, where the index says.
    let people: Double
    let edition: String

    /// The figures of those wards that have any.
    static func of(wards: [String], in session: any Session) throws -> [String: WardDeprivation] {
        var found: [String: WardDeprivation] = [:]
        try Batch.each(wards) { batch in
            // An LSOA without a count of people weighs as much as an average one, about 1,700.
            let rows = try session.all(
                """
                select ward_code, edition, sum(decile * coalesce(population, 1700.0)) / sum(coalesce(population, 1700.0)) as decile,
                    sum(score * coalesce(population, 1700.0)) / sum(coalesce(population, 1700.0)) as score,
                    sum(coalesce(population, 0.0)) as people
                from deprivation where edition = (select max(edition) from deprivation) and ward_code in \(keys: batch)
                group by ward_code, edition
                """)
            for row in rows {
                found[row.text("ward_code")] = WardDeprivation(
                    decile: row.realOrNil("decile") ?? 0, score: row.realOrNil("score") ?? 0,
                    people: row.realOrNil("people") ?? 0, edition: row.text("edition"))
            }
        }
        return found
    }
}
