/// One thing the doctor looked at.
public struct Finding: Sendable, Equatable {
    public enum Mark: String, Sendable, CaseIterable {
        /// As it should be.
        case ok
        /// Works, and somebody should look at it.
        case look
        /// Does not work, or not safely.
        case wrong
    }

    public let mark: Mark
    /// What was looked at, in one or two words.
    public let what: String
    /// What was found, and the mend if one is needed.
    public let sentence: String

    public init(_ mark: Mark, _ what: String, _ sentence: String) {
        self.mark = mark
        self.what = what
        self.sentence = sentence
    }
}
