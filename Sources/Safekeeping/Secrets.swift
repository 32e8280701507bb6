/// The columns an export leaves out: what they hold is of use to a thief only. Backups keep them.
///
/// A pattern is a column's name, with `*` before it for "ends with" (`*_hash`), or a table and a column (`person.totp_key`).
/// A room that keeps a secret adds its line to ``standard``.
public struct Secrets: Sendable {
    private let patterns: [String]

    public init(_ patterns: [String]) { self.patterns = patterns }

    /// What every export leaves out.
    public static let standard = Secrets([
        "*_hash", "person.passphrase", "person.second_step_secret", "person.second_step_waiting",
        // A letter that waits may hold a link that signs somebody in.
        "outbox.text_body", "outbox.html_body",
    ])

    func covers(table: String, column: String) -> Bool {
        patterns.contains { pattern in
            if pattern.utf8.first == UInt8(ascii: "*") { return column.hasSuffix(pattern.dropFirst()) }
            return pattern == column || pattern == "\(table).\(column)"
        }
    }
}
