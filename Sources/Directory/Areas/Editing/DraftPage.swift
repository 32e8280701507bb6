internal import Civil
internal import House
internal import Page
internal import Planning

/// The page of a plan for staff: the map, what each area has, and everything that can be done to a draft.
struct DraftPage: Sendable {
    let picture: PlanPicture
    let figures: PlanFigures
    /// Whether the reader draws areas, or only looks at them.
    let mayDraw: Bool
    let maySeeRecords: Bool
    /// The ward chosen to be moved, with what each move would cost.
    var ward: TerritoryWard?
    var moves: [WardMove] = []
    let today: Day

    var plan: Plan { picture.plan }
    var scheme: Scheme { picture.scheme }
    var hub: Hub { picture.hub }
    var path: String { plan.path(in: hub) }
    var isDraft: Bool { plan.status == .draft }
    /// What every form of the page carries, so that two people cannot change the same draft unseen.
    var edition: (String, String) { ("edition", String(plan.edition)) }

    var lead: HTML {
        let areas = scheme.counted(picture.state.areas.count)
        let over: HTML =
            scheme.divides == .wards
            ? " over \(picture.territory.wards.count) wards, balanced by \(plan.balance.rawValue) within \(Measure.percent(plan.tolerance))"
            : ", every setting with its nearest anchor"
        return
            "\(PlanWords.state(plan, on: today))\(isDraft ? "" : ".") \(scheme.name) of \(hub.name): \(areas)\(over)."
    }

    var notices: [Notice] {
        var notices: [Notice] = []
        for text in plan.relaxations {
            notices.append(.warning("Not every rule could be kept. This is the nearest plan.", "\(text)"))
        }
        let newcomers =
            scheme.divides == .settings ? picture.territory.counted.count { picture.area(of: $0) == nil } : 0
        if newcomers > 0 {
            notices.append(
                .note(
                    newcomers == 1
                        ? "1 setting is in no \(scheme.word)." : "\(newcomers) settings are in no \(scheme.word).",
                    "They came after this was drawn. Draw the \(scheme.plural) again to take them in."))
        }
        if !figures.broken.isEmpty {
            let what =
                !isDraft
                ? "It was published all the same." : mayDraw ? "You can keep it as a draft; publishing will ask you first." : ""
            notices.append(
                .warning(
                    figures.broken.count == 1
                        ? "A rule is broken. \(what)" : "\(figures.broken.count) rules are broken. \(what)",
                    "<ul>\(figures.broken.html { "<li>\($0)</li>" })</ul>"))
        }
        return notices
    }

    var content: HTML {
        let map = Card("Map", "\(mapPicture)")
        guard mayDraw else { return "\(facts)\(map)\(tables)\(small)" }
        let side: HTML =
            switch (isDraft, scheme.divides) {
            case (true, .wards): "\(moveCard)\(doCard)"
            case (true, .settings): doCard.html
            case (false, _): publishedCard.html
            }
        return "\(facts)\(Columns(map.html, side))\(tables)\(small)"
    }

    private var tables: HTML {
        """
        \(Card("The \(scheme.plural)", areaTable.html))\(Card("Settings of each type", typeTable.html))
        """
    }

    private var facts: Facts {
        var facts = [
            Fact(figures.mean.map(Measure.distance) ?? "–", "to the base, on average"),
            Fact(figures.longest.map(Measure.distance) ?? "–", "for the farthest setting"),
        ]
        if scheme.divides == .wards {
            facts.append(
                Fact(
                    Measure.percent(figures.balance), "from the mean at most, by \(plan.balance.rawValue)",
                    isDue: figures.balance > plan.tolerance + 1e-9))
        }
        facts.append(Fact(grouped(figures.areas.reduce(0) { $0 + $1.settings.count }), "settings in an area"))
        return Facts(facts)
    }

    private var mapPicture: MapPicture {
        var map = AreaMap(picture)
        map.selected = ward?.code
        let isDraft = isDraft && mayDraw && scheme.divides == .wards
        let path = path
        if isDraft { map.href = { PageAddress(path, [("ward", $0)]).href + "#move" } }
        let picture = picture
        map.wardTitle = { ward in
            let area = picture.state.area(picture.state.areaOfWard[ward.code])?.name ?? "in no area"
            return isDraft ? "Move \(ward.name), now \(area)" : "\(ward.name), \(area)"
        }
        if scheme.divides == .settings {
            map.areas = []
            map.tint = [:]
        }
        return map.picture
    }

    /// What the figures mean, under the table.
    private var small: HTML {
        var lines: [String] = []
        if let line = LeftOut.sentence(picture.territory) { lines.append(line) }
        if !figures.guesses.isEmpty {
            let guesses = figures.guesses.map { guess in
                "\(guess.settings) \((guess.settings == 1 ? guess.type.name : guess.type.plural).lowercased()) as \(guess.places)"
            }
            lines.append(
                """
                Where places are not known, a setting counts as many as the middle one of its type: \
                \(Measure.list(guesses)). Groups and health centres have no places, so by places they count nothing.
                """
            )
        }
        if figures.areas.contains(where: { $0.withoutPlaces > 0 }) {
            lines.append("A + behind places says that the places of some of its settings are not known.")
        }
        lines.append(
            """
            Distances are straight lines to the base, from the setting or from the middle of its ward where only the ward is \
            known. Deprivation is the mean decile (1 is the most deprived tenth of England) of the neighbourhoods that fit the \
            wards best, weighted by people: wards are not made of whole neighbourhoods.
            """)
        lines += plan.remarks
        return Card("About these figures", "<ul>\(lines.html { "<li>\($0)</li>" })</ul>").html
    }
}
