/// A file that cannot be read (or written) as asked.
///
/// The message is for the person who brought the file: what is wrong and how to mend it, in plain English.
public struct FileProblem: Error, Equatable, Sendable, CustomStringConvertible {
    /// What sort of trouble it is, for programs to branch on.
    public enum Kind: String, Sendable {
        /// The file is not there, or may not be read.
        case cannotOpen
        /// Cut short or altered on the way: its own checks fail.
        case damaged
        /// More than a limit allows, which includes archives made to swell.
        case tooLarge
        /// It breaks the rules of its format.
        case malformed
        /// A format, or a part of one, that is not read here.
        case unsupported
    }

    public let kind: Kind
    /// The file's name as the person knows it.
    public let file: String
    /// The physical line (or spreadsheet row) it was found on, from 1, where there is one to name.
    public let line: Int?
    /// What is wrong and how to mend it.
    public let message: String

    public init(_ kind: Kind, file: String, line: Int? = nil, _ message: String) {
        self.kind = kind
        self.file = file
        self.line = line
        self.message = message
    }

    public var description: String {
        if let line { return "\(file), line \(line): \(message)" }
        return "\(file): \(message)"
    }
}

/// Thrown from a row closure to end reading early and quietly: the reader returns as if the file had ended there.
public struct StopReading: Error {
    public init() {}
}
