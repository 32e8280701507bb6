internal import Directory
internal import House
internal import Page
internal import Store

/// The pages of one hub's network, in the order of the work.
enum HubSection: String, CaseIterable {
    case live = ""
    case members
    case campaigns
    case pledges
    case champions
    case groups
    case hosting
    case partners
    case needs
    case requests
    case rollout
    case readiness

    /// As the line under every heading says it.
    var label: String {
        switch self {
        case .live: "Who is in touch"
        case .pledges: "Pledges"
        case .campaigns: "Campaigns"
        case .members: "Members"
        case .hosting: "Hosting"
        case .partners: "Equal partners"
        case .champions: "Champions"
        case .rollout: "Roll-out"
        case .readiness: "Readiness"
        case .groups: "Groups"
        case .needs: "Needs"
        case .requests: "Requests"
        }
    }

    /// What one must be allowed to do for it to stand in the line.
    var deed: Deed {
        switch self {
        case .live, .campaigns, .members, .hosting, .partners, .needs, .requests: .seeNetwork
        case .pledges: .seePledges
        case .champions: .seeChampions
        case .rollout: .seeRollOut
        case .readiness: .seeReadiness
        case .groups: .seeGroups
        }
    }

    func path(_ hub: String) -> String { "/staff/network/\(hub)\(self == .live ? "" : "/\(rawValue)")" }
}

extension Network {
    /// Leads to the page of one's hub; who has several chooses.
    func chooseHub(for section: HubSection) async throws -> Answer {
        let hubs = try await tools.database.read { [self] session in
            try Directory.hubs(session).filter { tools.asker.knows(hub: $0.id) }
        }
        if let worn = hubs.first(where: { $0.id == tools.asker.worn?.hubID }) ?? (hubs.count == 1 ? hubs.first : nil) {
            return .redirect(to: section.path(worn.slug))
        }
        var frame = tools.frame(section == .live ? "The network" : section.label, for: .staff, at: "/staff/network")
        frame.lead = "Choose a hub."
        frame.content =
            hubs.isEmpty
            ? EmptyState(
                "No hub yet",
                "A hub is the wards you look after and the settings in them. Make one, and see here whom you are in touch with.",
                action: Action("Make a hub", "/staff/hubs/new"), picture: .map
            ).html : Todo(hubs.map { TodoItem($0.name, href: section.path($0.slug)) }).html
        return .page(frame.html)
    }

    /// The frame of a page of a hub's network, with the line that leads to the others. `hub` is its name in addresses.
    func frame(_ heading: String, hub: String, section: HubSection, content: HTML = "") -> PageFrame {
        var frame = tools.frame(heading, for: .staff, at: "/staff/network", content: content)
        frame.sections = HubSection.allCases.filter { Permission.answer(tools.asker.hats, $0.deed, .several) == .yes }.map {
            Link($0.label, $0.path(hub), current: $0 == section)
        }
        return frame
    }
}
