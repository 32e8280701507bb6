internal import Civil
public import House
internal import Page
internal import Store

extension Directory {
    /// What is wrong in the data, with its mend, and how complete it is.
    var faultRoutes: [Route] {
        [
            route(.get, "/staff/faults", .seeFaults, "Faults in the data") { try await $0.faultsPage($1) },
            route(.post, "/staff/faults/record", .seeFaults, "Keep today’s completeness") { room, _ in
                try await Completeness.record(room.tools)
                return .redirect(to: "/staff/faults?done=recorded")
            },
            route(.get, "/staff/faults/{fault}", .seeFaults, "Settings with one fault") { try await $0.faultPage($1) },
            route(.get, "/api/v1/staff/faults", .seeFaults, "Faults in the data", api: Directory.faultsDescription) { room, request in
                let counts = try await room.tools.database.read { session in
                    try Checking.counts(room.faultScope(request, session), in: session)
                }
                return .json(Checking.json(counts).bytes)
            },
        ]
    }

    /// Whose faults are shown: those asked for, within what the asker may see.
    private func faultScope(_ request: Request, _ session: any Session) throws -> FaultScope {
        FaultScope(
            authority: request.query["authority"].flatMap { $0.isEmpty ? nil : $0 },
            hub: try hubToShow(request.query["hub"].flatMap { $0.isEmpty ? nil : $0 }, session))
    }

    private func faultsPage(_ request: Request) async throws -> Answer {
        let today = tools.clock.today
        let model = try await tools.database.read { [self] session in
            try FaultsPage.load(faultScope(request, session), on: today, in: session)
        }
        var frame = tools.frame("Data faults", for: .staff, at: request.path, content: model.content)
        frame.lead = model.lead
        if request.query["done"] == "recorded" { frame.notices = [.success("Today’s completeness is kept.")] }
        return .page(frame.html)
    }

    private func faultPage(_ request: Request) async throws -> Answer {
        guard let fault = Fault(rawValue: request.parameter("fault")) else {
            throw Refusal.notFound("There is no list of faults at this address.")
        }
        let page = max(1, min(100_000, request.query["page"].flatMap { Int($0) } ?? 1))
        let (scope, settings, total, mendable) = try await tools.database.read { [self] session in
            let scope = try faultScope(request, session)
            let settings = try Checking.settings(with: fault, scope, page: page, size: 25, in: session)
            // Of a list that is somebody's whole hub's all is theirs to mend, or a part, or nothing.
            let asker = tools.asker
            var mendable: Set<String> = []
            for setting in settings where asker.may(fault.mending) {
                let place = asker.isAdministrator ? .several : try Directory.whereabouts(ofSetting: setting.id, session)
                if asker.may(fault.mending, at: place) { mendable.insert(setting.id) }
            }
            return (
                scope, settings, try Checking.counts(scope, in: session).first { $0.fault == fault }?.count ?? 0,
                mendable
            )
        }
        let address = PageAddress("/staff/faults/\(fault.rawValue)", scope.query)
        var table = Table(
            "Settings with this fault",
            columns: [
                Table.Column("Setting"), Table.Column("Kind"), Table.Column("Where"), Table.Column("Mend", titleHidden: true),
            ],
            rows: settings.map { setting in
                Table.Row([
                    "\(setting.type.mark.icon()) <a href=\"/staff/settings/\(segment: setting.id)\"><bdi>\(setting.title)</bdi></a>",
                    "\(setting.type.name)",
                    "\([setting.wardName ?? setting.authorityName, setting.postcode].compactMap { $0 }.joined(separator: ", "))",
                    mendable.contains(setting.id)
                        ? "<a href=\"\(fault.mendAddress(setting.id))\">Mend it\(unseen(": \(setting.title)"))</a>" : "",
                ])
            })
        table.isCaptionHidden = true
        table.paging = Paging(page: page, size: 25, total: total, address: address)
        table.empty = "<p>None. Nothing is left to mend here.</p>"
        var frame = tools.frame(fault.name, for: .staff, at: "/staff/faults", content: "\(table)")
        frame.lead = "\(fault.mend)"
        frame.breadcrumbs = [Link("Data faults", PageAddress("/staff/faults", scope.query).href)]
        return .page(frame.html)
    }

    private static let faultsDescription = APIDescription(answer: [
        .init("total", "integer", "All faults together", required: true),
        .init(
            "faults", "array", "Each kind of fault", required: true,
            fields: [
                .init("fault", "string", "Code of the fault", required: true),
                .init("name", "string", "What is wrong", required: true),
                .init("mend", "string", "What to do", required: true),
                .init("count", "integer", "Settings that have it", required: true),
            ]),
    ])
}

extension FaultScope {
    var query: [(String, String)] {
        [("authority", authority), ("hub", hub)].compactMap { name, value in value.map { (name, $0) } }
    }
}

extension Checking {
    /// The answer of `eyhub check --json` and of the API.
    public static func json(_ counts: [(fault: Fault, count: Int)]) -> JSON {
        .object([
            ("total", .int(counts.reduce(0) { $0 + $1.count })),
            (
                "faults",
                .array(
                    counts.map {
                        .object([
                            ("fault", .string($0.fault.rawValue)), ("name", .string($0.fault.name)),
                            ("mend", .string($0.fault.mend)), ("count", .int($0.count)),
                        ])
                    })
            ),
        ])
    }
}
