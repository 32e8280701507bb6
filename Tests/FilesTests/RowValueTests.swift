import Testing

@testable import Files

@Suite("Values are read from a record's bytes")
struct RowValueTests {
    /// One record of the given text, lent.
    private func row(_ text: String, _ body: (borrowing Row) throws -> Void) throws {
        try CSV.read(source(text), options: CSV.Options(delimiter: UInt8(ascii: ","))) { try body($0) }
    }

    @Test("white space is trimmed at the edges, no-break spaces included, and folded inside on request")
    func trimming() throws {
        try row(" \tIslington\u{A0},\u{A0}\u{A0}N7  7PH \u{200B},a \u{A0} b\u{202F}c,à\u{A0},\u{A0} ,É") { row in
            #expect(row.text(0) == "Islington")
            #expect(row.text(1) == "N7  7PH")
            #expect(row.text(1, folding: true) == "N7 7PH")
            #expect(row.text(2, folding: true) == "a b c")
            #expect(row.text(3) == "à")
            #expect(row.text(4) == "" && row.isEmpty(4) && !row.isEmpty(3))
            #expect(row.text(5) == "É")
            #expect(row.raw(0) == " \tIslington\u{A0}")
            #expect(row.equals(0, "Islington") && !row.equals(0, "islington") && !row.equals(0, "Islingto"))
            #expect(row.equals(99, "") && row.equals(nil, ""))
            #expect(row.withBytes(0) { $0.count } == 9)
        }
    }

    @Test("folding a quoted address takes its line ends for spaces")
    func folding() throws {
        try row("\"1 High Street\r\n  Poole \"") { #expect($0.text(0, folding: true) == "1 High Street Poole") }
    }

    @Test("a row is blank if all its fields are")
    func blank() throws {
        var blank: [Bool] = []
        for text in [",, \u{A0},\n", ",,x,\n"] { try row(text) { blank.append($0.isBlank) } }
        #expect(blank == [true, false])
    }

    @Test("whole numbers are read to the last digit that fits, and nothing else is one")
    func ints() throws {
        let cases: [(String, Int?)] = [
            ("0", 0), (" 70 ", 70), ("-12", -12), ("+3", 3), ("007", 7), ("9223372036854775807", .max),
            ("-9223372036854775808", .min), ("9223372036854775808", nil), ("", nil), ("-", nil), ("1.0", nil),
            ("1 000", nil),
            ("1e3", nil), ("١", nil), ("--1", nil), ("0x10", nil),
        ]
        for (text, expected) in cases { try row("\(text),") { #expect($0.int(0) == expected, "\(text)") } }
    }

    @Test("decimal numbers are read as the standard library reads them, and words are none")
    func doubles() throws {
        for text in [
            "nan", "inf", "infinity", "", ".", "-", "e5", "1e", "1e+", "0x1p3", "1,5", "1.5.2", "1e999", "- 1", "12a",
        ] {
            try row("\"\(text)\",") { #expect($0.double(0) == nil, "\(text)") }
        }
        var random = Seeded(3)
        for _ in 0..<5000 {
            let digits = Int.random(in: 1...25, using: &random)
            var text = (0..<digits).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
            if Bool.random(using: &random) {
                text.insert(".", at: text.index(text.startIndex, offsetBy: Int.random(in: 0...digits, using: &random)))
            }
            if Bool.random(using: &random) { text = "-" + text }
            if Bool.random(using: &random) { text += "e\(Int.random(in: -40...40, using: &random))" }
            try row("\(text),") { #expect($0.double(0) == Double(text), "\(text)") }
        }
        try row("51.5163289,-0.14732,.5,5.") { row in
            #expect(
                row.double(0) == 51.5163289 && row.double(1) == -0.14732 && row.double(2) == 0.5 && row.double(3) == 5)
        }
    }

    @Test("numbers are written with the digits that matter and no more")
    func numberText() {
        let cases: [(Double, String)] = [
            (70, "70"), (-0.14732, "-0.14732"), (0.1 + 0.2, "0.30000000000000004"), (1e14, "100000000000000"), (0, "0"),
        ]
        for (number, text) in cases { #expect(Numbers.text(number) == text) }
    }

    @Test("a record's fingerprint changes with any field, with where fields end, and with nothing else")
    func fingerprints() throws {
        func print(_ text: String) throws -> UInt64 {
            var value: UInt64 = 0
            try CSV.read(source(text), options: CSV.Options(delimiter: UInt8(ascii: ","))) { value = $0.fingerprint }
            return value
        }
        #expect(try print("EY1,Rainbow,70") == print("\n\n\"EY1\",\"Rainbow\",70\r\n"))
        var seen: Set<UInt64> = []
        let texts = ["a,b", "ab,", ",ab", "a,b,", "a, b", "A,b", "", "abcdefgh,", "abcdefgh,i", "abcdefghi,", "é", "e"]
        for text in texts { seen.insert(try print(text)) }
        #expect(seen.count == texts.count)
        // Held down: records stored by one version must be known to the next.
        let known = try print("EY478118,Little Rainbow Nursery,70")
        #expect(known == 14_749_174_494_419_749_369)
    }
}
