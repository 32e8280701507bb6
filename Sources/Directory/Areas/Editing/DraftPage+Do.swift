internal import Civil
internal import House
internal import Page

extension DraftPage {
    /// Everything else that can be done to a draft.
    var doCard: Card {
        var parts: [HTML] = []
        if let step = picture.lastStep {
            var undo = Button("Undo", action: "\(path)/undo", hidden: [edition], style: .small)
            undo.about = "the last step"
            parts.append(
                "<p>Last step: \(step.sentence), \(step.at?.shown).</p><div class=\"buttons\">\(undo)</div>")
        }
        if scheme.divides == .wards {
            let locked = picture.state.lockedWards.count + picture.state.areas.count(where: \.isBaseLocked)
            let keeps =
                locked == 0
                ? "Nothing is locked, so all of it may change."
                : "\(locked == 1 ? "One lock is" : "\(locked) locks are") kept; the rest may change."
            let button = Button(
                "Draw again", action: "\(path)/change", hidden: [("what", "redraw"), edition], style: .quiet)
            parts.append("<p class=\"quiet-line\">\(keeps) You can undo it.</p><div class=\"buttons\">\(button)</div>")
        }
        var name = Form.post(
            "\(path)/name", "Save the name",
            fields: [Field.text("name", "Name of this draft", width: .half).filled(plan.name)])
        name.hidden = [edition]
        parts.append(Disclosure("Give this draft another name", name.html).html)
        let copy = Button("Copy this draft", action: "\(path)/copy", style: .quiet)
        parts.append(
            "<div class=\"buttons\">\(copy)<a href=\"\(link: "\(path)/delete")\">Delete this draft</a></div>")
        return Card("This draft", DraftPage.apart(parts))
    }

    /// What can be done to a plan that has been published.
    var publishedCard: Card {
        var parts: [HTML] = [
            "<p>A published plan stays as it is, so that people can rely on it. To change it, copy it to a new draft.</p>",
            "<div class=\"buttons\">\(Button("Copy to a new draft", action: "\(path)/copy", style: .quiet))</div>",
            "<a href=\"\(link: hub.publicPath)\">See what strangers see</a>",
        ]
        if plan.status == .published, plan.to == nil {
            parts.append("<a href=\"\(link: "\(path)/unpublish")\">Take it back to a draft</a>")
        }
        return Card("This plan", DraftPage.apart(parts))
    }

    /// Parts of a card with room between them.
    static func apart(_ parts: [HTML]) -> HTML {
        "<div class=\"form\">\(parts.html { "<div class=\"field\">\($0)</div>" })</div>"
    }
}
