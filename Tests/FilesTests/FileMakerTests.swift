import Files
import Foundation
import Testing

@Suite struct FileMakerTests {
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "eyhub-maker-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test("What was written is read back, compressed or not, whatever its length", arguments: [true, false])
    func readsBack(gzip: Bool) throws {
        try inFolder { folder in
            for length in [0, 1, 1 << 16, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 3_000_001] {
                // Noise does not shrink: the compressed bytes outgrow every buffer too.
                var state: UInt64 = 88_172_645_463_325_252
                let bytes = (0..<length).map { _ -> UInt8 in
                    state ^= state << 13
                    state ^= state >> 7
                    state ^= state << 17
                    return UInt8(truncatingIfNeeded: state)
                }
                let file = try FileMaker(path: "\(folder)/x", gzip: gzip)
                var start = 0
                while start < length {
                    let end = min(length, start + 70_001)
                    try file.write(Array(bytes[start..<end]))
                    start = end
                }
                try file.finish()
                let back = try ByteSource.file("\(folder)/x").readAll()
                #expect(back == bytes, "\(length)")
                let size = try FileManager.default.attributesOfItem(atPath: "\(folder)/x")[.size] as? NSNumber
                #expect(size?.intValue == file.size)
            }
        }
    }

    @Test("Until it is finished nothing has its name, and what was there before stays; given up, it leaves nothing")
    func isWholeOrNothing() throws {
        try inFolder { folder in
            try Data("before".utf8).write(to: URL(fileURLWithPath: "\(folder)/x"))
            try {
                let file = try FileMaker(path: "\(folder)/x", gzip: true)
                try file.write(Array("after".utf8))
            }()
            #expect(FileManager.default.contents(atPath: "\(folder)/x") == Data("before".utf8))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x"])
        }
    }

    @Test("Where nothing can be written, a sentence says why", arguments: ["/no/such/folder/x", "/proc/x", "/dev/null/x"])
    func refuses(path: String) {
        let problem = #expect(throws: FileProblem.self) { _ = try FileMaker(path: path, gzip: true) }
        #expect(problem?.message.hasSuffix(".") == true)
    }

    @Test("The checksum is the one gzip and zip use, in pieces or at once")
    func checksum() {
        var whole = CRC32(), pieces = CRC32()
        whole.add(Array("123456789".utf8))
        for piece in ["1234", "", "56789"] { pieces.add(Array(piece.utf8)) }
        #expect(whole.text == "cbf43926" && pieces.text == "cbf43926")
        #expect(CRC32().text == "00000000")
    }
}
