/// Something put into a control.
struct WalkEntry {
    let id: String
    var values: [String] = []
    var file: (name: String, type: String, bytes: [UInt8])?
}

extension Walker {
    /// Types into the text box, text area or select with this label; a select takes the value or the words.
    public func fill(_ label: String, _ value: String) throws {
        let control = try control(label, ["input", "select", "textarea"])
        guard control.tag == "select" else { return set(control, [value]) }
        let options = control.all("option")
        guard let option = options.first(where: { $0.text == value }) ?? options.first(where: { $0["value"] == value })
        else {
            throw WalkError("\"\(label)\" has no \"\(value)\", only: \(options.map(\.text).joined(separator: ", "))")
        }
        set(control, [option["value"] ?? option.text])
    }

    /// Ticks the box or the radio button with this label.
    public func choose(_ label: String) throws {
        let control = try control(label, ["input"])
        if control["type"] == "radio" {
            for other in page.all("input") where other["type"] == "radio" && other["name"] == control["name"] {
                set(other, [])
            }
        }
        set(control, [control["value"] ?? "on"])
    }

    /// Takes the tick away.
    public func untick(_ label: String) throws { set(try control(label, ["input"]), []) }

    /// Puts a file into the file box with this label.
    public func attach(_ label: String, filename: String, bytes: [UInt8], type: String = "text/csv") throws {
        let control = try control(label, ["input"])
        set(control, [])
        entries[entries.count - 1].file = (filename, type, bytes)
    }

    /// Presses the button with these words and sends its form.
    public func press(_ words: String) async throws {
        let forms = page.all("form")
        let buttons = forms.flatMap { form in form.all("button").map { (form, $0) } }
        guard
            let (form, button) = buttons.first(where: { $0.1.name == words })
                ?? buttons.first(where: { $0.1.name.contains(words) })
        else {
            let all = buttons.map { $0.1.name }.joined(separator: ", ")
            throw WalkError("No button \"\(words)\" on \(path). There are: \(all)")
        }
        var pairs: [(String, String)] = []
        var files: [(control: String, file: (name: String, type: String, bytes: [UInt8]))] = []
        for control in form.all() where ["input", "select", "textarea"].contains(control.tag) {
            guard let name = control["name"], !control.has("disabled") else { continue }
            let entry = entries.last { $0.id == key(control) }
            if control["type"] == "file" {
                files.append((name, entry?.file ?? ("", "application/octet-stream", [])))
            } else {
                pairs += (entry?.values ?? original(control)).map { (name, $0) }
            }
        }
        if let name = button["name"] { pairs.append((name, button["value"] ?? "")) }
        let target = resolved(form["action"] ?? "")
        if (form["method"] ?? "get").lowercased() != "post" {
            let bare = target.prefix { $0 != "?" }
            return try await go("GET", "\(bare)?\(Self.encoded(pairs))")
        }
        if form["enctype"] == "multipart/form-data" {
            let boundary = "----walker7d1c9a"
            let body = Self.multipart(pairs, files.map { ($0.control, $0.file) }, boundary: boundary)
            return try await go("POST", target, type: "multipart/form-data; boundary=\(boundary)", body: body)
        }
        let body = Array(Self.encoded(pairs).utf8)
        try await go("POST", target, type: "application/x-www-form-urlencoded", body: body)
    }

    /// What stands in the control with this label.
    public func value(of label: String) throws -> String {
        let control = try control(label, ["input", "select", "textarea"])
        return (entries.last { $0.id == key(control) }?.values ?? original(control)).first ?? ""
    }

    // MARK: Controls

    private func control(_ label: String, _ tags: [String]) throws -> Element {
        let labels = page.all("label")
        let found =
            labels.first { $0.text == label } ?? labels.first { $0.text.hasPrefix(label) }
            ?? labels.first { $0.text.contains(label) }
        if let id = found?["for"], let control = page.element(id: id), tags.contains(control.tag) { return control }
        if let inner = found?.all().first(where: { tags.contains($0.tag) }) { return inner }
        if let named = page.all().first(where: { tags.contains($0.tag) && $0["aria-label"] == label }) { return named }
        throw WalkError("No field \"\(label)\" on \(path). There are: \(labels.map(\.text).joined(separator: ", "))")
    }

    private func key(_ control: Element) -> String {
        control["id"] ?? "\(control["name"] ?? "")=\(control["value"] ?? "")"
    }

    private func set(_ control: Element, _ values: [String]) {
        entries.removeAll { $0.id == key(control) }
        entries.append(WalkEntry(id: key(control), values: values))
    }

    /// What a browser would send for a control nobody touched.
    private func original(_ control: Element) -> [String] {
        switch (control.tag, control["type"] ?? "text") {
        case ("input", "checkbox"), ("input", "radio"): control.has("checked") ? [control["value"] ?? "on"] : []
        case ("input", "submit"), ("input", "button"), ("input", "reset"), ("input", "image"): []
        case ("select", _):
            (control.all("option").first { $0.has("selected") } ?? control.all("option").first)
                .map { [$0["value"] ?? $0.text] } ?? []
        case ("textarea", _): [control.rawText]
        default: [control["value"] ?? ""]
        }
    }

    // MARK: Encoding

    static func encoded(_ pairs: [(String, String)]) -> String {
        pairs.map { "\(percent($0.0))=\(percent($0.1))" }.joined(separator: "&")
    }

    private static func percent(_ text: String) -> String {
        let hex = Array("0123456789ABCDEF")
        return text.utf8.map { byte -> String in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x2A: String(UnicodeScalar(byte))
            case 0x20: "+"
            default: "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
            }
        }.joined()
    }

    static func multipart(
        _ pairs: [(String, String)], _ files: [(String, (name: String, type: String, bytes: [UInt8]))], boundary: String
    ) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in pairs {
            let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n"
            body += Array("\(head)\(value)\r\n".utf8)
        }
        for (control, file) in files {
            let head = "Content-Disposition: form-data; name=\"\(control)\"; filename=\"\(file.name)\""
            body += Array("--\(boundary)\r\n\(head)\r\nContent-Type: \(file.type)\r\n\r\n".utf8)
            body += file.bytes
            body += Array("\r\n".utf8)
        }
        return body + Array("--\(boundary)--\r\n".utf8)
    }
}

extension Element {
    /// The words exactly as they stand; for text areas.
    var rawText: String {
        nodes.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    }
}
