internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

/// The page of one plan.
struct RollOutPage {
    let picture: RollOutPicture
    let base: String
    let mayKeep: Bool
    /// Every step with its buttons to move it, done or not.
    let isOrdering: Bool

    var content: HTML {
        if picture.steps.isEmpty {
            return EmptyState(
                "No steps yet", "Write what has to happen, who does it and by when.",
                action: mayKeep ? Action("Add a step", "\(base)/add") : nil
            ).html
        }
        return "\(facts)\(Columns("\(picture.parts.html(part))", "\(chart)\(links)"))"
    }

    /// What is open, and under it what is done.
    private func part(_ part: (name: String, steps: [RollOutStep])) -> HTML {
        let items = part.steps.enumerated().map { (isDone: $1.done != nil, html: item($1, at: $0, of: part.steps.count)) }
        if isOrdering { return Card(part.name, "<ol class=\"todo\">\(items.map(\.html))</ol>").html }
        let open = items.filter { !$0.isDone }.map(\.html)
        let done = items.filter(\.isDone).map(\.html)
        let first: HTML = open.isEmpty ? "<p>Everything is done.</p>" : "<ol class=\"todo\">\(open)</ol>"
        let rest: HTML? = done.isEmpty ? nil : Disclosure("\(done.count) done", "<ol class=\"todo\">\(done)</ol>").html
        return Card(part.name, "\(first)\(rest)").html
    }

    private var facts: HTML {
        var facts = [Fact("\(picture.count(.done))", "done")]
        let overdue = picture.count(.overdue)
        if overdue > 0 { facts.append(Fact("\(overdue)", "overdue", isDue: true)) }
        facts.append(Fact("\(picture.count(.toCome))", "to come"))
        let bare = picture.steps.count { $0.owner == nil && $0.done == nil }
        if bare > 0 { facts.append(Fact("\(bare)", bare == 1 ? "open step without an owner" : "open steps without an owner", isDue: true)) }
        return Facts(facts).html
    }

    private func item(_ step: RollOutStep, at index: Int, of count: Int) -> HTML {
        let standing = step.standing(on: picture.today)
        let path = "\(base)/steps/\(step.id)"
        let tag: Tag? =
            switch standing {
            case .done: Tag("Done", .good)
            case .overdue: Tag("Overdue", .bad)
            case .toCome, .undated: nil
            }
        let title: HTML =
            mayKeep
            ? "<a class=\"thing\" href=\"\(link: path)\"><bdi>\(step.title)</bdi></a>"
            : "<span class=\"thing\"><bdi>\(step.title)</bdi></span>"
        let when = step.done.map { "Done on \($0.medium)" } ?? step.due.map { "By \($0.medium)" } ?? "No day yet"
        let who = picture.name(of: step.owner) ?? "nobody’s yet"
        let note: HTML? = step.note.map { "<p class=\"quiet\">\(String($0.prefix(200)))</p>" }
        var tick = Button(
            standing == .done ? "Not done" : "Done", action: "\(path)/done", hidden: [("do", standing == .done ? "undo" : "do")],
            style: .small)
        tick.about = ": \(step.title)"
        let moves: HTML? =
            isOrdering && count > 1 ? "<p>\(move("Up", "up", step, index > 0)) \(move("Down", "down", step, index < count - 1))</p>" : nil
        return "<li><span>\(index + 1)</span><div>\(title) \(tag)<p>\(when), \(who)</p>\(note)\(moves)</div>\(tick)</li>"
    }

    private func move(_ label: String, _ change: String, _ step: RollOutStep, _ isPossible: Bool) -> HTML? {
        guard isPossible else { return nil }
        var button = Button(label, action: "\(base)/steps/\(step.id)/\(change)", style: .small)
        button.about = ": \(step.title)"
        return button.html
    }

    private var chart: HTML {
        let parts = picture.parts
        let kinds: [StepStanding] = [.done, .toCome, .undated, .overdue]
        let tints = [1, 3, 7, 2]
        var chart = StackedBarChart(
            finding, parts: zip(kinds, tints).map { ChartPart($0.words, .tint($1)) },
            rows: parts.map { part in
                StackedRow(part.name, kinds.map { kind in Double(part.steps.count { $0.standing(on: picture.today) == kind }) })
            })
        chart.labelTitle = "Where"
        return Card(nil, chart.html).html
    }

    private var finding: String {
        let (done, all) = (picture.count(.done), picture.steps.count)
        let overdue = picture.count(.overdue)
        return "\(done) of \(all) steps done\(overdue > 0 ? ", \(overdue) overdue" : "")"
    }

    private var links: HTML {
        let order: HTML =
            isOrdering
            ? "<li><a href=\"\(link: base)\">The order is right</a></li>"
            : "<li><a href=\"\(link: "\(base)?order=yes")\">Change the order</a></li>"
        let change: HTML? = mayKeep ? "\(order)<li><a href=\"\(link: "\(base)/edit")\">Change its name or first day</a></li>" : nil
        let all = base.split(separator: "/").dropLast().joined(separator: "/")
        return Card(
            "This plan",
            """
            <ul class="listing"><li><a href="\(link: "\(base)/print")">Print it</a></li>\(change)\
            <li><a href="\(link: "/\(all)?all=yes")">All plans</a></li></ul>
            """
        ).html
    }
}
