internal import House
internal import Page

extension Identity {
    /// The table of permissions as it is in force, for everybody to read.
    var permissionRoutes: [Route] {
        [route(.get, "/about/permissions", .look, "Who may do what") { room, request in room.permissionsPage(request) }]
    }

    /// What somebody must be allowed to do; the rest is everybody's.
    private var deedsOfRoles: [Deed] { allDeeds.filter { !$0.isForEverybody && !$0.isOwnAccount } }

    private func permissionsPage(_ request: Request) -> Answer {
        let role = request.query["role"].flatMap { Role(rawValue: $0) }
        let filter = FilterForm(
            action: "/about/permissions",
            fields: [
                Field.select(
                    "role", "What may one do as …", choices: Role.allCases.map { Choice($0.rawValue, $0.name) }, prompt: "Every role"
                ).filled(role?.rawValue ?? "")
            ], submit: "Show", clear: role == nil ? nil : "/about/permissions")
        var frame = tools.frame(
            "Who may do what", for: .stranger, at: "/about/permissions",
            content: """
                \(filter)\(role.map(list) ?? wholeTable)<p>Everybody who is signed in looks after their own account. Everybody reads the \
                public pages. Nothing that belongs to a hub is shown, or said to exist, to people of other hubs.</p>
                """)
        frame.lead = "The same table decides about every page, every form and the API."
        return .page(frame.html)
    }

    /// A line for each deed, with the roles that may under how far they reach. Roles across the top would be thirteen columns, which fit
    /// no screen.
    private var wholeTable: HTML {
        let reaches = Deed.Reach.allCases.filter { reach in deedsOfRoles.contains { $0.reaches.values.contains(reach) } }
        let rows = deedsOfRoles.map { deed in
            Table.Row(
                ["\(deed.words)"]
                    + reaches.map { reach in "\(Role.allCases.filter { deed.reaches[$0] == reach }.map(\.name).joined(separator: ", "))" })
        }
        var table = Table(
            "Who may do what", columns: [Table.Column("What")] + reaches.map { Table.Column($0.heading) }, rows: rows)
        table.isCaptionHidden = true
        let secondStep = Role.allCases.filter(\.needsSecondStep).map(\.name).joined(separator: ", ")
        return "\(table)<p>These sign in with a second step, because they see other people’s data: \(secondStep).</p>"
    }

    /// What one role may do, a list for each reach, the widest first.
    private func list(_ role: Role) -> HTML {
        let lists = Deed.Reach.allCases.html { reach -> HTML in
            let deeds = deedsOfRoles.filter { $0.reaches[role] == reach }
            if deeds.isEmpty { return "" }
            return "\(Card(reach.heading, level: 3, "<ul>\(deeds.html { "<li>\($0.words)</li>" })</ul>"))"
        }
        let nothing: HTML? =
            deedsOfRoles.contains { $0.reaches[role] != nil }
            ? nil : "<p>Nothing of other people’s: they read the public pages and look after their own account.</p>"
        let step =
            role.needsSecondStep
            ? "They sign in with a second step, because they see other people’s data."
            : "They sign in without a second step, unless they wish for one."
        return "<h2>\(role.name)</h2>\(nothing)\(lists)<p>\(step)</p>"
    }
}

extension Deed.Reach {
    /// Over what can be done there.
    fileprivate var heading: String {
        switch self {
        case .anywhere: "Everywhere"
        case .ownHub: "In their own hub"
        case .ownArea: "In their own mini-hub"
        case .ownSetting: "In their own setting"
        }
    }
}
