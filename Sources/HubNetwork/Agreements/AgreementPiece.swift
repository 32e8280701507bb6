internal import Civil
internal import House
internal import Page

/// The text of an agreement, as it is read before it is signed.
struct AgreementPiece: Component {
    let text: AgreementText
    /// Whether the title stands above it.
    var isTitled = false
    /// How it is signed and for how long.
    var showsTerms = true

    init(_ text: AgreementText, titled: Bool = false, terms: Bool = true) {
        self.text = text
        isTitled = titled
        showsTerms = terms
    }

    var html: HTML {
        let title: HTML? = isTitled ? "<h2><bdi>\(text.title)</bdi></h2>" : nil
        let opening = text.opening.split(separator: "\n").html { "<p>\($0)</p>" }
        let aims: HTML? = text.aims.isEmpty ? nil : "<ol class=\"aims\">\(text.aims.html { "<li>\($0)</li>" })</ol>"
        let duties: HTML? =
            text.duties.isEmpty ? nil : "<h3>Who does what</h3><ul class=\"listing duties\">\(text.duties.html(duty))</ul>"
        let principles: HTML? =
            text.principles.isEmpty ? nil : "<h3>How we work together</h3><ul>\(text.principles.html { "<li>\($0)</li>" })</ul>"
        let terms: HTML? = showsTerms ? "<p class=\"quiet\">\(text.terms)</p>" : nil
        return "\(title)\(opening)\(aims)\(duties)\(principles)\(terms)"
    }

    /// What stands before the colon is whose it is.
    private func duty(_ line: String) -> HTML {
        guard let colon = line.firstIndex(of: ":") else { return "<li>\(line)</li>" }
        let what = line[line.index(after: colon)...].drop { $0.isWhitespace }
        return "<li><strong>\(line[..<colon])</strong>: \(what)</li>"
    }
}

extension SigningRule.State {
    var words: String {
        switch self {
        case .holds(let until): until.map { "Signed, to be renewed by \($0.medium)" } ?? "Signed"
        case .due(let until): "To be renewed by \(until.medium)"
        case .waiting: "Waiting for the hub’s signature"
        case .lapsed(let on): "Its year ended on \(on.medium)"
        case .olderText: "Signed an older text"
        }
    }

    var tag: Tag {
        switch self {
        case .holds: Tag("Signed", .good)
        case .due: Tag("To renew", .warning)
        case .waiting: Tag("Waiting for the hub", .note)
        case .lapsed: Tag("Year over", .bad)
        case .olderText: Tag("Older text", .warning)
        }
    }
}

extension Agreement {
    /// What the hub's team sees beside its name.
    var tag: Tag {
        if current == nil { return Tag("Draft", .note) }
        return isOpen ? Tag("Open for signing", .good) : Tag("Closed", .plain)
    }

    /// Its pages for the team, below the hub's.
    func path(_ hub: String) -> String { "/staff/network/\(hub)/pledges/\(id)" }
}
