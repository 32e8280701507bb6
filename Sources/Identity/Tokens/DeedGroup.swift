internal import House
internal import Page

/// Deeds to choose from under headings, since an administrator has some sixty.
struct DeedGroup: Sendable {
    let heading: String
    let deeds: [Deed]

    /// A heading, and how the codes begin that stand under it. A deed stands under the first it fits.
    private static let headings: [(String, [String])] = [
        ("Settings and registers", ["directory.setting.", "directory.fault.", "directory.register."]),
        ("Hubs, areas and other formats", ["directory."]), ("Members and pledges", ["network.membership.", "network.pledges."]),
        ("Champions and how a hub begins", ["network.champion.", "network.rollout.", "network.readiness."]),
        ("Groups and meetings", ["network.groups.", "network.hosting."]), ("Needs and requests", ["network.needs.", "network.requests."]),
        ("Contacts and campaigns", ["network."]), ("People, trust and mail", ["identity."]), ("This server", ["server."]),
        ("Everything else", [""]),
    ]

    static func all(_ deeds: [Deed]) -> [DeedGroup] {
        let placed = deeds.map { deed in
            (deed, headings.firstIndex { $0.1.contains { deed.code.hasPrefix($0) } } ?? headings.count - 1)
        }
        return headings.indices.compactMap { index in
            let here = placed.filter { $0.1 == index }.map(\.0)
            return here.isEmpty ? nil : DeedGroup(heading: headings[index].0, deeds: here)
        }
    }

    /// Tick boxes for each group. What is wrong with the choice is said once, at the first.
    static func fields(_ deeds: [Deed], typed: [String], error: String?) -> [Field] {
        all(deeds).enumerated().map { index, group in
            var field = Field.checkboxes("deed", group.heading, choices: group.deeds.map { Choice($0.code, $0.words) })
                .filled(all: typed)
            field.id = index == 0 ? "deed" : "deed-of-\(index)"
            field.error = index == 0 ? error : nil
            return .piece("\(field)")
        }
    }
}
