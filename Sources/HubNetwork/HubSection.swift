internal import House
internal import Page

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
    /// The frame of a page of a hub's network, with the line that leads to the others. `hub` is its name in addresses.
    func frame(_ heading: String, hub: String, section: HubSection, content: HTML = "") -> PageFrame {
        var frame = tools.frame(heading, for: .staff, at: "/staff/network", content: content)
        frame.sections = HubSection.allCases.filter { Permission.answer(tools.asker.hats, $0.deed, .several) == .yes }.map {
            Link($0.label, $0.path(hub), current: $0 == section)
        }
        return frame
    }
}
