import Files
import Testing

@Suite("What is written opens everywhere and comes back as it was")
struct CSVWriterTests {
    private func written(_ fields: [CSVWriter.Field]) -> String {
        var writer = CSVWriter(lineEnd: .lf)
        writer.write(fields)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("fields are quoted where they must be, numbers stay numbers")
    func shapes() {
        #expect(written(["a", 70, -3, 0.5, .empty, .decimal(.nan), .optional(nil as String?)]) == "a,70,-3,0.5,,,\n")
        #expect(
            written(["x,y", "say \"hi\"", "l1\nl2", " edge "]) == "\"x,y\",\"say \"\"hi\"\"\",\"l1\nl2\",\" edge \"\n")
        #expect(written([""]) == "\"\"\n")
        #expect(written(["", ""]) == ",\n")
        #expect(written([]) == "\n")
    }

    @Test("the byte order mark and line ends are as asked")
    func frame() {
        var writer = CSVWriter(byteOrderMark: true)
        writer.write(texts: ["a"])
        #expect(writer.bytes == [0xEF, 0xBB, 0xBF, 0x61, 13, 10])
    }

    @Test(
        "no text can become a formula",
        arguments: ["=1+1", "+44 20 7946 0000", "-cmd|x", "@SUM(A1)", "\tx", "\r=1", "\n=1", "＝1"])
    func formulas(text: String) throws {
        let line = written([.text(text)])
        let cell = try records(line).first?.first ?? ""
        #expect(cell == "'\(text)")
        #expect(CSVWriter.unguarded(cell) == text)
    }

    @Test("a lone dash, negative numbers and plain texts are left alone")
    func unguardedTexts() {
        for text in ["-", "", "Rainbow", "'tis", "9-10", "a=b", "''"] { #expect(CSVWriter.guarded(text) == text) }
        #expect(written([.decimal(-0.14732), .number(-5)]) == "-0.14732,-5\n")
        #expect(CSVWriter.guarded("'=x") == "''=x")
        #expect(CSVWriter.unguarded("'tis") == "'tis" && CSVWriter.unguarded("'-") == "'-")
    }

    @Test("any text at all survives writing and reading", arguments: 0..<4 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = Seeded(seed)
        let alphabet = [
            "\"", ",", ";", "\n", "\r", "\r\n", "\t", "'", "=", "-", "+", "@", "é", "😀", "e\u{301}", "a", " ", "\u{A0}",
            "x",
        ]
        for _ in 0..<400 {
            let table = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                (0..<Int.random(in: 1...6, using: &random)).map { _ in
                    (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(alphabet) }.joined()
                }
            }
            for lineEnd in [CSVWriter.LineEnd.crlf, .lf] {
                var writer = CSVWriter(byteOrderMark: true, lineEnd: lineEnd)
                for row in table { writer.write(texts: row) }
                let back = try records(
                    .bytes(writer.bytes, name: "out.csv"), options: CSV.Options(delimiter: UInt8(ascii: ",")))
                #expect(
                    back.map { $0.map { Array(CSVWriter.unguarded($0).utf8) } }
                        == table.map { $0.map { Array($0.utf8) } })
            }
        }
    }
}
