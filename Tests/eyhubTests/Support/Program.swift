import Foundation

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

    /// A folder of its own for a test, gone afterwards.
    static func inFolder<T>(_ body: (String) async throws -> T) async throws -> T {
        let folder = NSTemporaryDirectory() + "eyhub-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }
}

/// A run of the program that may still be going on. What it says goes to files, so that it never waits for a reader.
final class Running: Sendable {
    let process: Process
    private let folder: String
    private let ended: AsyncStream<Void>

    init(_ arguments: [String], in folder: String, environment: [String: String] = [:]) throws {
        self.folder = NSTemporaryDirectory() + "eyhub-run-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
        for name in ["out", "error"] { try Data().write(to: URL(fileURLWithPath: "\(self.folder)/\(name)")) }
        process = Process()
        process.executableURL = URL(fileURLWithPath: Program.path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(self.folder)/out"))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(self.folder)/error"))
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        self.ended = ended
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(atPath: folder)
    }

    func outcome() async -> Program.Outcome {
        for await _ in ended {}
        return Program.Outcome(code: process.terminationStatus, out: said("out"), error: said("error"))
    }

    private func said(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data(), as: UTF8.self)
    }

    /// Waits for a line of its output that begins so; nil when it ends without.
    func line(beginning start: String) async -> String? {
        while true {
            let isOver = !process.isRunning
            let text = said("out")
            let lines = text.split(separator: "\n")
            if let line = lines.first(where: { $0.hasPrefix(start) }), text.hasSuffix("\n") { return String(line) }
            if isOver { return nil }
            await Task.yield()
        }
    }

    /// Waits until its log holds these words; false when it ends without.
    func logs(_ words: String) async -> Bool {
        while true {
            let isOver = !process.isRunning
            if said("error").contains(words) { return true }
            if isOver { return false }
            await Task.yield()
        }
    }

    /// Kills it, unless it ends by itself within so many milliseconds.
    func killed(after milliseconds: Int) async {
        let process = process
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        }
        for await _ in ended {}
    }
}
