import Foundation
import TestKit

/// A process of the tests' own. Its standard input stays open until it is let go, and ends with the tests.
final class Child: Sendable {
    private let process = Process()
    private let input = Pipe()
    private let out = Heard()
    private let ended: AsyncStream<Void>

    init(_ program: String, _ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = out.pipe
        process.standardError = FileHandle.nullDevice
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        self.ended = ended
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
        out.listen()
    }

    /// The whole lines it has said so far.
    var lines: [Substring] { out.lines }

    /// Waits for its first line; nil when it ends without one.
    func firstLine() async -> String? { await out.first { $0.lines.first.map(String.init) } }

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
