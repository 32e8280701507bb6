internal import Page

/// The form above the list: what most people ask first, the rest folded away.
struct FindForm {
    let search: SettingSearch
    let errors: FieldErrors
    let index: FinderIndex
    let base: String
    let showsMap: Bool

    var form: FilterForm {
        let miles = Field.select("miles", "Within", choices: Self.distances)
        var form = FilterForm(
            action: base,
            fields: [
                filled(.search("q", "Name or number"), search.name),
                filled(.postcode("near", "Near a postcode"), search.near),
                filled(miles, SettingSearch.written(search.miles)),
            ], keep: kept, submit: "Show settings", clear: base)
        form.more = [.piece(index.drawnForms.more(narrowing, errors) { Self.joined(more) })]
        form.isMoreOpen = isNarrowed
        return form
    }

    private func filled(_ field: Field, _ value: String?) -> Field {
        var field = field.filled(value)
        field.error = errors[field.name]
        return field
    }

    private static let distances: [Choice] = [
        Choice("0.5", "half a mile"), Choice("1", "1 mile"), Choice("2", "2 miles"), Choice("5", "5 miles"),
        Choice("10", "10 miles"), Choice("25", "25 miles"),
    ]

    private var isNarrowed: Bool { narrowing != Narrowing() || errors["places"] != nil }

    /// What is chosen in the folded part.
    struct Narrowing: Hashable, Sendable {
        var types: Set<SettingType> = []
        var ward: String?
        var authority: String?
        var leastPlaces: Int?
        var outcome: String?
        var register: String?
        var includesOlder = false
    }

    private var narrowing: Narrowing {
        Narrowing(
            types: search.types, ward: search.ward, authority: search.authority, leastPlaces: search.leastPlaces,
            outcome: search.outcome, register: search.register, includesOlder: search.includesOlder)
    }

    private static func joined(_ fields: [Field]) -> HTML { "\(fields)" }

    private var more: [Field] {
        let kinds = SettingType.allCases.map { Choice($0.rawValue, $0.plural, mark: $0.mark) }
        var fields = [Field.checkboxes("type", "Kinds of setting", choices: kinds).filled(all: search.types.map(\.rawValue))]
        let wards = search.authority.flatMap { index.wardChoices[$0] } ?? []
        fields.append(
            filled(.select("authority", "Local authority", choices: index.authorityChoices, prompt: "Any"), search.authority))
        if !wards.isEmpty { fields.append(filled(.select("ward", "Ward", choices: wards, prompt: "Any ward"), search.ward)) }
        fields += [
            filled(.number("places", "At least this many places"), search.leastPlaces.map(String.init)),
            filled(.select("outcome", "Latest inspection", choices: Self.outcomes, prompt: "Any"), search.outcome),
            filled(.select("register", "On the register", choices: Self.registers, prompt: "Any"), search.register),
            filled(
                .checkbox("older", "Also those that are not for children under five"), search.includesOlder ? "yes" : nil),
        ]
        return fields
    }

    private static let outcomes: [Choice] = Outcome.choices.map { Choice($0.code, $0.words) }
    private static let registers: [Choice] = [
        Choice("EYR", "Early Years Register (birth to five)"), Choice("CCR", "Childcare Register, compulsory part"),
        Choice("VCR", "Childcare Register, voluntary part"),
    ]

    /// What the address says besides, kept from search to search.
    private var kept: [(String, String)] {
        [("hub", search.hub), ("area", search.area), ("view", showsMap ? "map" : nil)]
            .compactMap { name, value in value.map { (name, $0) } }
    }
}
