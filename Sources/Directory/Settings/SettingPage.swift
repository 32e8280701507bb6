internal import Civil
internal import House
internal import Page

/// A setting's page: what it is, where, who inspected it, where each fact came from, what lies near.
struct SettingPage {
    let view: SettingView
    let audience: Audience
    let neighbours: [SettingResults.Hit]
    /// Whoever looks, and where the record is theirs or not.
    var asker = Asker.stranger
    var whereabouts = Whereabouts()
    var setting: Setting { view.setting }
    var isStaff: Bool { audience == .staff }
    var base: String { isStaff ? "/staff/settings" : "/settings" }
    var path: String { "\(base)/\(setting.id)" }

    /// Whether the reader may do it to this record; only then it is offered.
    func may(_ deed: Deed) -> Bool { isStaff && asker.may(deed, at: whereabouts) }

    var lead: HTML {
        """
        \(setting.type.mark.icon()) \(setting.type.name)\(setting.wardName.map { ", \($0) ward" })\
        \(setting.authorityName.map { ", \($0)" }) \(tags)
        """
    }

    private var tags: HTML {
        var tags: [Tag] = []
        if setting.isSecret { tags.append(Tag("Never shown to the public", .bad)) }
        if setting.status == .gone { tags.append(Tag("No longer on its register", .warning)) }
        if setting.status == .closed { tags.append(Tag("Closed", .bad)) }
        return "\(tags)"
    }

    var notices: [Notice] {
        guard isStaff else { return [] }
        var notices: [Notice] = []
        if let merge = view.merge {
            let undo: HTML? =
                may(.joinRecords) ? Button("Undo the merge", action: "/staff/merges/\(merge.id)/undo", style: .quiet).html : nil
            notices.append(
                .warning(
                    "This record was merged into another.",
                    """
                    <p>Everything about it is now kept with <a href="/staff/settings/\(segment: merge.keptID)">\(merge.keptTitle)</a>.</p>\
                    \(undo)
                    """))
        } else if setting.status == .gone {
            notices.append(
                .warning(
                    "It is no longer on its register. Has it closed?",
                    """
                    <p>Registers drop a setting when it closes, changes owner or takes a break. \
                    \(may(.correctSetting)
                        ? "Ask it, then <a href=\"\(path)/correct\">say whether it is open or closed</a>."
                        : "Do you know? Tell the hub’s lead." as HTML)</p>
                    """))
        }
        if let waiting = view.waiting, may(.decideChanges) {
            notices.append(
                .warning(
                    "The setting asks for a change.",
                    "<p><a href=\"\(path)/changes/\(segment: waiting.id)\">Look at it, and say yes or no</a>.</p>"))
        }
        for correction in view.corrections where correction.isDisputed && may(.correctSetting) {
            let field = correction.field
            notices.append(
                .warning(
                    "\(field.label): your correction and the register now differ.",
                    """
                    <p>You wrote “\(field.words(correction.value) ?? "nothing")”. The register now says \
                    “\(field.words(correction.registerValue) ?? "nothing")”.</p>\
                    \(Button("Keep ours", action: "\(path)/corrections/\(correction.id)/keep", style: .quiet)) \
                    \(Button("Take the register’s", action: "\(path)/corrections/\(correction.id)/undo", style: .quiet))
                    """))
        }
        return notices
    }

    var content: HTML {
        let left: HTML = "\(facts)\(inspections)\(registers)\(history)"
        let right: HTML = "\(place)\(areas)\(near)\(care)"
        return Columns(left, right).html
    }

    // MARK: What it is

    private var facts: HTML {
        var rows: [(String, HTML)] = [("Kind", fact("\(setting.type.name)", .type))]
        if setting.isHome && !isStaff {
            rows.append(("Where", "\(setting.wardName.map { "\($0) ward" } ?? setting.authorityName ?? "")"))
        } else {
            rows.append(("Address", fact(address, .address, .town, .postcode)))
        }
        rows.append(("Places", fact(setting.places.map { $0 == 0 ? "" : "\($0)" } ?? "", .places)))
        rows.append(("Registers", "\(registerWords)"))
        let contacts: [(String, String?, CorrectableField)] = [
            ("Telephone", setting.telephone, .telephone), ("E-mail", setting.email, .email), ("Website", setting.website, .website),
        ]
        for (label, value, field) in contacts where isStaff || value != nil {
            rows.append((label, fact(contact(value, field), field)))
        }
        if isStaff { rows.append(("Note for the team", fact("\(setting.note)", .note))) }
        let reports = view.registrations.compactMap { registration in registration.reportAddress.map { (registration, $0) } }
            .html { registration, address in
                """
                <p><a href="\(link: address)" rel="external noreferrer">\
                \(registration.urn.register == .gias ? "See it on Get Information About Schools" : "Read its reports at Ofsted")</a></p>
                """
            }
        return Card("What it is", "\(Details(rows))\(reports)\(correctedNote)").html
    }

