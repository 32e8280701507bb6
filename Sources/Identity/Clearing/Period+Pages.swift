internal import Civil
internal import House
internal import Page
internal import Store

/// Changing how long one kind of thing is kept: what would go under another period is shown before it is chosen.
extension Identity {
    /// One rule as it is now, and under the period that is looked at.
    private struct PeriodView: Sendable {
        let rule: Retention
        let next: Instant
        let due: Int
        /// Under the period that is looked at, with what would go then.
        let other: (rule: Retention, due: Int)?

        var path: String { "/staff/clearing/\(rule.code)" }
    }

    private func rule(_ request: Request) throws -> Retention {
        guard let rule = allRetention.first(where: { $0.code == request.parameter("rule") }) else {
            throw Refusal.notFound("There is no such thing that is cleared away. The page “Clearing away” has them all.")
        }
        return rule
    }

    private func view(_ rule: Retention, _ amount: Int?) async throws -> PeriodView {
        let clearing = Clearing(tools: tools, rules: allRetention)
        return try await tools.database.read { session in
            let next = try clearing.next(session)
            let now = try RetentionChoices.applied(to: rule, session)
            let other = try amount.map { rule.kept($0) }.map { ($0, try $0.due(at: next, in: session)) }
            return PeriodView(rule: now, next: next, due: try now.due(at: next, in: session), other: other)
        }
    }

    private func read(_ name: String, _ rule: Retention, _ reader: inout FormReader) -> Int? {
        let bounds = rule.bounds
        let wrong = "Write a whole number from \(bounds.least) to \(bounds.most)."
        return reader.int(name, in: bounds.least...bounds.most, missing: "Write for how many \(rule.standard.unit).", wrong: wrong)
    }

    func periodPage(_ request: Request) async throws -> Answer {
        let rule = try rule(request)
        guard !rule.bounds.isFixed, request.query["keep"] != nil else {
            return page(try await view(rule, nil), FieldErrors(), request.query)
        }
        var reader = FormReader(request.query)
        let amount = read("keep", rule, &reader)
        return page(try await view(rule, amount), reader.errors, request.query)
    }

    func changePeriod(_ request: Request) async throws -> Answer {
        let rule = try rule(request)
        guard !rule.bounds.isFixed else { throw Refusal.badRequest("This period is not changed. \(rule.bounds.why)") }
        var reader = FormReader(request.form)
        let amount = read("keep", rule, &reader)
        guard let amount, reader.errors.isEmpty else { return page(try await view(rule, nil), reader.errors, request.form) }
        guard let seen = request.form["was"].flatMap({ Int($0) }) else {
            throw Refusal.badRequest("Look first at what would go under the other period. The button is on that page.")
        }
        let tools = tools
        do {
            _ = try await tools.database.write { try RetentionChoices.choose(amount, for: rule, over: seen, tools, $0) }
        } catch is RetentionChoices.Clash {
            return page(try await view(rule, amount), FieldErrors(), request.form, isClash: true)
        }
        return .redirect(to: PageAddress("/staff/clearing", [("done", "changed"), ("rule", rule.code)]).href)
    }

    private func page(_ view: PeriodView, _ errors: FieldErrors, _ typed: FormData, isClash: Bool = false) -> Answer {
        let rule = view.rule
        var facts: [(String, HTML)] = [("Kept for", "\(rule.period.words), \(rule.then)"), ("Standard", "\(rule.standard.words)")]
        let bounds = rule.bounds
        if !bounds.isFixed { facts.append(("May be", "\(rule.range)")) }
        facts += [(bounds.isFixed ? "Why it is not changed" : "Why", "\(bounds.why)"), ("Would go \(night(view))", "\(grouped(view.due))")]
        let form: HTML? = bounds.isFixed ? nil : Card("Another period", chooser(view, errors, typed)).html
        var frame = tools.frame(
            rule.words, for: .staff, at: "/staff/clearing", content: "\(preview(view))\(Details(facts))\(form)")
        frame.breadcrumbs = [Link("Clearing away", "/staff/clearing")]
        frame.errors = errors
        frame.trail = tools.trail(of: "retention:\(rule.code)")
        if isClash {
            frame.notices = [
                .warning(
                    "Nothing was changed: somebody else changed it meanwhile.",
                    "<p>It is kept for \(rule.period.words) now. Look at what would go, and choose again if you still wish to.</p>")
            ]
        } else if view.other?.rule.period == rule.period {
            frame.notices = [.note("It is kept for \(rule.period.words) already.", "Nothing would change.")]
        }
        return .page(frame.html, status: isClash ? 409 : errors.isEmpty ? 200 : 422)
    }

    private func night(_ view: PeriodView) -> String { view.next <= tools.clock.now ? "within minutes" : "on \(view.next.shown)" }

    private func chooser(_ view: PeriodView, _ errors: FieldErrors, _ typed: FormData) -> HTML {
        let rule = view.rule
        var field = Field.number(
            "keep", "Keep it for", hint: "From \(rule.bounds.least) to \(rule.bounds.most).", unit: rule.standard.unit
        ).filled(rule.period.amount.map { String($0) })
        field.autocomplete = "off"
        var form = Form.get(view.path, "See what would go", fields: [field])
        form.values = typed["keep"] == nil ? nil : typed
        form.errors = errors
        form.after = "<p class=\"quiet\">Nothing changes yet: you see first what it would do.</p>"
        guard rule.isChanged, let standard = rule.standard.amount else { return form.html }
        return """
            \(form)<p><a href="\(link: PageAddress(view.path, [("keep", String(standard))]).href)">Back to the standard: \(rule.standard.words)</a></p>
            """
    }

    /// What another period would do, with the button that does it.
    private func preview(_ view: PeriodView) -> HTML? {
        guard let (other, due) = view.other, let now = view.rule.period.amount, let then = other.period.amount, now != then else {
            return nil
        }
        let isShorter = then < now
        let things = due == 1 ? "1 thing" : "\(grouped(due)) things"
        var consequences: [HTML] = [
            "\(things) would go \(night(view)); as it is now, \(grouped(view.due))."
        ]
        if isShorter && due > view.due { consequences.append("What has gone cannot be brought back.") }
        if !isShorter { consequences.append("What has gone already does not come back.") }
        if other.isChanged {
            consequences.append(
                "The standard is \(other.standard.words). You are the controller, and can be asked why you chose otherwise.")
        }
        consequences.append("Who changed it, from what to what, is written down.")
        return Confirm(
            "Keep it for \(other.period.words) instead of \(view.rule.period.words)?", action: view.path,
            confirm: "Keep it for \(other.period.words)", cancel: Link("Leave it as it is", "/staff/clearing"), consequences: consequences,
            hidden: [("keep", String(then)), ("was", String(now))], isDanger: isShorter
        ).html
    }
}
