internal import Civil
internal import House
internal import Page

extension LoadPage {
    var notices: [Notice] {
        if working != nil { return [] }
        var notices: [Notice] = []
        switch load.status {
        case .refused:
            notices.append(
                .error(
                    "This file could not be loaded. Nothing was changed.",
                    paragraphs(load.message ?? "Something in this program went wrong.")))
        case .stopped: notices.append(.note("Stopped. Nothing was changed.", "You can look at the file again, or throw it away."))
        case .waiting where load.kind != .list || load.mapping != nil:
            notices.append(
                .warning(
                    "It was interrupted before it was done. Nothing was changed.",
                    "The program was started anew, or another copy of it is at work on this file just now."))
        case .waiting: notices.append(.note("Say which of its columns is which; then you see what it would change."))
        case .previewed: notices += beforeApplying
        case .applied:
            notices.append(
                .success(
                    load.changesNothing ? "Applied. Everything in it was known already." : "Applied: \(load.summary).",
                    load.rejected == 0
                        ? "" : "\(grouped(load.rejected)) \(load.rejected == 1 ? "row was" : "rows were") left out; see below why."))
        }
        if load.status != .applied, load.uploadID == nil { notices.append(LoadDesk.Hindrance.fileGone.notice) }
        return notices + differences.ofTheFile.map { .note("Of the file as a whole", "\($0)") }
    }

    /// The columns missed, those not known and what to do, each on a line of its own.
    private func paragraphs(_ message: String) -> HTML {
        var parts: [Substring] = [message[...]]
        for start in ["Not known here: “", "Check that this is the right file"] {
            guard let last = parts.popLast() else { break }
            if let place = last.firstRange(of: start), place.lowerBound > last.startIndex {
                parts += [last[..<place.lowerBound], last[place.lowerBound...]]
            } else {
                parts.append(last)
            }
        }
        return parts.html { "<p>\($0)</p>" }
    }

    private var beforeApplying: [Notice] {
        var notices: [Notice] = []
        let away = Button("Throw this away", action: "\(load.path)/throw-away", style: .quiet)
        if load.changesNothing {
            notices.append(
                .success(
                    "Applying it would change nothing.",
                    """
                    <p>Everything in this file is known already. Apply it to note that you loaded it, or throw it away.</p>\
                    <div class="more">\(away)</div>
                    """))
        } else {
            notices.append(
                .note(
                    "Nothing has changed yet.",
                    "<p>This is what the file would change. Apply it, or throw it away.</p><div class=\"more\">\(away)</div>"))
        }
        if around.isOutrun {
            notices.append(
                .warning(
                    "Another file was applied since this one was looked at.",
                    """
                    <p>What it changes may have changed.</p>\
                    <div class="more">\(Button("Look at it again", action: "\(load.path)/look", style: .quiet))</div>
                    """))
        }
        let isOfSettings = [.ofsted, .schools, .feed, .list].contains(load.kind)
        if isOfSettings, !around.hasPostcodes || !around.hasWards {
            let missing = around.hasWards ? "postcodes" : around.hasPostcodes ? "wards" : "wards and postcodes"
            notices.append(
                .warning(
                    "No \(missing) are loaded yet, so these settings would not find their place on the map.",
                    "<p>Load <a href=\"/staff/registers#load\">\(missing)</a> first. This file waits for you here.</p>"))
        }
        return notices
    }

    /// After applying: what there is to do now.
    var next: HTML {
        var items: [TodoItem] = []
        if around.disputed > 0 {
            items.append(
                TodoItem(
                    "Decide where a correction and the register differ", href: "/staff/faults/disputed-correction",
                    tag: Tag(grouped(around.disputed), .warning), detail: "Your correction stands until you do."))
        }
        if around.doubles > 0 {
            items.append(
                TodoItem(
                    "Decide on possible doubles", href: "/staff/registers/duplicates", tag: Tag(grouped(around.doubles), .warning),
                    detail: load.kind == .list
                        ? "The list brought what looks like settings you have already."
                        : "Settings that only a list knew look like some of this register’s."))
        }
        if load.gone > 0, load.kind != .postcodes {
            items.append(
                TodoItem(
                    "Ask those that are gone whether they closed", href: "/staff/faults/gone-from-register",
                    tag: Tag(grouped(load.gone), .warning), detail: "They are kept until you say so."))
        }
        if let kind = around.nextKind {
            items.append(TodoItem("Load the next file: \(kind.name)", href: "/staff/registers#load", detail: "\(kind.meaning)"))
        }
        items.append(
            TodoItem("See what is wrong in the data", href: "/staff/faults", detail: "Each fault says what to do about it."))
        if around.nextKind == nil {
            items.append(
                TodoItem("Draw the mini-hubs", href: "/staff/hubs", detail: "Say what your hub covers, and let the program divide it."))
        }
        return Card("What next", "\(Todo(items))").html
    }

    /// Other ways than applying: take it for something else, map its columns anew, throw it away.
    var otherwise: HTML {
        let away = Button("Throw this away", action: "\(load.path)/throw-away", style: .quiet)
        guard load.uploadID != nil else { return Card("Or else", "\(away)").html }
        let columns: HTML? =
            load.kind == .list ? "<p><a href=\"\(load.path)/columns\">Say which of its columns is which</a></p>" : nil
        var again = Form.post("\(load.path)/look", "Look at it as that", fields: form.fields)
        again.values = typed ?? LoadForm.values(of: load)
        again.errors = errors
        let isPressing = load.status == .refused || !errors.isEmpty
        let toss: HTML = load.status == .previewed ? "" : "<p>\(away)</p>"
        let retake =
            isPressing
            ? "<p>If the file is something else than you said, say what it is. You need not send it again.</p>\(again)" as HTML
            : Disclosure("It is another kind of file, or speaks for another day", "\(again)").html
        return Card(isPressing ? "Take it for something else" : "Or else", "\(columns)\(retake)\(toss)").html
    }
}
