/// What must hold for every page of the house. Each fault is a sentence; an empty list is a good page.
public enum PageCheck {
    public static func faults(in html: String) -> [String] { faults(in: HTMLDocument(html)) }

    public static func faults(in bytes: some Collection<UInt8>) -> [String] { faults(in: HTMLDocument(bytes)) }

    public static func faults(in page: HTMLDocument) -> [String] {
        frame(page) + headings(page) + ids(page) + controls(page) + words(page) + tables(page) + security(page)
    }

    private static func frame(_ page: HTMLDocument) -> [String] {
        var faults: [String] = []
        if !page.hasDoctype { faults.append("The page does not start with <!doctype html>.") }
        if (page.first("html")?["lang"] ?? "").isBlank { faults.append("The page does not say its language.") }
        if page.title.isBlank { faults.append("The page has no title.") }
        if page.all("main").count != 1 { faults.append("The page has \(page.all("main").count) main parts, not one.") }
        let skipsToMain = page.all("a").first.map { ($0["href"] ?? "").hasPrefix("#") } ?? true
        if page.first("nav") != nil, !skipsToMain { faults.append("The first link does not skip to the main part.") }
        return faults
    }

    private static func headings(_ page: HTMLDocument) -> [String] {
        let found = page.all().filter { ["h1", "h2", "h3", "h4", "h5", "h6"].contains($0.tag) }
        var faults: [String] = []
        let ones = found.filter { $0.tag == "h1" }
        if ones.count != 1 { faults.append("The page has \(ones.count) h1 headings, not one.") }
        if let one = ones.first {
            if one.text.isBlank { faults.append("The h1 is empty.") }
            let title = page.title.lowercased()
            let site = page.all("a").first { ($0["class"] ?? "") == "site" }?.text.lowercased() ?? one.text.lowercased()
            if !title.contains(one.text.lowercased()), !title.contains(site) {
                faults.append("The title \"\(page.title)\" names neither the heading nor the site.")
            }
        }
        var level = 0
        for heading in found {
            let next = Int(heading.tag.dropFirst()) ?? 1
            if next > level + 1 { faults.append("\"\(heading.text)\" is an \(heading.tag) under level \(level).") }
            if heading.text.isBlank { faults.append("An \(heading.tag) is empty.") }
            level = next
        }
        return faults
    }

    private static func ids(_ page: HTMLDocument) -> [String] {
        let all = page.all()
        var seen: Set<String> = []
        var faults: [String] = []
        for id in all.compactMap({ $0["id"] }) where !seen.insert(id).inserted {
            faults.append("The id \"\(id)\" stands twice.")
        }
        for element in all {
            for reference in ["aria-labelledby", "aria-describedby", "for", "aria-controls"] {
                for id in (element[reference] ?? "").split(separator: " ") where !seen.contains(String(id)) {
                    faults.append("\(reference)=\"\(id)\" points at nothing.")
                }
            }
            if element.tag == "a", let href = element["href"], href.hasPrefix("#"), href.count > 1,
                !seen.contains(String(href.dropFirst()))
            {
                faults.append("The link \"\(element.name)\" leads to \(href), which is not on the page.")
            }
        }
        return faults
    }

    private static func controls(_ page: HTMLDocument) -> [String] {
        let labels = Set(page.all("label").filter { !$0.text.isBlank }.compactMap { $0["for"] })
        let wrapped = page.all("label").filter { !$0.text.isBlank }.flatMap { $0.all() }.compactMap { $0["name"] }
        var faults: [String] = []
        for control in page.all() where ["input", "select", "textarea"].contains(control.tag) {
            if ["hidden", "submit", "button", "image"].contains(control["type"] ?? "") { continue }
            let isNamed =
                !(control["aria-label"] ?? "").isBlank || control.has("aria-labelledby")
                || control["id"].map(labels.contains) == true || control["name"].map(wrapped.contains) == true
            if !isNamed { faults.append("The \(control.tag) \"\(control["name"] ?? "")\" has no label.") }
        }
        for set in page.all("fieldset") where set.children.first?.tag != "legend" {
            faults.append("A fieldset does not start with a legend.")
        }
        return faults
    }

    private static func words(_ page: HTMLDocument) -> [String] {
        var faults: [String] = []
        for element in page.all() {
            switch element.tag {
            case "a" where element.has("href"):
                let name = element.name
                if name.isBlank { faults.append("The link to \(element["href"] ?? "") has no words.") }
                if ["here", "click here", "more", "read more", "link", "this"].contains(name.lowercased()) {
                    faults.append("The link to \(element["href"] ?? "") says only \"\(name)\".")
                }
            case "button" where element.name.isBlank: faults.append("A button has no words.")
            case "img" where !element.has("alt"): faults.append("The picture \(element["src"] ?? "") has no alt.")
            case "svg":
                let isHidden = element["aria-hidden"] == "true"
                if element["role"] == "img", element.name.isBlank, !element.has("aria-labelledby"), !isHidden {
                    faults.append("An svg picture has no name.")
                }
                if !isHidden, element["role"] == nil { faults.append("An svg is neither named nor hidden.") }
            default: break
            }
        }
        return faults
    }

    private static func tables(_ page: HTMLDocument) -> [String] {
        page.all("table").flatMap { table -> [String] in
            var faults: [String] = []
            if (table.all("caption").first?.text ?? "").isBlank { faults.append("A table has no caption.") }
            if table.all("th").isEmpty { faults.append("A table has no headings.") }
            for heading in table.all("th") where !heading.has("scope") {
                faults.append("The table heading \"\(heading.text)\" has no scope.")
            }
            return faults
        }
    }

    private static func security(_ page: HTMLDocument) -> [String] {
        var faults: [String] = []
        for element in page.all() {
            if element.tag == "script", !element.has("src") { faults.append("A script stands inside the page.") }
            if element.tag == "style" { faults.append("A stylesheet stands inside the page.") }
            for (name, value) in element.attributes {
                if name == "style" { faults.append("A style attribute stands on a \(element.tag).") }
                if name.hasPrefix("on") { faults.append("The handler \(name) stands on a \(element.tag).") }
                let target = value.filter { !$0.isWhitespace }.lowercased()
                if ["href", "src", "action", "formaction"].contains(name),
                    ["javascript:", "data:", "vbscript:"].contains(where: target.hasPrefix)
                {
                    faults.append("A \(element.tag) leads to \(value).")
                }
            }
        }
        return faults
    }
}
