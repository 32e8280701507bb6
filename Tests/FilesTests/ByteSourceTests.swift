import Files
import Testing

@Suite("A file is read as it is or unpacked, and a damaged one is refused")
struct ByteSourceTests {
    private let text: [UInt8] = Array("Provider URN,Provider name\n132626,Rainbow\n".utf8)

    @Test("a plain file comes back byte for byte")
    func plain() throws {
        #expect(try ByteSource.bytes(text, name: "a.csv").readAll() == text)
        #expect(try fixture("provider-sample.csv").readAll().count == 3538)
    }

    @Test("gzip is told by its first bytes, whatever the name")
    func gzipByMagic() throws {
        let packed = ByteSource.bytes(gzip(text), name: "a.csv")
        #expect(try packed.readAll() == text)
        #expect(try packed.open().isCompressed)
        #expect(
            try fixture("postcodes-both-grids.csv.gz").readAll() == fixture("postcodes-both-grids.csv").readAll())
    }

    @Test("concatenated gzip members are one file, with or without zero padding at the end")
    func members() throws {
        let three = gzip(text) + gzip([]) + gzip(text)
        #expect(try ByteSource.bytes(three, name: "a.gz").readAll() == text + text)
        #expect(try ByteSource.bytes(three + [0, 0, 0], name: "a.gz").readAll() == text + text)
    }

    @Test("a gzip file cut short at any byte is refused as damaged, and so is an altered one")
    func truncation() throws {
        let whole = try rawBytes("postcodes-both-grids.csv.gz")
        for length in 1..<whole.count {
            let cut = ByteSource.bytes(Array(whole[0..<length]), name: "cut.gz")
            let found = problem { _ = try cut.readAll() }
            #expect(found?.kind == .damaged, "cut to \(length) bytes")
            #expect(found?.message.contains("again") == true)
        }
        var altered = whole
        altered[whole.count / 2] ^= 0x10
        #expect(problem { _ = try ByteSource.bytes(altered, name: "x.gz").readAll() }?.kind == .damaged)
        #expect(problem { _ = try ByteSource.bytes(whole + [7], name: "x.gz").readAll() }?.kind == .damaged)
    }

    @Test("an archive that swells past the limit is refused, and the message says so")
    func swelling() throws {
        var swell = try fixture("swell.csv.gz")
        swell.limit = 1 << 20
        let found = problem { _ = try swell.readAll() }
        #expect(found?.kind == .tooLarge)
        #expect(found?.message.contains("1 MB") == true)
        #expect(problem { try CSV.read(swell) { _ in } }?.kind == .tooLarge)
    }

    @Test("an absent file and a folder are refused in words a person can act on")
    func cannotOpen() {
        let absent = problem { _ = try ByteSource.file("/nowhere/at/all.csv").open() }
        #expect(absent?.kind == .cannotOpen)
        #expect(absent?.file == "all.csv")
        #expect(absent?.description.contains("no such file") == true)
        let folder = problem { _ = try ByteSource.file("/").open() }
        #expect(folder?.message.contains("folder") == true)
    }

    @Test("progress runs in compressed bytes from nothing to everything, and throwing from it ends the reading")
    func progress() throws {
        let packed = try fixture("postcodes-both-grids.csv.gz")
        let size = try rawBytes("postcodes-both-grids.csv.gz").count
        var seen: [ReadProgress] = []
        try CSV.read(packed, progress: { seen.append($0) }) { _ in }
        #expect(seen.last == ReadProgress(bytesRead: size, totalBytes: size))
        #expect(seen.last?.fraction == 1)
        struct Cancelled: Error {}
        #expect(throws: Cancelled.self) {
            try CSV.read(packed, progress: { _ in throw Cancelled() }) { _ in }
        }
    }

    @Test("a pipe is read like a file: tables, spreadsheets and trees")
    func pipes() throws {
        for name in ["ofsted-2021.csv", "postcodes-both-grids.csv.gz", "inline.xlsx"] {
            let bytes = try rawBytes(name)
            let expected = try Table.peek(.bytes(bytes, name: name))
            let found = try throughPipe(bytes) { try Table.peek(.file($0)) }
            #expect(found == expected, "\(name)")
        }
        let tree = try throughPipe(rawBytes("feed.xml")) { try Tree.read(.file($0)) }
        #expect(try tree == Tree.read(fixture("feed.xml")))
    }
}
