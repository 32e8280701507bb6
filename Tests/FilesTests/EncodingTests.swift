import Testing

@testable import Files

@Suite("Text comes out right whatever it was saved as")
struct EncodingTests {
    @Test("the same real rows read alike from UTF-8 and from Windows-1252")
    func realAccents() throws {
        let utf8 = try records(fixture("ofsted-accents-utf8.csv"))
        let windows = try records(fixture("ofsted-accents-cp1252.csv"))
        #expect(utf8 == windows)
        #expect(utf8.joined().contains { $0.contains("è") || $0.contains("ü") || $0.contains("–") })
        #expect(try CSV.read(fixture("ofsted-accents-utf8.csv")) { _ in }.encoding == .utf8)
        #expect(try CSV.read(fixture("ofsted-accents-cp1252.csv")) { _ in }.encoding == .windows1252)
        #expect(try records(fixture("gias-native-cp1252.csv")).joined().contains { $0.contains("Ynys Môn") })
    }

    @Test("the first accent may stand far into the file")
    func farIn() throws {
        let plain = String(repeating: "plain,text\n", count: 30_000)
        let bytes = Array(plain.utf8) + [0x43, 0x61, 0x66, 0xE9, 0x2C, 0x39, 0x96, 0x31, 0x30, 10]
        #expect(try records(.bytes(bytes, name: "a.csv")).last == ["Café", "9–10"])
        #expect(try records(source(plain + "Café,9–10\n")).last == ["Café", "9–10"])
    }

    @Test("a file pasted together from both kinds reads right in both parts")
    func mixed() throws {
        let bytes = Array("Café,x\n".utf8) + [0x43, 0x61, 0x66, 0xE9, 0x2C] + Array("é\n".utf8)
        let file = ByteSource.bytes(bytes, name: "a.csv")
        #expect(try records(file) == [["Café", "x"], ["Café", "é"]])
        #expect(try CSV.read(file) { _ in }.encoding == .mixed)
    }

    @Test("every byte of Windows-1252 has its character, the five unassigned ones their own number")
    func allOfWindows1252() throws {
        let quirks: [(UInt8, String)] = [
            (0x80, "€"), (0x85, "…"), (0x91, "‘"), (0x92, "’"), (0x93, "“"), (0x96, "–"), (0x9F, "Ÿ"), (0xA3, "£"),
            (0xFF, "ÿ"),
            (0x81, "\u{81}"), (0x9D, "\u{9D}"),
        ]
        for (byte, character) in quirks {
            let file = ByteSource.bytes([0x78, byte, 0x79, 10], name: "a.csv")
            #expect(try records(file) == [["x\(character)y"]])
        }
    }

    @Test("byte order marks are taken off, also before a quote; UTF-16 of both kinds is read, with and without a mark")
    func marks() throws {
        #expect(try records("\u{FEFF}\"a\",b\n") == [["a", "b"]])
        let text = "Name,Place\r\nCafé 😀,Ynys Môn\r\n"
        let expected = [["Name", "Place"], ["Café 😀", "Ynys Môn"]]
        for mark in [true, false] {
            let little = utf16(text, bigEndian: false, mark: mark)
            let big = utf16(text, bigEndian: true, mark: mark)
            #expect(try records(.bytes(little, name: "a.csv")) == expected)
            #expect(try records(.bytes(big, name: "a.csv")) == expected)
            #expect(try records(.bytes(gzip(big), name: "a.csv.gz")) == expected)
            #expect(try CSV.read(.bytes(big, name: "a.csv")) { _ in }.encoding == .utf16)
        }
        // Cut in the middle of a character, and half a surrogate pair.
        #expect(try records(.bytes([0xFF, 0xFE, 0x61, 0, 0x62], name: "a")) == [["a\u{FFFD}"]])
        #expect(try records(.bytes([0xFF, 0xFE, 0x3D, 0xD8, 0x62, 0], name: "a")) == [["\u{FFFD}b"]])
    }

    @Test("UTF-16 longer than any buffer stays in step")
    func longUTF16() throws {
        let line = "Ünïcödé 😀,ß\n"
        let text = String(repeating: line, count: 10_000)
        let bytes = utf16(text, bigEndian: false, mark: true)
        var wrong = 0
        let summary = try CSV.read(.bytes(bytes, name: "a.csv")) { row in
            if row.raw(0) != "Ünïcödé 😀" || row.raw(1) != "ß" { wrong += 1 }
        }
        #expect(summary.records == 10_000 && wrong == 0)
    }

    @Test("NUL bytes become visible, and padding of them is trimmed")
    func nul() throws {
        try CSV.read(.bytes([0x61, 0, 0x62, 0x2C, 0x63, 0, 0, 10], name: "a.csv")) { row in
            #expect(row.raw(0) == "a\u{FFFD}b")
            #expect(row.text(1) == "c")
        }
    }

    @Test("UTF-8 is told from anything else exactly as the standard library tells it")
    func validation() {
        var random = Seeded(7)
        let pieces: [[UInt8]] = [
            [0x41], [0xC3, 0xA9], [0xE2, 0x80, 0x93], [0xF0, 0x9F, 0x98, 0x80], [0x80], [0xC0, 0xAF], [0xC1],
            [0xE0, 0x80, 0x80],
            [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5], [0xE2, 0x80], [0xF0, 0x9F], [0xFF],
            [0xED, 0x9F, 0xBF],
            [0xF4, 0x8F, 0xBF, 0xBF], [0xEF, 0xBF, 0xBF],
        ]
        for _ in 0..<8000 {
            let bytes = (0..<Int.random(in: 0...5, using: &random)).flatMap { _ in random.pick(pieces) }
            let expected = String(validating: bytes, as: UTF8.self) != nil
            #expect(bytes.withUnsafeBufferPointer { isUTF8($0) } == expected)
        }
    }
}
