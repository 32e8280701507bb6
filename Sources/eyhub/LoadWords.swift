internal import Directory

/// What a load did, for people.
struct LoadWords {
    let report: LoadReport
    let isPreview: Bool

    var text: String {
        var lines = [
            isPreview ? "\(report.kind.name): this is what would change." : "\(report.kind.name): loaded.",
            line("read", report.read), line("new", report.new), line("changed", report.changed),
            line("unchanged", report.unchanged), line("gone", report.gone), line("rejected", report.rejected),
        ]
        for problem in report.problems.prefix(10) { lines.append("  line \(problem.line): \(problem.reason)") }
        if report.problems.count > 10 { lines.append("  … and \(report.problems.count - 10) more.") }
        if !report.notes.isEmpty { lines.append("\(report.notes.count) rows were taken with a remark.") }
        return lines.joined(separator: "\n")
    }

    private func line(_ word: String, _ count: Int) -> String {
        let number = String(count)
        return "  \(word)\(String(repeating: " ", count: max(1, 20 - word.count - number.count)))\(number)"
    }
}
