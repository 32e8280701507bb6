internal import Civil
internal import House
internal import Page
internal import Store

/// One line of the trail as it stands.
struct TrailEntry: Sendable {
    let id: String
    let at: Instant?
    /// As it stands in the table, to go on from.
    let moment: String
    let who: String
    let action: String
    let subject: String
    let before: String?
    let after: String?
    let hubID: String?

    init(_ row: Row) {
        id = row.text("id")
        at = row.instant("at")
        moment = row.text("at")
        who = row.text("who")
        action = row.text("action")
        subject = row.text("subject")
        before = row.textOrNil("before")
        after = row.textOrNil("after")
        hubID = row.textOrNil("hub_id")
    }
}

/// Reads entries in words: who it was, what they did to which record, and what it was and is. Names are found with one look for each kind of
/// record that is spoken of, however many entries there are.
struct TrailReader: Sendable {
    let words: TrailWords
    private let asker: Asker
    private var records: [String: TrailKind.Record] = [:]
    /// What hubs are called in addresses, by their id.
    private var slugs: [String: String] = [:]
    /// Records that are no rows: deeds, rules.
    private let fixed: [String: String]

    init(
        _ entries: [TrailEntry], _ words: TrailWords, fixed: [String: String] = [:], hubs: [PlaceBook.Entry], for asker: Asker,
        _ session: any Session
    ) throws {
        self.words = words
        self.asker = asker
        self.fixed = fixed
        for hub in hubs { slugs[hub.id] = hub.slug }
        var wanted: [String: Set<String>] = [:]
        func want(_ text: some StringProtocol) {
            guard let (kind, id) = TrailReader.split(text), words.kind(kind) != nil else { return }
            wanted[kind, default: []].insert(id)
        }
        for entry in entries {
            want(entry.who)
            want(entry.subject)
            guard case .codes = words.action(entry.action)?.reading else { continue }
            for text in [entry.before, entry.after] { text?.split(whereSeparator: { $0 == " " || $0 == "," }).forEach { want($0) } }
        }
        for kind in words.kinds {
            guard let ids = wanted[kind.code] else { continue }
            for record in try kind.find(ids.sorted(), session) { records["\(kind.code):\(record.id)"] = record }
        }
    }

