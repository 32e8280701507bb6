internal import House
internal import Page

/// The right-hand side of a setting's page: where it is, its area, what lies near, what staff can do.
extension SettingPage {
    var place: HTML {
        let point: LonLat? =
            if let latitude = setting.latitude, let longitude = setting.longitude, isStaff || !setting.isHome {
                LonLat(longitude, latitude)
            } else { nil }
        guard let ward = view.ward else {
            return Card("Where it is", "<p>\(placeWords)</p>").html
        }
        var picture = MapPicture(
            "Map of \(ward.name) ward", shapes: [MapShape(id: ward.code, title: ward.name, rings: ward.rings, tint: 0)],
            points: point.map { [MapPoint($0, mark: setting.type.mark, title: setting.title)] } ?? [])
        picture.tallest = 320
        return Card("Where it is", "\(picture)<p class=\"quiet\">\(placeWords)</p>").html
    }

    private var placeWords: String {
        if setting.isSecret { return "This setting must not be found, so it is placed nowhere." }
        if setting.isHome && !isStaff {
            return "This is somebody’s home, so only the ward is shown. Ask the childminder for the address."
        }
        switch setting.placeBasis {
        case .none: return "We do not know where it is yet."
        case .ward: return "We know its ward and nothing closer."
        default: return "Placed by \(setting.placeBasis.words)."
        }
    }

    var areas: HTML? {
        guard !view.areas.isEmpty else { return nil }
        let lines = view.areas.html { area in
            """
            <li><a href="\(area.path)">\(area.areaName)</a>, \(area.scheme.name), \(area.hub.name)</li>
            """
        }
        return Card("Its area", "<ul class=\"listing\">\(lines)</ul>").html
    }

    var near: HTML? {
        guard !neighbours.isEmpty else { return nil }
        let lines = neighbours.html { hit in
            """
            <li>\(hit.entry.type.mark.icon()) <a href="\(base)/\(segment: hit.entry.id)"><bdi>\
            \(isStaff ? hit.entry.title : hit.entry.publicTitle)</bdi></a> \
            <span class="quiet">\(hit.metres.map { distance($0) } ?? "")</span></li>
            """
        }
        return Card("Its neighbours", "<ul class=\"listing\">\(lines)</ul>").html
    }

    private func distance(_ metres: Double) -> String {
        if metres < 50 { return "next door" }
        if metres < 1_000 { return "\(Int((metres / 50).rounded()) * 50) m" }
        let tenths = Int((metres / metresInAMile * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) miles"
    }

    /// What staff can do with the record.
    var care: HTML? {
        guard isStaff else {
            return "<p><a href=\"/claim/\(segment: setting.id)\">Do you run this setting? Look after its entry</a></p>"
        }
        guard setting.mergedInto == nil else { return nil }
        let same = view.samePlace.html { other in
            """
            <li><a href="/staff/settings/\(segment: other.id)">\(other.title)</a> \
            \(may(.joinRecords)
                ? Button("Not the same place", action: "\(path)/same-place/undo", hidden: [("other", other.id)], style: .small).html : nil)</li>
            """
        }
        let merged = view.mergedHere.html { other in
            """
            <li>\(other.title) was merged into this record. \
            \(may(.joinRecords) ? Button("Undo", action: "/staff/merges/\(other.id)/undo", style: .small).html : nil)</li>
            """
        }
        let agreed = view.agreed.isEmpty ? "nothing but the register’s public facts" : view.agreed.sorted().joined(separator: ", ")
        let correct: HTML? = may(.correctSetting) ? "<li><a href=\"\(path)/correct\">Correct a fact</a></li>" : nil
        let join: HTML? =
            may(.joinRecords)
            ? """
            <li><a href="\(path)/same-place">It shares its place with another setting</a></li>\
            <li><a href="\(path)/merge">It is the same setting as another record</a></li>
            """ : nil
        let agreeing: HTML =
            may(.agreeFields) ? "<a href=\"\(path)/agreed\">What it agreed to show</a>" : "What it agreed to show"
        return Card(
            correct == nil && join == nil ? "This record" : "Look after this record",
            """
            <ul class="listing">\(correct)\(join)<li>\(agreeing): \(agreed)</li>\
            <li><a href="/settings/\(segment: setting.id)">See it as a stranger does</a></li>\(merged)</ul>\
            \(view.samePlace.isEmpty ? nil : "<h3>At the same place</h3><ul class=\"listing\">\(same)</ul>" as HTML)
            """
        ).html
    }
}
