internal import Page

/// The directory of an area: who is there, with only what each agreed to show. Homes that agreed to nothing are counted.
struct AreaDirectory: Component {
    let area: PublicArea

    init(_ area: PublicArea) { self.area = area }

    /// The order of the sections: where meetings could be held first, then the other group settings, homes, groups.
    static let order: [SettingType] = [
        .childrensCentre, .nurserySchool, .school, .specialSchool, .dayNursery, .preschool, .groupProvider,
        .childminder,
        .domestic, .homeChildcarer, .outOfSchool, .stayAndPlay, .childminderGroup, .healthCentre, .other, .agency,
    ]

    var html: HTML {
        let groups = Dictionary(grouping: area.settings, by: \.type)
        let parts = AreaDirectory.order.compactMap { type in groups[type].map { section(type, $0) } }
        guard !parts.isEmpty else {
            return EmptyState(
                "Nobody listed yet", "No setting of this area is on the registers that have been loaded.",
                picture: .people
            ).html
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
            !setting.type.isHome
            ? "<a class=\"thing\" href=\"/settings/\(segment: setting.id)\"><bdi>\(title)</bdi></a>"
            : "<b class=\"thing\"><bdi>\(title)</bdi></b>"
        var lines: [HTML] = []
        if let address = setting.address { lines.append("\(address)") } else { lines.append("\(setting.wardName)") }
        if let telephone = setting.telephone {
            lines.append(
                "Telephone <a href=\"\(link: "tel:\(telephone.filter { $0.isNumber || $0 == "+" })")\">\(telephone)</a>"
            )
        }
        if let email = setting.email { lines.append("Email <a href=\"\(link: "mailto:\(email)")\">\(email)</a>") }
        if let website = setting.website {
            lines.append("Website <a href=\"\(link: AreaDirectory.address(website))\">\(website)</a>")
        }
        return
            "<li>\(setting.type.mark.icon())<div>\(name)<p>\(lines.enumerated().html { $0 == 0 ? $1 : "<br>\($1)" })</p></div></li>"
    }

    /// "7 childminders in Beckton": homes that have not agreed to be named, ward by ward.
    private func counted(_ settings: [PublicSetting]) -> HTML {
        let lines = AreaDirectory.counts(settings)
        guard !lines.isEmpty else { return "" }
        return "<ul>\(lines.html { "<li>\($0)</li>" })</ul><p class=\"quiet-line\">\(AreaDirectory.whyCounted)</p>"
    }

    static let whyCounted = "They work from a home, so only their ward is shown. Ask the hub to be put in touch."

    /// Homes that show nothing but their ward, a line for each ward.
    static func counts(_ settings: [PublicSetting]) -> [String] {
        let homes = Dictionary(grouping: settings.filter(\.isOnlyCounted), by: \.wardName).sorted { $0.key < $1.key }
        return homes.map { ward, group in "\(AreaMap.homes(group.map(\.type))) in \(ward)" }
    }

    /// A website as it may stand in a link: people often leave the scheme out.
    static func address(_ website: String) -> String {
        let lower = website.lowercased()
        return lower.hasPrefix("http://") || lower.hasPrefix("https://") ? website : "https://\(website)"
    }
}

/// The same directory on paper: a table for each type.
struct PrintedDirectory: Component {
    let area: PublicArea

    init(_ area: PublicArea) { self.area = area }

    var html: HTML {
        let groups = Dictionary(grouping: area.settings, by: \.type)
        return AreaDirectory.order.compactMap { type in groups[type].map { section(type, $0) } }.joined
    }

    private func section(_ type: SettingType, _ settings: [PublicSetting]) -> HTML {
        let listed = settings.filter { !$0.isOnlyCounted }
        var table = Table(
            type.plural, columns: [Table.Column("Name"), Table.Column("Where"), Table.Column("Contact")],
            rows: listed.map(row))
        table.isCaptionHidden = true
        table.isCompact = true
        let counts = AreaDirectory.counts(settings)
        let homes: HTML =
            counts.isEmpty
            ? "" : "<p>\(Measure.list(counts)). <span class=\"quiet-line\">\(AreaDirectory.whyCounted)</span></p>"
        return """
            <h2>\(type.mark.icon())\(settings.count == 1 ? type.name : type.plural)</h2>\(listed.isEmpty ? HTML() : table.html)\(homes)
            """
    }

    private func row(_ setting: PublicSetting) -> Table.Row {
        let contact = [setting.telephone, setting.email, setting.website].compactMap(\.self)
        return Table.Row([
            "\(setting.name ?? "\(setting.type.name) in \(setting.wardName)")",
            "\(setting.address ?? setting.wardName)",
            contact.enumerated().html { $0 == 0 ? "\($1)" : "<br>\($1)" },
        ])
    }
}
