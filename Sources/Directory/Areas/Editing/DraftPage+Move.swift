internal import House
internal import Page
internal import Planning

extension DraftPage {
    /// Moving a ward in two presses: the ward on the map or in the list, then the area it goes to.
    var moveCard: Card {
        let choices = picture.territory.wards.map { ward in
            let area = picture.state.area(picture.state.areaOfWard[ward.code])?.name ?? "in no area"
            return Choice(ward.code, "\(picture.territory.name(ofWard: ward.code)), \(area)")
        }
        let chooser = FilterForm(
            action: "\(path)#move",
            fields: [Field.select("ward", "Ward", choices: choices, prompt: "Choose a ward").filled(ward?.code)],
            submit: "Show where it could go")
        guard let ward else {
            return Card(
                "Move a ward", id: "move",
                "<p>Press a ward on the map, or choose it here. You then see what each move would cost.</p>\(chooser)")
        }
        let name = picture.territory.name(ofWard: ward.code)
        let home = picture.state.area(picture.state.areaOfWard[ward.code])
        let count = picture.territory.counted.count { $0.ward == ward.code }
        let places: HTML = home.map { "It is in \($0.name)" } ?? "It is in no area yet"
        let targets: HTML =
            moves.isEmpty ? placesToGo(ward, home) : "<ul class=\"todo\">\(moves.html { move($0, name) })</ul>"
        return Card(
            "Move \(name)", id: "move",
            """
            <p>\(places), with \(count) \(count == 1 ? "setting" : "settings").</p>\(targets)\
            \(DraftPage.apart([lockForm(ward, name, home), Disclosure("Another ward", chooser.html).html]))
            """)
    }

    private func move(_ move: WardMove, _ name: String) -> HTML {
        guard let area = picture.state.area(move.to) else { return "" }
        // The change is weight x metres: over all the weight it is the change for one setting, or for one place.
        let each = move.metresMore / max(1, figures.areas.reduce(0) { $0 + $1.weight })
        let far =
            abs(each) < 5
            ? "Journeys stay as they are on average"
            : "Journeys \(each > 0 ? "longer" : "shorter") by \(Measure.distance(abs(each))) on average"
        let broken: HTML = BrokenRules.kinds(move.breaks).html { " \(Tag($0, .warning))" }
        let base = picture.setting(picture.state.area(move.from)?.baseID)
        let losesBase: HTML =
            base?.ward == move.ward
            ? " The base of \(picture.state.area(move.from)?.name) lies here, so that area would get another." : ""
        var button = Button(
            "Move here", action: "\(path)/change",
            hidden: [("what", "move"), ("ward", move.ward), ("area", move.to), edition], style: .small)
        button.about = "to \(area.name)"
        return """
            <li>\(areaSwatch(picture.state.position(move.to) ?? 0))<div>\
            <span class="thing">\(area.name)</span><p>\(far); areas then within \(Measure.percent(move.balanceAfter)) of the \
            mean.\(losesBase)</p>\(broken)</div>\(button)</li>
            """
    }

    /// Where the figures cannot be worked out, as for a ward in no area, the areas alone.
    private func placesToGo(_ ward: TerritoryWard, _ home: PlanState.Area?) -> HTML {
        let others = picture.state.areas.filter { $0.id != home?.id }
        let buttons = others.html { area in
            let button = Button(
                "Move to \(area.name)", action: "\(path)/change",
                hidden: [("what", "move"), ("ward", ward.code), ("area", area.id), edition], style: .small)
            return "<li>\(button)</li>"
        }
        return "<ul>\(buttons)</ul>"
    }

    private func lockForm(_ ward: TerritoryWard, _ name: String, _ home: PlanState.Area?) -> HTML {
        guard let home else { return "" }
        let isLocked = picture.state.lockedWards.contains(ward.code)
        let button = Button(
            isLocked ? "Unlock \(name)" : "Lock \(name) to \(home.name)", action: "\(path)/change",
            hidden: [("what", isLocked ? "unlock" : "lock"), ("ward", ward.code), edition], style: .quiet)
        let why: HTML =
            isLocked
            ? "It is locked: drawing again leaves it here." : "Locked, it stays here when the areas are drawn again."
        return "<p class=\"quiet-line\">\(why)</p><div class=\"buttons\">\(button)</div>"
    }
}
