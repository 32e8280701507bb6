internal import Store

extension Inspection {
    static let columns: [StaticString] = [
        "register", "urn", "framework", "on_day", "number", "kind", "overall", "safeguarding", "judgements", "load_id",
    ]

    /// Adds it as a row of the register's record `urn`.
    func add(to rows: BulkRows, _ register: Register, _ urn: String, load: String?) {
        rows.startRow()
        rows.add(register.rawValue)
        rows.add(urn)
        rows.add(framework.rawValue)
        rows.add(onDay)
        rows.add(number)
        rows.add(kind)
        rows.add(overall)
        rows.add(safeguarding)
        rows.add(judgements)
        rows.add(load)
    }

    init?(_ row: Row) {
        guard let framework: InspectionFramework = row.code("framework") else { return nil }
        self.init(
            framework: framework, onDay: row.text("on_day"), number: row.text("number"), kind: row.textOrNil("kind"),
            overall: row.textOrNil("overall"), safeguarding: row.textOrNil("safeguarding"),
            judgements: row.textOrNil("judgements"))
    }

    /// Every inspection of a setting, newest first, from all of its registrations.
    static func of(setting id: String, in session: any Session) throws -> [Inspection] {
        let told = try session.all(
            """
            select i.* from inspection i join registration r on r.register = i.register and r.urn = i.urn
            where r.setting_id = \(id) order by i.on_day desc, i.framework
            """
        ).compactMap(Inspection.init)
        // The published file and the feed tell of the same visits.
        var visits: [Inspection] = []
        for inspection in told {
            if let place = visits.lastIndex(where: { $0.isSameVisit(as: inspection) }) {
                visits[place] = visits[place].filled(from: inspection)
            } else {
                visits.append(inspection)
            }
        }
        return visits
    }
}
