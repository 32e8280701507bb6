import Foundation

/// A process of the tests' own. What it says goes to a file, so that it never waits for a reader; its standard input stays open
/// until it is let go, and ends with the tests.
final class Child: Sendable {
    private let process = Process()
    private let input = Pipe()
    private let folder: String
    private let ended: AsyncStream<Void>

    init(_ program: String, _ arguments: [String]) throws {
        folder = NSTemporaryDirectory() + "eyhub-mail-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: "\(folder)/out"))
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/out"))
        process.standardError = FileHandle.nullDevice
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        self.ended = ended
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The whole lines it has said so far.
    var lines: [Substring] {
        let said = String(decoding: FileManager.default.contents(atPath: "\(folder)/out") ?? Data(), as: UTF8.self)
        return said.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    /// Waits for its first line; nil when it ends without one.
    func firstLine() async -> String? {
        while true {
            let isOver = !process.isRunning
            if let line = lines.first { return String(line) }
            if isOver { return nil }
            await Task.yield()
        }
    }

    /// Ends its standard input, which is what it waits for.
    func letGo() async {
        try? input.fileHandleForWriting.close()
        for await _ in ended {}
    }

    /// Kills it at once: it can finish nothing.
    func kill() async {
        if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
        for await _ in ended {}
    }

    /// Runs a program to its end; whether it went well.
    static func run(_ program: String, _ arguments: [String]) async throws -> Bool {
        let child = try Child(program, arguments)
        await child.letGo()
        return child.process.terminationStatus == 0
    }
}
