internal import Page

/// The directory of an area: who is there, with only what each agreed to show. Homes that agreed to nothing are counted.
struct AreaDirectory: Component {
    let area: PublicArea
    /// On a screen each setting links to its own page; on paper it does not.
    let linksToSettings: Bool

    init(_ area: PublicArea, linksToSettings: Bool) {
        self.area = area
        self.linksToSettings = linksToSettings
    }

    private static let order: [SettingType] = [
        .childrensCentre, .nurserySchool, .school, .specialSchool, .dayNursery, .preschool, .groupProvider, .childminder,
        .domestic, .homeChildcarer, .outOfSchool, .stayAndPlay, .childminderGroup, .healthCentre, .other, .agency,
    ]

    var html: HTML {
        let groups = Dictionary(grouping: area.settings, by: \.type)
        let parts = AreaDirectory.order.compactMap { type in groups[type].map { section(type, $0) } }
        guard !parts.isEmpty else {
            return EmptyState("Nobody listed yet", "No setting of this area is on the registers that have been loaded.", picture: .people).html
        }
        return parts.joined
    }

    private func section(_ type: SettingType, _ settings: [PublicSetting]) -> HTML {
        let listed = settings.filter { !$0.isOnlyCounted }
        let list: HTML = listed.isEmpty ? "" : "<ul class=\"todo directory\">\(listed.html(entry))</ul>"
        return Card("\(settings.count == 1 ? type.name : type.plural)", "\(list)\(counted(settings))").html
    }

    private func entry(_ setting: PublicSetting) -> HTML {
        let title = setting.name ?? "\(setting.type.name) in \(setting.wardName)"
        let name: HTML =
            linksToSettings && !setting.type.isHome
            ? "<a class=\"thing\" href=\"/settings/\(segment: setting.id)\"><bdi>\(title)</bdi></a>"
            : "<b class=\"thing\"><bdi>\(title)</bdi></b>"
        var lines: [HTML] = []
        if let address = setting.address { lines.append("\(address)") } else { lines.append("\(setting.wardName)") }
        if let telephone = setting.telephone {
            lines.append("Telephone <a href=\"\(link: "tel:\(telephone.filter { $0.isNumber || $0 == "+" })")\">\(telephone)</a>")
        }
        if let email = setting.email { lines.append("Email <a href=\"\(link: "mailto:\(email)")\">\(email)</a>") }
        if let website = setting.website { lines.append("Website <a href=\"\(link: AreaDirectory.address(website))\">\(website)</a>") }
        return "<li>\(setting.type.mark.icon())<div>\(name)<p>\(lines.enumerated().html { $0 == 0 ? $1 : "<br>\($1)" })</p></div></li>"
    }

    /// "7 childminders in Beckton": homes that have not agreed to be named, ward by ward.
    private func counted(_ settings: [PublicSetting]) -> HTML {
        let homes = Dictionary(grouping: settings.filter(\.isOnlyCounted), by: \.wardName).sorted { $0.key < $1.key }
        guard !homes.isEmpty else { return "" }
        let lines = homes.html { ward, group in "<li>\(AreaMap.homes(group.map(\.type))) in \(ward)</li>" }
        return "<ul>\(lines)</ul><p class=\"quiet-line\">They work from a home, so only their ward is shown. Ask the hub to be put in touch.</p>"
    }

    /// A website as it may stand in a link: people often leave the scheme out.
    static func address(_ website: String) -> String {
        let lower = website.lowercased()
        return lower.hasPrefix("http://") || lower.hasPrefix("https://") ? website : "https://\(website)"
    }
}
