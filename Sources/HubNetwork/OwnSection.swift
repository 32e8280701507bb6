internal import House
internal import Page
internal import Store

/// What a setting's own people share with the hub, in the order of the work.
enum OwnSection: String, CaseIterable {
    case requests, needs, groups, timeline

    var label: String {
        switch self {
        case .requests: "Ask the hub"
        case .needs: "What you need"
        case .groups: "Who speaks for you"
        case .timeline: "With your hub"
        }
    }

    var deed: Deed {
        switch self {
        case .requests: .askRequests
        case .needs: .answerNeeds
        case .groups: .seeOwnGroups
        case .timeline: .seeOwnTimeline
        }
    }
}

extension Network {
    /// The frame of a page of a setting's own people.
    func ownFrame(_ heading: String, setting: String, title: String, section: OwnSection, content: HTML = "") -> PageFrame {
        var frame = tools.frame(heading, for: .staff, at: "/own", content: content)
        frame.breadcrumbs = [Link(title, "/own/\(setting)")]
        frame.sections = OwnSection.allCases.filter { may($0.deed, at: setting) }.map {
            Link($0.label, "/own/\(setting)/\($0.rawValue)", current: $0 == section)
        }
        return frame
    }

    private func may(_ deed: Deed, at setting: String) -> Bool {
        Permission.answer(tools.asker.hats, deed, Whereabouts(settingID: setting)) == .yes
    }
}
