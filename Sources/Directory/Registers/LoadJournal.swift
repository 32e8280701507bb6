internal import Civil
internal import Store

/// Keeps count of a load and collects what is to be said of it.
final class LoadJournal {
    /// Rejected rows and remarks kept with their text; all are counted.
    static let kept = 100_000
    /// New records named one by one; all are counted, and `registration.first_load` knows them all.
    static let namedNew = 1_000

    private(set) var report: LoadReport
    private var changes: [LoadChange] = []
    private var header: String?
    private var namedNewCount = 0
    private var noted: Set<String> = []

    init(id: String, kind: LoadKind) { report = LoadReport(id: id, kind: kind) }

    /// The header as it stood, so that the file of rejected rows can begin with it.
    func headerIs(_ fields: [String]) { header = CSVLine.of(fields) }

    func countRead() { report.read += 1 }
    func countNew() { report.new += 1 }
    func countChanged() { report.changed += 1 }
    func countUnchanged() { report.unchanged += 1 }
    func countGone() { report.gone += 1 }
    /// A record that seemed to differ turned out to say nothing new.
    func countUnchangedAfterAll() {
        report.changed -= 1
        report.unchanged += 1
    }
    func countUnchanged(_ count: Int) { report.unchanged += count }
    func countNew(_ count: Int) { report.new += count }

    func reject(line: Int, _ reason: String, _ fields: [String]) {
        report.rejected += 1
        guard report.problems.count < LoadJournal.kept else { return }
        report.problems.append(LoadProblem(line: line, reason: reason, isRejected: true, row: CSVLine.of(fields)))
    }

    /// A remark; the same words are kept once, with the first line they fit.
    func note(line: Int, _ reason: String) {
        guard report.notes.count < 10_000, noted.insert(reason).inserted else { return }
        report.notes.append(LoadProblem(line: line, reason: reason, isRejected: false, row: ""))
    }

    var namesMoreNew: Bool { namedNewCount < LoadJournal.namedNew }

    func add(_ change: LoadChange) {
        if change.what == .new {
            namedNewCount += 1
            if namedNewCount > LoadJournal.namedNew { return }
        }
        changes.append(change)
        if report.changes.count < 1_000 { report.changes.append(change) }
    }

    /// Writes counts, problems and changes beside the load.
    func write(to session: any Session, status: String, seconds: Double, now: Instant) throws {
        report.seconds = seconds
        try session.run(
            """
            update load set status = \(status), read_count = \(report.read), new_count = \(report.new),
                changed_count = \(report.changed), unchanged_count = \(report.unchanged), gone_count = \(report.gone),
                rejected_count = \(report.rejected), seconds = \(seconds),
                applied_at = \(status == "applied" ? now : nil) where id = \(report.id)
            """)
        let problems = report.problems + report.notes
        if header != nil || !problems.isEmpty {
            let columns: [StaticString] = ["load_id", "number", "line", "reason", "is_rejected", "fields"]
            try session.insert(into: "load_problem", columns) { writer in
                let id = report.id.bound
                try writer.add([id, .int(0), .int(0), .text("header"), .int(0), (header ?? "").bound])
                for (index, problem) in problems.enumerated() {
                    try writer.add([
                        id, .int(index + 1), .int(problem.line), problem.reason.bound, .int(problem.isRejected ? 1 : 0),
                        problem.row.bound,
                    ])
                }
            }
        }
        if changes.isEmpty { return }
        let columns: [StaticString] = [
            "load_id", "number", "what", "register", "urn", "setting_id", "name", "field", "before", "after",
        ]
        try session.insert(into: "load_change", columns) { writer in
            for (index, change) in changes.enumerated() {
                try writer.add([
                    report.id.bound, .int(index + 1), .text(change.what.rawValue), change.register.bound,
                    change.urn.bound,
                    change.settingID.bound, change.name.bound, change.field.bound, change.before.bound,
                    change.after.bound,
                ])
            }
        }
    }
}

/// Fields as one line of CSV, exactly as they stood.
enum CSVLine {
    static func of(_ fields: [String]) -> String {
        fields.map { field in
            guard field.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else { return field }
            return "\"\(field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
        }.joined(separator: ",")
    }
}
