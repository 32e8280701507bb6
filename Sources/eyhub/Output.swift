internal import Foundation

/// What is said to whoever runs the program. Written at once, not when a buffer is full: a script may be waiting for it.
enum Output {
    static func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

    static func write(_ bytes: [UInt8]) { FileHandle.standardOutput.write(Data(bytes)) }

    static func say(_ line: String) { write(line + "\n") }

    /// To standard error.
    static func complain(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
