import Foundation
import StoreTestKit
import TestKit

/// The built program, run as a process.
enum Program {
    struct Outcome: Sendable {
        let code: Int32
        let out: String
        let error: String
    }

    /// It lies beside the tests.
    static let path: String = {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("eyhub").path
    }()

    /// The project's folder.
    static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// Runs to the end.
    static func run(_ arguments: String..., in folder: String = NSTemporaryDirectory(), more: [String: String] = [:])
        async throws
        -> Outcome
    {
        try await Running(arguments, in: folder, environment: more).outcome()
    }

    /// A folder of its own for a test, gone afterwards. Few at a time: else sixty processes begin at once and none gets anywhere.
    static func inFolder<T: Sendable>(_ body: (String) async throws -> T) async throws -> T {
        try await TestEngine.inTurn {
            let folder = NSTemporaryDirectory() + "eyhub-test-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            return try await body(folder)
        }
    }
}

/// A run of the program that may still be going on.
final class Running: Sendable {
    let process: Process
    private let out = Heard()
    private let error = Heard()
    private let ended: AsyncStream<Void>

    init(_ arguments: [String], in folder: String, environment: [String: String] = [:]) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: Program.path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = out.pipe
        process.standardError = error.pipe
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        self.ended = ended
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
        for heard in [out, error] { heard.listen() }
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    func outcome() async -> Program.Outcome {
        for await _ in ended {}
        return Program.Outcome(code: process.terminationStatus, out: await out.whole(), error: await error.whole())
    }

    /// Waits for a line of its output that begins so; nil when it ends without.
    func line(beginning start: String) async -> String? {
        await out.first { $0.lines.first { $0.hasPrefix(start) }.map(String.init) }
    }

    /// Waits until its log holds these words; false when it ends without.
    func logs(_ words: String) async -> Bool { await error.first { $0.text.contains(words) ? true : nil } ?? false }

    /// Kills it, unless it ends by itself within so many milliseconds.
    func killed(after milliseconds: Int) async {
        let process = process
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        }
        for await _ in ended {}
    }
}
