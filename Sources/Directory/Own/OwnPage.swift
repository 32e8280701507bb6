internal import Civil
internal import House
internal import Page

/// What a setting's own people see of it.
struct OwnPage: Sendable {
    let setting: Setting
    let registrations: [Registration]
    let corrected: Set<CorrectableField>
    let waiting: Proposal?
    let decided: [Proposal]
    let agreed: Set<AgreedField>
    /// Nil when strangers see nothing of it.
    let strangers: Setting?

    func content(mayChange: Bool) -> HTML {
        Columns("\(facts)\(sources)", "\(shown(mayChange: mayChange))\(people(mayChange: mayChange))\(hub(mayChange: mayChange))\(answers)")
            .html
    }

    func notices(mayChange: Bool) -> [Notice] {
        if setting.mergedInto != nil {
            return [
                .warning("This record was joined with another of the same setting.", "Ask your hub’s coordinator to give you that one.")
            ]
        }
        guard let waiting else { return [] }
        let list = waiting.changes.html { "<li>\($0.field.label): \($0.field.words($0.value) ?? "nothing")</li>" }
        let button: HTML? =
            mayChange ? Button("Take it back", action: "/own/\(setting.id)/changes/withdraw", style: .small).html : nil
        return [
            .note(
                "Waiting for your hub’s coordinator since \(waiting.at?.dayInLondon.medium ?? "today").", "<ul>\(list)</ul>\(button)")
        ]
    }

    private var facts: HTML {
        let rows: [(String, HTML)] = OwnFacts.all.map { field in
            let value = field.value(in: setting) ?? ""
            let told: HTML? = corrected.contains(field) ? " \(Tag("told by you or the hub", .note))" : nil
            return (field.label, value.isEmpty ? "<span class=\"quiet\">Not known</span>" : "<bdi>\(value)</bdi>\(told)")
        }
        return Card("What we hold", Details(rows).html).html
    }

    private var sources: HTML {
        let lines = registrations.html { registration in
            "<li>\(registration.urn.register.name)\(registration.urn.register == .list ? "" : ", number \(registration.urn.value)")\(registration.seenDay.map { ", as of \($0.medium)" })</li>"
        }
        return Card(
            "Where it comes from",
            registrations.isEmpty
                ? "<p>It was added by hand: it is on no official register.</p>"
                : """
                <ul class="listing">\(lines)</ul><p class="quiet">What is wrong on the official register itself only Ofsted, or your \
                council for a school, can change. What you write here stands over it in this hub.</p>
                """
        ).html
    }

    private func shown(mayChange: Bool) -> HTML {
        let words: HTML =
            strangers == nil
            ? "<p>Strangers see nothing of this setting.</p>"
            : "<p>Everybody finds it as “<bdi>\(strangers?.title ?? "")</bdi>”\(AgreedField.list(agreed)).</p>"
        let change: HTML? =
            mayChange && !setting.isSecret ? "<li><a href=\"/own/\(segment: setting.id)/agreed\">Choose what may be shown</a></li>" : nil
        return Card(
            "What strangers see",
            "\(words)<ul class=\"listing\"><li><a href=\"/own/\(segment: setting.id)/preview\">See it as a stranger does</a></li>\(change)</ul>"
        ).html
    }

    private func people(mayChange: Bool) -> HTML? {
        guard mayChange else { return nil }
        return Card(
            "Who works here with you",
            """
            <ul class="listing"><li><a href="/staff/people">See who belongs to this setting</a></li>\
            <li><a href="/staff/people/invite">Invite a colleague</a></li></ul>\
            <p class="quiet">A colleague who leaves loses the role and keeps their account.</p>
            """
        ).html
    }

    /// What it does with its hub: pages of the network's room.
    private func hub(mayChange: Bool) -> HTML {
        let hosting: HTML? =
            mayChange ? "<li><a href=\"/own/\(segment: setting.id)/hosting\">Say whether you can host a meeting</a></li>" : nil
        let trail: HTML? =
            mayChange ? "<li><a href=\"/own/\(segment: setting.id)/trail\">What was written about it, and by whom</a></li>" : nil
        return Card(
            "With your hub",
            """
            <ul class="listing"><li><a href="/own/\(segment: setting.id)/timeline">What you did together</a></li>\(trail)\(hosting)\
            <li><a href="/own/\(segment: setting.id)/champion">Be a champion of your area</a></li></ul>
            """
        ).html
    }

    private var answers: HTML? {
        guard !decided.isEmpty else { return nil }
        let lines = decided.html { proposal in
            """
            <li>\(proposal.changes.map(\.field.label).joined(separator: ", ")): \
            \(proposal.decision?.words.lowercased() ?? "")\(proposal.decidedAt.map { " on \($0.dayInLondon.medium)" })\
            \(proposal.answer.map { ". <q>\($0)</q>" as HTML })</li>
            """
        }
        return Card("What you asked for lately", "<ul class=\"listing\">\(lines)</ul>").html
    }

    static func done(_ query: FormData) -> [Notice] {
        switch query["done"] {
        case "saved": [.success("Saved. It stands at once.")]
        case "asked": [.success("Sent. Your hub’s coordinator looks at it; until then the old facts stand.")]
        case "both": [.success("Saved. How you are reached stands at once; the rest waits for your hub’s coordinator.")]
        case "withdrawn": [.success("Taken back. Nothing was changed.")]
        case "claimed": [.success("Welcome. This entry is yours to look after from now on.")]
        default: []
        }
    }
}

extension AgreedField {
    /// The end of a sentence: ", with its telephone number and its website".
    static func list(_ agreed: Set<AgreedField>) -> String {
        let shown = allCases.filter { agreed.contains($0) && $0 != .name }.map { $0.words.lowercased() }
        return shown.isEmpty ? "" : ", with \(Measure.list(shown))"
    }
}