    private var address: HTML {
        let lines = [setting.address, setting.town, setting.postcode].compactMap { $0 }.filter { !$0.isEmpty }
        return lines.enumerated().map { $0 }.html { index, line in index == 0 ? "\(line)" : "<br>\(line)" }
    }

    private var registerWords: String {
        let names = ["EYR": "Early Years Register", "CCR": "Childcare Register (compulsory)", "VCR": "Childcare Register (voluntary)"]
        return (setting.registers ?? "").split(separator: ",").map { names[String($0)] ?? String($0) }.joined(separator: ", ")
    }

    private func contact(_ value: String?, _ field: CorrectableField) -> HTML {
        guard let value, !value.isEmpty else { return "" }
        switch field {
        case .email: return "<a href=\"\(link: "mailto:\(value)")\">\(value)</a>"
        case .telephone: return "<a href=\"\(link: "tel:\(value.filter { $0.isNumber || $0 == "+" })")\">\(value)</a>"
        case .website:
            return "<a href=\"\(link: value.contains("://") ? value : "https://\(value)")\" rel=\"external noreferrer\">\(value)</a>"
        default: return "\(value)"
        }
    }

    /// The fact with, for staff, a mark when somebody corrected it by hand.
    private func fact(_ value: HTML, _ fields: CorrectableField...) -> HTML {
        guard isStaff, let correction = view.corrections.first(where: { fields.contains($0.field) }) else { return value }
        return """
            \(value) \(Tag("corrected by hand", .note)) <span class="quiet">\(correction.at.map { $0.dayInLondon.short }); the \
            register says \(correction.field.words(correction.registerValue) ?? "nothing")</span>
            """
    }

    private var correctedNote: HTML? {
        guard isStaff, !view.corrections.isEmpty else { return nil }
        let undo = view.corrections.html { correction in
            """
            <li>\(correction.field.label): “\(correction.field.words(correction.value) ?? "nothing")”\
            \(correction.reason.map { " (\($0))" }) \
            \(may(.correctSetting) ? Button("Undo", action: "\(path)/corrections/\(correction.id)/undo", style: .small).html : nil)</li>
            """
        }
        return Disclosure("Corrections that stand: \(view.corrections.count)", "<ul class=\"listing\">\(undo)</ul>").html
    }

    // MARK: Inspections and registers

    private var inspections: HTML {
        guard !view.inspections.isEmpty else {
            let why: HTML =
                setting.type.isOnChildcareRegister
                ? "<p>No inspection is on record yet.</p>"
                : "<p>Not on the childcare register. Schools are inspected under rules of their own.</p>"
            return Card("Inspections", why).html
        }
        let table = Table(
            "Inspections, newest first",
            columns: [Table.Column("Date"), Table.Column("Under which rules"), Table.Column("Result")],
            rows: view.inspections.map { line in
                let parts = line.areas.html { "<li>\($0.name): \($0.result)</li>" }
                let detail: HTML? = line.areas.isEmpty ? nil : "<ul class=\"listing\">\(parts)</ul>"
                return Table.Row(["\(line.day?.medium ?? "")", "\(line.framework.name)", "\(line.summary)\(detail)"])
            })
        return Card(
            "Inspections",
            """
            \(table)<p class="quiet">Each result stands under the rules it was made by. From 10 November 2025 there is a report \
            card and no single grade; the two are never turned into one another.</p>
            """
        ).html
    }

    private var registers: HTML {
        guard !view.registrations.isEmpty else {
            return Card("Where these facts come from", "<p>Added by hand: it is on no official register.</p>").html
        }
        let table = Table(
            "Registers it is on",
            columns: [Table.Column("Register"), Table.Column("Number"), Table.Column("Since"), Table.Column("Last checked")],
            rows: view.registrations.map { registration in
                let gone: HTML? = registration.goneDay.map { " \(Tag("gone since \($0.short)", .warning))" }
                return Table.Row([
                    "\(registration.urn.register.name)", "\(registration.urn.register == .list ? "" : registration.urn.value)",
                    "\(registration.registeredOn?.medium ?? "")", "\(registration.seenDay?.medium ?? "")\(gone)",
                ])
            })
        return Card("Where these facts come from", "\(table)").html
    }

    private var history: HTML? {
        guard isStaff, !view.history.isEmpty else { return nil }
        let table = Table(
            "What happened to this record",
            columns: [Table.Column("When"), Table.Column("What"), Table.Column("From"), Table.Column("To")],
            rows: view.history.map { Table.Row(["\($0.when)", "\($0.what)", "\($0.before)", "\($0.after)"]) })
        return Card("History", "\(Disclosure("Show the last \(view.history.count) changes", "\(table)"))").html
    }
}
