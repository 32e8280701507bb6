internal import Civil
internal import House
internal import Page

/// A load's page in whatever state it is: being worked on, looked at, applied, not understood.
struct LoadPage: Sendable {
    let load: StoredLoad
    let working: LoadWork.Progress?
    let differences: LoadDifferences
    let around: LoadSurroundings
    let form: LoadForm
    let errors: FieldErrors
    let typed: FormData?

    var heading: String { load.fileName }
    private var hasFile: Bool { load.uploadID != nil }

    var lead: HTML {
        let day = load.edition.medium
        let hub: HTML? = load.hubName.map { ", own list of \($0)" }
        return "\(load.kind.name)\(hub), as of \(day)."
    }

    var action: Action? {
        if working != nil { return nil }
        switch load.status {
        case .previewed where hasFile:
            return Action("Apply: \(load.summary)", "\(load.path)/apply", post: true)
        case .waiting where hasFile && load.kind == .list && load.mapping == nil:
            return Action("Say which column is which", "\(load.path)/columns")
        case .waiting where hasFile, .stopped where hasFile:
            return Action("Look at it again", "\(load.path)/look", post: true)
        case .previewed, .waiting, .stopped, .refused: return nil
        case .applied: return around.nextKind == nil ? nil : Action("Load another file", "/staff/registers#load")
        }
    }

    var content: HTML {
        if let working { return progress(working) }
        switch load.status {
        case .previewed: return "\(figures)\(differences.html(of: load))\(Columns("\(otherwise)", "\(about)"))"
        case .applied: return "\(figures)\(Columns("\(next)", "\(about)"))\(differences.html(of: load))"
        case .waiting, .refused, .stopped: return Columns("\(otherwise)", "\(about)").html
        }
    }

    // MARK: While it is going on

    private func progress(_ working: LoadWork.Progress) -> HTML {
        let percent = Int((min(1, max(0, working.fraction)) * 100).rounded())
        let line = ProgressLine(
            working.isStopping ? "Stopping" : working.stage, done: percent, total: 100,
            detail: "This page looks again by itself.")
        let words: HTML =
            working.isApplying
            ? "You may close this page: it goes on. Either all of the file is loaded or nothing."
            : "You may close this page: it goes on, and what it finds waits under Registers. Nothing is changed by looking."
        let stop: HTML =
            working.isStopping ? "" : "\(Button("Stop", action: "\(load.path)/stop", style: .quiet))"
        return Card(working.isApplying ? "Applying the file" : "Looking at the file", "\(line)<p>\(words)</p>\(stop)").html
    }

    // MARK: What it is and says

    private var figures: HTML {
        func link(_ list: LoadDifferences.List) -> String? {
            differences.counts[list] == nil
                ? nil : "\(PageAddress(load.path, [("show", list.rawValue)]).href)#differences"
        }
        var facts = [
            Fact(grouped(load.new), "new", href: link(.new)), Fact(grouped(load.changed), "changed", href: link(.changed)),
            Fact(grouped(load.unchanged), "unchanged"),
            Fact(grouped(load.gone), "gone", href: link(.gone), isDue: load.gone > 0),
            Fact(grouped(load.rejected), "rejected", href: link(.rejected), isDue: load.rejected > 0),
        ]
        if around.disputed > 0 {
            facts.append(
                Fact(grouped(around.disputed), "differ from a correction", href: link(.disputed), isDue: true))
        }
        return Facts(facts).html
    }

    private var about: HTML {
        var rows: [(String, HTML)] = [
            ("File", "<bdi>\(load.fileName)</bdi>"), ("What it is", "\(load.kind.name)"), ("Speaks for", "\(load.edition.medium)"),
        ]
        if let hub = load.hubName { rows.append(("Own list of", "\(hub)")) }
        if load.status == .previewed || load.status == .applied { rows.append(("Rows read", "\(grouped(load.read))")) }
        rows.append((load.status == .applied ? "Looked at" : "Sent in", "\(load.createdAt?.shown)"))
        if let at = load.appliedAt {
            let length: HTML = load.seconds < 1.5 ? "a second" : "\(load.seconds, digits: 0) seconds"
            rows.append(("Applied", "\(at.shown), in about \(length)"))
        }
        return Card("About this file", "\(Details(rows))").html
    }
}
