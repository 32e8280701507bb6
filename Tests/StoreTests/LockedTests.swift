import Foundation
import Store
import Testing

/// A value that many threads change.
@Suite struct LockedTests {
    @Test("However many change it at once, across pauses, nothing is lost") func losesNothing() async {
        let counts = Locked(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    for _ in 0..<50 {
                        counts.withLock { $0 += 1 }
                        await Task.yield()
                        counts.withLock { $0 += 1 }
                    }
                }
            }
        }
        #expect(counts.withLock { $0 } == 20_000)
    }

    @Test("A closure that throws lets go") func letsGo() {
        struct Stop: Error {}
        let value = Locked(1)
        #expect(throws: Stop.self) {
            try value.withLock { (value: inout Int) throws in
                value = 2
                throw Stop()
            }
        }
        #expect(value.withLock { $0 } == 2)
    }

    @Test("No source of ours uses Synchronization's Mutex, which stops a packaged program (docs/decisions/0010)") func noMutex() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Sources").path
        let files = try FileManager.default.subpathsOfDirectory(atPath: sources).filter { $0.hasSuffix(".swift") }
        let guilty = try files.filter { try String(contentsOfFile: "\(sources)/\($0)", encoding: .utf8).contains("import Synchronization") }
        #expect(files.count > 100 && guilty == [])
    }
}
