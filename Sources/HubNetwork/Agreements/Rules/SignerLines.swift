/// A sheet of paper typed off: a line for each signer, with setting, name and role.
struct SignerLine: Sendable, Equatable {
    var setting: String
    var name: String
    var role: String

    /// At most so many lines on a sheet.
    static let most = 200

    /// Reads what was typed or pasted from a spreadsheet: tabs between the three, or semicolons, or commas. A setting's own commas stay its
    /// own where a role follows. Lines that name nobody come back as what is wrong.
    static func read(_ typed: String) -> (lines: [SignerLine], problems: [String]) {
        var lines: [SignerLine] = []
        var problems: [String] = []
        for (index, line) in typed.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let written = trim(line)
            if written.isEmpty { continue }
            let mark: Character = line.contains("\t") ? "\t" : line.contains(";") ? ";" : ","
            var parts = line.split(separator: mark, omittingEmptySubsequences: false).map { trim($0) }
            while parts.count > 2, parts.last == "" { parts.removeLast() }
            guard parts.count >= 2 else {
                problems.append("Line \(index + 1), “\(written.prefix(60))”: write the setting, a comma, and who signed.")
                continue
            }
            let role = parts.count >= 3 ? parts.removeLast() : ""
            let name = parts.removeLast()
            let setting = parts.joined(separator: ", ")
            if setting.isEmpty || name.isEmpty {
                problems.append("Line \(index + 1), “\(written.prefix(60))”: the \(setting.isEmpty ? "setting" : "name") is missing.")
            } else if setting.count > 200 || name.count > 200 || role.count > 200 {
                problems.append("Line \(index + 1) is longer than a setting, a name and a role can be.")
            } else {
                lines.append(SignerLine(setting: setting, name: name, role: role))
            }
        }
        if lines.count > most { problems.append("A sheet takes \(most) lines; this has \(lines.count). Type the rest as another sheet.") }
        return (lines, problems)
    }

    private static func trim(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
