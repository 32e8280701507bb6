internal import Page

/// The form that asks for a first drawing.
struct DrawForm: Sendable {
    var count: Int
    var balance: Balance
    /// In per cent.
    var tolerance: Int
    var seed: Int

    /// Reads it; the errors are in the reader.
    static func read(_ reader: inout FormReader, wards: Int) -> DrawForm? {
        let most = max(1, wards)
        let count = reader.int(
            "count", in: 1...most, missing: "Say how many areas you want.",
            wrong: "Ask for 1 to \(most) areas: wards stay whole, and there are \(wards).")
        let balance = reader.choice("balance", of: Balance.self, missing: "Choose what the areas are balanced by.")
        let tolerance = reader.int(
            "tolerance", in: 0...100, missing: "Say how far an area may lie from the mean, such as 10.",
            wrong: "Write a whole number of per cent from 0 to 100.")
        let seed = reader.optionalInt("seed", in: 0...999_999, wrong: "Write a whole number from 0 to 999,999.") ?? 1
        guard let count, let balance, let tolerance, reader.errors.isEmpty else { return nil }
        return DrawForm(count: count, balance: balance, tolerance: tolerance, seed: seed)
    }

    static func html(
        action: String, word: String, plural: String, values: FormData?, errors: FieldErrors, suggested: Int
    ) -> HTML {
        var seed = Field.number(
            "seed", "Seed",
            hint: "Another number starts the search elsewhere. It only matters where no best drawing can be proven.")
        seed.width = .tiny
        var form = Form.post(
            action, "Draw the \(plural)",
            fields: [
                Field.number("count", "How many \(plural)").filled(String(suggested)),
                Field.radios(
                    "balance", "Balanced by",
                    choices: [
                        Choice("settings", "Settings", hint: "Each counts one: an equal number of calls to make."),
                        Choice("places", "Places", hint: "A nursery of 60 counts ten times a childminder of 6."),
                    ]
                ).filled(Balance.settings.rawValue),
                Field.number(
                    "tolerance", "How far from equal they may be",
                    hint: "10% lets a \(word) have a tenth more or fewer than the mean. Wider gives shorter journeys.",
                    unit: "%"
                ).filled("10"),
                Field.piece(
                    Disclosure("Advanced", seed.filled(errors: errors, values).html, isOpen: errors["seed"] != nil).html
                ),
            ])
        form.values = values
        form.errors = errors
        return form.html
    }
}

extension Field {
    /// The field with what was typed, for one that stands inside another piece of a form.
    fileprivate func filled(errors: FieldErrors, _ values: FormData?) -> Field {
        var field = filled(values?[name] ?? "1")
        field.error = errors[name]
        return field
    }
}
