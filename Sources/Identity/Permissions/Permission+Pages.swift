internal import House
internal import Page

extension Identity {
    /// The table of permissions as it is in force, for everybody to read.
    var permissionRoutes: [Route] {
        [route(.get, "/about/permissions", .look, "Who may do what") { room, _ in room.permissionsPage() }]
    }

    private func permissionsPage() -> Answer {
        var columns = [Table.Column("What")]
        columns += Role.allCases.map { Table.Column($0.name) }
        let rows = allDeeds.filter { !$0.isForEverybody && !$0.isOwnAccount }.map { deed in
            Table.Row(["\(deed.words)"] + Role.allCases.map { role in deed.reaches[role].map { "\($0.words)" } ?? "" })
        }
        var table = Table("Who may do what", columns: columns, rows: rows)
        table.isCaptionHidden = true
        table.isCompact = true
        let secondStep = Role.allCases.filter(\.needsSecondStep).map { $0.name.lowercased() }.joined(separator: ", ")
        var frame = tools.frame(
            "Who may do what", for: .stranger, at: "/about/permissions",
            content: """
                \(table)<p>Everybody who is signed in looks after their own account. Everybody reads the public pages. Nothing that belongs \
                to a hub is shown, or said to exist, to people of other hubs.</p>\
                <p>These sign in with a second step, because they see other people’s data: \(secondStep).</p>
                """)
        frame.lead = "The same table decides about every page, every form and the API."
        return .page(frame.html)
    }
}
