internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

/// A request as the team sees it, with what can be done with it.
struct RequestPage {
    let reading: RequestReading
    let path: String
    let today: Day
    let mayKeep: Bool
    let values: FormData?
    let errors: FieldErrors

    /// To whom a request can be passed by their role.
    static let partners: [Role] = [.areaSENCo, .healthPartner, .adviser, .mentor, .champion, .coordinator]

    private var request: NeedRequest { reading.request }

    var lead: HTML {
        let by =
            request.isWaiting ? " Answer by \(((request.state == .passed ? request.passedByDay : nil) ?? request.answerBy).medium)." : ""
        return "\(RequestTag.of(request, on: today)) \(reading.book.asking == 1 ? "1 asks" : "\(reading.book.asking) ask").\(by)"
    }

    func notices(_ done: String?) -> [Notice] {
        switch done {
        case "asked": [.success("Asked. It has the number \(request.number).")]
        case "answered": [.success("Answered. Who asked and joined is told.")]
        case "passed": [.success("Passed on. Who asked and joined is told.")]
        case "closed": [.success("Closed. Its story stays.")]
        case "reopened": [.success("It waits for an answer again.")]
        case "merged": [.success("Merged. Each setting counts once, and both stories stay.")]
        case "unmerged": [.success("Taken apart again. Each stands by itself.")]
        default: []
        }
    }

    var content: HTML {
        let asked: HTML = "\(paragraphs(request.words))<p class=\"quiet\">\(who)</p>"
        let left: HTML = "\(merged)\(Card("What is asked", asked))\(parts)\(answering)\(Card("Its story", reading.story(forTeam: true)))"
        return Columns(left, "\(settings)\(passing)\(merging)\(closing)").html
    }

    private var who: HTML {
        let name = reading.names[request.by] ?? "Somebody who left"
        let place = request.settingID.flatMap { reading.titles[$0] }
        let seen = request.isOpenAboutAsker ? "Other settings see who asks." : "Other settings do not see who asks."
        return "<bdi>\(name)</bdi>\(place.map { ", \($0)" }), on \(request.askedAt.dayInLondon.medium). \(seen)"
    }

    private var merged: HTML? {
        guard let root = reading.root else { return nil }
        let base = String(path.prefix { $0 != "?" }.dropLast("\(request.number)".count))
        let apart: HTML? = mayKeep ? Button("Take them apart again", action: "\(path)/unmerge", style: .quiet).html : nil
        return Notice.note(
            "Merged into request \(root.number).", "<a href=\"\(link: "\(base)\(root.number)")\"><bdi>\(root.topic)</bdi></a> \(apart)"
        ).html
    }

    private var parts: HTML? {
        guard !reading.book.parts.isEmpty else { return nil }
        let base = String(path.dropLast("\(request.number)".count))
        let items = reading.book.parts.html { part in
            "<li><a href=\"\(link: "\(base)\(part.number)")\">\(part.number). <bdi>\(part.topic)</bdi></a>\(paragraphs(part.words))</li>"
        }
        return Card("Merged into it", "<ul class=\"listing\">\(items)</ul>").html
    }

    private var settings: HTML {
        let items = reading.book.settings.html { "<li><bdi>\(reading.titles[$0] ?? "A setting")</bdi></li>" }
        return Card(
            "Who asks", items.isEmpty ? "<p>The team, for no one setting.</p>" : "<ul class=\"listing\">\(items)</ul>"
        ).html
    }

    private func form(_ action: String, _ submit: String, _ fields: [Field]) -> HTML {
        var form = Form.post("\(path)/\(action)", submit, fields: fields)
        form.values = values
        form.errors = errors
        form.hidden = [("version", "\(request.version)")]
        return form.html
    }

    private var mayAct: Bool { mayKeep && reading.root == nil }

    private var answering: HTML? {
        guard mayAct, request.state != .closed else { return nil }
        let again = request.state == .answered
        let drawn = form(
            "answer", "Send the answer",
            [
                .textArea(
                    "answer", again ? "Add to the answer" : "The answer", hint: "Who asked and joined is told. No child’s name.", rows: 4)
            ])
        return again && errors["answer"] == nil ? Disclosure("Add to the answer", drawn).html : Card("Answer it", drawn).html
    }

    private var passing: HTML? {
        guard mayAct, request.state != .closed else { return nil }
        let drawn = form(
            "pass", "Pass it on",
            [
                Field.select(
                    "pass_role", "To those who are", choices: Self.partners.map { Choice($0.rawValue, $0.name) }, prompt: "Nobody of these",
                    hint: "Those of the hub with this role are told."
                ).optional(),
                Field.text("pass_to", "Or to", hint: "A name or an organisation: Speech and language therapy.").optional(),
                .date("pass_by", "Answer needed by"),
                Field.textArea("pass_words", "A word with it", rows: 2).optional(),
            ])
        let isOpen = ["pass_role", "pass_to", "pass_by", "pass_words"].contains { errors[$0] != nil }
        let now: HTML? = request.passedTo.map { to in
            "<p>Passed on to <bdi>\(to)</bdi>\(request.passedByDay.map { ", by \($0.medium)" }).</p>"
        }
        return Card("Somebody else knows better?", "\(now)\(Disclosure("Pass it on", drawn, isOpen: isOpen))").html
    }

    private var merging: HTML? {
        guard mayAct, !reading.others.isEmpty else { return nil }
        let drawn = form(
            "merge", "Merge them",
            [
                .select(
                    "into", "It is the same as", choices: reading.others.map { Choice("\($0.number)", "\($0.number). \($0.topic)") },
                    prompt: "Choose a request", hint: "This one goes into that one. Both stories stay, and it can be taken back.")
            ])
        return Card("Asked twice?", Disclosure("Merge it with another", drawn, isOpen: errors["into"] != nil).html).html
    }

    private var closing: HTML? {
        guard mayAct else { return nil }
        if request.state == .closed || request.state == .answered {
            let again = Button(
                "Take it up again", action: "\(path)/reopen", hidden: [("version", "\(request.version)")], style: .quiet)
            guard request.state == .answered else { return Card("Closed", again.html).html }
            let drawn = form("close", "Close it", [Field.textArea("close_words", "A last word", rows: 2).optional()])
            return Card("Done?", "\(Disclosure("Close it", drawn))\(again)").html
        }
        let drawn = form(
            "close", "Close it", [Field.textArea("close_words", "Why", hint: "Who asked and joined reads it.", rows: 2).optional()])
        return Card("No answer needed?", Disclosure("Close it without an answer", drawn).html).html
    }
}
