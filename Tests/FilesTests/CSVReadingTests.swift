import Testing

@testable import Files

@Suite("CSV of every shape people bring")
struct CSVReadingTests {
    @Test("lines may end in LF, CRLF or CR, the last one with or without")
    func lineEnds() throws {
        let expected = [["a", "b"], ["c", "d"]]
        #expect(try records("a,b\nc,d\n") == expected)
        #expect(try records("a,b\r\nc,d\r\n") == expected)
        #expect(try records("a,b\rc,d\r") == expected)
        #expect(try records("a,b\nc,d") == expected)
        #expect(try records("a,b\r\rc,d") == expected)
        #expect(try records("\n\r\na,b\n\n\nc,d\n\n") == expected)
    }

    @Test("quoted fields hold commas, line ends and doubled quotes")
    func quoted() throws {
        #expect(
            try records("a,\"x,y\",\"l1\nl2\r\nl3\",\"say \"\"hi\"\"\"\n") == [
                ["a", "x,y", "l1\nl2\r\nl3", "say \"hi\""]
            ])
        #expect(try records("\"\",\"\"\"\",\"\"\"\"\"\"") == [["", "\"", "\"\""]])
    }

    @Test("quotes in the middle of a field and text after a closing quote are kept")
    func looseQuotes() throws {
        #expect(try records("5\" pipe,a \"b\" c,d") == [["5\" pipe", "a \"b\" c", "d"]])
        #expect(try records("\"a\"b,\"c\" \"d\",\"e\"\"f\"g") == [["ab", "c \"d\"", "e\"fg"]])
    }

    @Test("records of other lengths are handed over as they are")
    func ragged() throws {
        #expect(
            try records("a,b,c\nd\ne,f,g,h\n,,\n") == [["a", "b", "c"], ["d"], ["e", "f", "g", "h"], ["", "", ""]])
        try CSV.read(source("a,b\n")) { row in
            #expect(row.count == 2)
            #expect(row.text(7) == "" && row.text(nil) == "" && row.text(-1) == "" && row.isEmpty(2))
        }
    }

    @Test("each record names the physical line it begins on, line ends inside quotes counted")
    func lines() throws {
        var lines: [Int] = []
        try CSV.read(source("h\n\n\"a\nb\r\nc\rd\"\ne\r\n\r\nf\r\rg\n")) { lines.append($0.line) }
        #expect(lines == [1, 3, 7, 9, 11])
    }

    @Test("a quote that is never closed is refused with the line it was opened on")
    func unclosed() {
        let found = problem { _ = try records("a,b\nc,d\n\"x\ny\",\"oops\nrest\nof,file\n") }
        #expect(found?.kind == .malformed)
        #expect(found?.line == 4)
        #expect(found?.message.contains("never closed") == true)
        #expect(problem { _ = try records("\"") }?.line == 1)
    }

    @Test("comma, semicolon and tab are told apart, titles and notes above the table notwithstanding")
    func delimiters() throws {
        let title = "Childcare providers, as at 31 December 2025; see notes\n\n"
        let semicolons = title + "URN;Name;Places\n1;\"Rainbow; the\";5,5\n2;Sun, Moon;6,5\n"
        #expect(try records(semicolons)[2] == ["1", "Rainbow; the", "5,5"])
        #expect(try records("URN\tName\n1\tA, B\n2\tC; D; E\n")[1] == ["1", "A, B"])
        #expect(try CSV.read(source(semicolons)) { _ in }.delimiter == ";")
        #expect(try records("sep=;\r\na,b;c\r\n") == [["a,b", "c"]])
        #expect(try records("one column\nonly\n") == [["one column"], ["only"]])
        #expect(try records(source("a;b,c\n"), options: CSV.Options(delimiter: UInt8(ascii: ";"))) == [["a", "b,c"]])
    }

    @Test("an empty file has no records, and one of line ends neither")
    func empty() throws {
        #expect(try records("") == [])
        #expect(try records("\r\n\n") == [])
        #expect(try records("\u{FEFF}") == [])
        #expect(try records(",") == [["", ""]])
    }

    @Test("reading stops early and quietly, or with the closure's own error")
    func stopping() throws {
        var seen = 0
        let summary = try CSV.read(source("a\nb\nc\n")) { _ in
            seen += 1
            if seen == 2 { throw StopReading() }
        }
        #expect(seen == 2 && summary.stoppedEarly && summary.records == 2)
        struct Mine: Error {}
        #expect(throws: Mine.self) { try CSV.read(source("a\n")) { _ in throw Mine() } }
    }

    @Test("a field of ten megabytes is read whole; records past the limit are refused by line")
    func large() throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 10 << 20)
        let file = Array("a,b\n1,\"".utf8) + long + Array("\"\n2,3\n".utf8)
        var length = 0
        try CSV.read(.bytes(file, name: "list.csv")) { length = max(length, $0.raw(1).utf8.count) }
        #expect(length == 10 << 20)
        var options = CSV.Options()
        options.recordLimit = 1 << 16
        options.bufferSize = 1 << 10
        let found = problem { try CSV.read(.bytes(file, name: "list.csv"), options: options) { _ in } }
        #expect(found?.kind == .tooLarge && found?.line == 2)
        #expect(found?.message.contains("line 2") == true)
        options.fieldLimit = 3
        #expect(problem { try CSV.read(source("a,b,c\n1,2,3,4\n"), options: options) { _ in } }?.line == 2)
        #expect(try records(source("a,b,c\n1,2,3\n"), options: options).count == 2)
    }

    @Test("real files of the register come out with the columns they have")
    func realFiles() throws {
        let ofsted = try records(fixture("ofsted-2021.csv"))
        #expect(ofsted.count == 81)
        #expect(Set(ofsted.map { $0.count }) == [50])
        let sample = try records(fixture("provider-sample.csv"))
        #expect(sample.allSatisfy { $0.count == 47 })
        let gias = try records(fixture("gias-native-cp1252.csv"))
        #expect(gias.first?.count == 139)
    }
}