    /// "setting:ID" in its two parts.
    private static func split(_ text: some StringProtocol) -> (kind: String, id: String)? {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return nil }
        let id = text[text.index(after: colon)...]
        return id.isEmpty ? nil : (String(text[..<colon]), String(id))
    }

    // MARK: Who and what

    /// Whoever did it, by name.
    func name(ofWho who: String) -> String {
        switch who {
        case "command-line": "The command line"
        case "house": "The program itself"
        case "stranger": "Somebody not signed in"
        case "staff": "Before there was sign-in"
        default: name(of: who) ?? who
        }
    }

    /// A record by its name; nil for what is no record of ours.
    func name(of subject: String) -> String? {
        if let known = records[subject]?.name ?? fixed[subject] { return known }
        if subject == "nobody" { return "Nobody we know" }
        guard let (kind, _) = TrailReader.split(subject), let words = words.kind(kind)?.words else { return nil }
        return kind == "person" ? Identity.forgotten : "\(words), no longer there"
    }

    /// What kind of record it is: "Setting".
    func kind(of subject: String) -> String? { TrailReader.split(subject).flatMap { words.kind($0.kind)?.words } }

    /// The page of a record, where it has one that the asker may open.
    func page(of subject: String) -> String? {
        guard let (kind, _) = TrailReader.split(subject), let deed = words.kind(kind)?.deed, let record = records[subject],
            let page = record.page, Permission.answer(asker.hats, deed, .several) == .yes
        else { return nil }
        let parts = page.split(separator: "{hub}", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return page }
        return record.hubID.flatMap { slugs[$0] }.map { "\(parts[0])\($0)\(parts[1])" }
    }

    // MARK: Before and after

    /// What it was and is, readable; nil where there is nothing to say.
    func values(_ entry: TrailEntry) -> (before: String?, after: String?) {
        (read(entry.before, entry.action), read(entry.after, entry.action))
    }

    private func read(_ text: String?, _ action: String) -> String? {
        guard let text, !text.isEmpty else { return nil }
        switch words.action(action)?.reading ?? .words {
        case .words: return text
        case .nothing: return nil
        case .made(let make): return make(text)
        case .codes(let codes): return spell(text, codes)
        }
    }

    /// Codes in their words, records by their names, days as people write them; numbers of records that are nowhere else are left out.
    private func spell(_ text: String, _ codes: [String: String]) -> String? {
        let pieces = text.split(separator: " ").compactMap { piece -> String? in
            let bare = piece.hasSuffix(",") ? String(piece.dropLast()) : String(piece)
            let end = piece.hasSuffix(",") ? "," : ""
            if let said = codes[bare] { return said + end }
            // Deeds have commas in their words.
            if let deed = fixed["deed:\(bare)"] { return deed + ";" }
            if let (kind, _) = TrailReader.split(bare), words.kind(kind) != nil { return "\(name(of: bare) ?? bare)," }
            if let day = Day(iso: bare) { return day.medium + end }
            return TrailReader.isNumber(bare) ? nil : String(piece)
        }
        var said = ""
        for piece in pieces {
            if !said.isEmpty, !piece.hasPrefix(",") { said += " " }
            said += said.hasSuffix(",") && piece.hasPrefix(",") ? String(piece.dropFirst()) : piece
            while said.hasSuffix(",,") { said.removeLast() }
        }
        while said.hasSuffix(",") || said.hasSuffix(";") { said.removeLast() }
        return said.isEmpty ? nil : said
    }

    /// A record's number, which says nothing to anybody.
    private static func isNumber(_ text: String) -> Bool { text.utf8.count >= 32 && text.allSatisfy { $0.isHexDigit || $0 == "-" } }
}

extension TrailReader {
    /// What it was and is, in one line: "Telephone: 020 7946 0000 → 020 7946 0001". Long words are folded.
    func change(_ entry: TrailEntry) -> HTML {
        let (before, after) = values(entry)
        // Before a refusal stands at which address; that is on the entry's own page.
        let was = entry.action.hasPrefix("identity.refused.") ? nil : before
        let field = words.action(entry.action)?.field
        guard was != nil || after != nil || field != nil else { return "" }
        let label: HTML? = field.map { "<span class=\"quiet\">\($0):</span> " }
        if was == nil, field == nil { return TrailReader.folded(after) }
        let start: HTML = was == nil ? "nothing" : TrailReader.folded(was)
        if after == nil, field == nil { return "<span class=\"quiet\">was:</span> \(start)" }
        let end: HTML = after == nil ? "nothing" : TrailReader.folded(after)
        return "\(label)\(start) <span aria-hidden=\"true\">→</span>\(unseen(", now ")) \(end)"
    }

    static func folded(_ text: String?) -> HTML {
        guard let text else { return "" }
        guard text.count > 140 else { return "<bdi>\(text)</bdi>" }
        let head = "\(text.prefix(90).split(separator: " ").dropLast().joined(separator: " "))…"
        return "<details class=\"disclosure\"><summary>\(head)</summary><div><bdi>\(text)</bdi></div></details>"
    }

    /// The record by its name, which leads to its page where the asker may open that.
    func record(_ subject: String) -> HTML {
        guard let name = name(of: subject) else { return subject.isEmpty ? "" : "<code class=\"parts\">\(subject.prefix(40))</code>" }
        let kind = kind(of: subject).map { "<span class=\"quiet\">\($0.lowercased())</span>" as HTML }
        guard let page = page(of: subject) else { return "<bdi>\(name)</bdi> \(kind)" }
        return "<a href=\"\(link: page)\"><bdi>\(name)</bdi></a> \(kind)"
    }
}
