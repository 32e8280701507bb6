internal import Page

/// What changed from one text to another, line by line.
struct TextChanges {
    enum Line: Equatable {
        case same(String), gone(String), new(String)
    }

    /// A part of the text with its lines.
    struct Part {
        let name: String
        let lines: [Line]
        var hasChanged: Bool { lines.contains { if case .same = $0 { false } else { true } } }
    }

    let parts: [Part]

    init(from old: AgreementText, to new: AgreementText) {
        func paragraphs(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
        parts = [
            Part(name: "Title", lines: TextChanges.lines([old.title], [new.title])),
            Part(name: "Opening", lines: TextChanges.lines(paragraphs(old.opening), paragraphs(new.opening))),
            Part(name: "What is promised", lines: TextChanges.lines(old.aims, new.aims)),
            Part(name: "Who does what", lines: TextChanges.lines(old.duties, new.duties)),
            Part(name: "How we work together", lines: TextChanges.lines(old.principles, new.principles)),
            Part(name: "How it is signed", lines: TextChanges.lines([old.terms], [new.terms])),
        ]
    }

    /// The shortest way from one list of lines to the other; what goes stands before what comes.
    static func lines(_ old: [String], _ new: [String]) -> [Line] {
        let difference = new.difference(from: old)
        var gone: Set<Int> = []
        var came: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): gone.insert(offset)
            case .insert(let offset, _, _): came.insert(offset)
            }
        }
        var lines: [Line] = []
        var (at, to) = (0, 0)
        while at < old.count || to < new.count {
            if at < old.count, gone.contains(at) {
                lines.append(.gone(old[at]))
                at += 1
            } else if to < new.count, came.contains(to) {
                lines.append(.new(new[to]))
                to += 1
            } else {
                lines.append(.same(old[at]))
                at += 1
                to += 1
            }
        }
        return lines
    }

    /// The changed parts, with the lines around; empty where nothing changed.
    var html: HTML {
        parts.filter(\.hasChanged).html { part in
            let lines = part.lines.html { line -> HTML in
                switch line {
                case .same(let text): "<li><bdi>\(text)</bdi></li>"
                case .gone(let text): "<li><del>\(unseen("Taken out: "))<bdi>\(text)</bdi></del></li>"
                case .new(let text): "<li><ins>\(unseen("New: "))<bdi>\(text)</bdi></ins></li>"
                }
            }
            return "<h3>\(part.name)</h3><ul class=\"listing changes\">\(lines)</ul>"
        }
    }
}
