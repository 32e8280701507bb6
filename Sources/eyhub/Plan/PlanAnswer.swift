internal import House
internal import Planning

/// What `plan areas` answers, as `docs/cli.md` describes it.
struct PlanAnswer {
    let plan: AreaPlan

    var json: JSON {
        .object([
            ("areas", .array(plan.areas.map(area))),
            ("total", .number(plan.totalMetres)),
            ("mean_weight", .number(plan.evaluation.meanWeight)),
            ("balance", .number(plan.evaluation.balance)),
            (
                "relaxed",
                .array(
                    plan.relaxed.map { relaxed in
                        .object([
                            ("constraint", .string(relaxed.constraint.rawValue)),
                            ("tolerance", .number(relaxed.tolerance)),
                            ("message", .string(relaxed.message)),
                        ])
                    })
            ),
            ("notes", .array(plan.notes.map { .string($0) })),
            ("proof", .string(proof.word)),
            ("lower_bound", .number(proof.bound)),
        ])
    }

    private func area(_ area: PlannedArea) -> JSON {
        .object([
            ("label", .string(area.label)), ("base", .string(area.base)),
            ("wards", .array(area.wards.map { .string($0) })),
            ("weight", .number(area.weight)), ("settings", .int(area.settings)), ("metres", .number(area.totalMetres)),
            ("longest_metres", .number(area.longestMetres)), ("mean_metres", .number(area.meanMetres)),
        ])
    }

    private var proof: (word: String, bound: Double?) {
        switch plan.proof {
        case .optimal: ("optimal", plan.totalMetres)
        case .within(let bound): ("within", bound)
        case .bestFound: ("best_found", nil)
        }
    }

    /// The same for people.
    var text: String {
        var lines: [String] = []
        for area in plan.areas {
            lines.append(
                """
                Area \(area.label): base \(area.base ?? "none"), weight \(rounded(area.weight)), \(area.settings) settings, \
                mean \(rounded(area.meanMetres)) m, longest \(rounded(area.longestMetres)) m
                    \(area.wards.joined(separator: " "))
                """)
        }
        lines.append(
            "Total: \(rounded(plan.totalMetres)) m; furthest from the mean weight: \(rounded(plan.evaluation.balance * 100)) %"
        )
        return (lines + plan.notes).joined(separator: "\n") + "\n"
    }

    /// One decimal at most.
    private func rounded(_ number: Double) -> String {
        let text = String((number * 10).rounded() / 10)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
