/// Why one row cannot be taken.
struct RowProblem: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
