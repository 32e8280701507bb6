import Testing

@testable import Files

@Suite("Spreadsheets that are damaged or made to harm are refused in words")
struct HostileSpreadsheetTests {
    private let sheet = "<worksheet><sheetData><row><c t='str'><v>x</v></c></row></sheetData></worksheet>"

    private func made() -> ZipMaker { workbook(sheets: [(name: "A", state: "visible", xml: sheet)]) }

    private func refusal(_ zip: ZipMaker, limit: Int = 2 << 30) -> FileProblem? {
        var source = ByteSource.bytes(zip.bytes, name: "list.xlsx")
        source.limit = limit
        return problem { try Table.read(source) { _ in } }
    }

    @Test("the same file without a fault is read, stored and deflated")
    func control() {
        var zip = made()
        #expect(refusal(zip) == nil)
        for index in zip.entries.indices { zip.entries[index].method = 8 }
        #expect(refusal(zip) == nil)
    }

    @Test("a real file cut short anywhere is refused")
    func cutShort() throws {
        let whole = try rawBytes("inline.xlsx")
        for length in stride(from: 4, to: whole.count, by: 7) {
            let found = problem { try Table.read(.bytes(Array(whole[0..<length]), name: "x.xlsx")) { _ in } }
            #expect(found?.kind == .damaged, "cut to \(length)")
        }
    }

    @Test("a real file with bytes altered is read or refused, never worse", arguments: 0..<3 as Range<UInt64>)
    func altered(seed: UInt64) throws {
        var random = Seeded(seed)
        for name in ["inline.xlsx", "register.ods"] {
            let whole = try rawBytes(name)
            for _ in 0..<150 {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                do {
                    try Table.read(.bytes(bytes, name: name)) { _ = $0.fields }
                } catch let found as FileProblem {
                    #expect(!found.message.isEmpty)
                } catch {
                    Issue.record("an error of another kind: \(error)")
                }
            }
        }
    }

    @Test("an entry that unpacks to more than it says, or to something else, is refused")
    func lying() {
        var longer = made()
        longer.entries[1].method = 8
        longer.entries[1].claimedSize = 10
        #expect(refusal(longer)?.kind == .damaged)
        var altered = made()
        altered.entries[1].claimedChecksum = 1
        #expect(refusal(altered)?.kind == .damaged)
    }

    @Test("an archive that swells is refused before it is unpacked")
    func swelling() {
        var zip = made()
        zip.entries[1].method = 8
        zip.entries[1].claimedSize = 100 << 20
        #expect(refusal(zip)?.kind == .tooLarge)
        zip.entries[1].claimedSize = 3 << 20
        #expect(refusal(zip, limit: 1 << 20)?.message.contains("1 MB") == true)
    }

    @Test("passwords, unknown packing, binary workbooks and other office files are refused by name")
    func unsupported() {
        var locked = made()
        locked.entries[1].flags = 1
        #expect(refusal(locked)?.message.contains("password") == true)
        var packed = made()
        packed.entries[1].method = 12
        #expect(refusal(packed)?.kind == .unsupported)
        var plain = ZipMaker()
        plain.add("list.csv", "a,b")
        #expect(refusal(plain)?.message.contains("zip archive") == true)
        var word = ZipMaker()
        word.add("_rels/.rels", "<R><Relationship Id='a' Type='x/officeDocument' Target='word/document.xml'/></R>")
        word.add("word/document.xml", "<document/>")
        #expect(refusal(word)?.message.contains("not a spreadsheet") == true)
        var binary = ZipMaker()
        binary.add("_rels/.rels", "<R><Relationship Id='a' Type='x/officeDocument' Target='xl/workbook.bin'/></R>")
        #expect(refusal(binary)?.message.contains(".xlsb") == true)
    }

    @Test("names that lead out of the archive, and two of the same name, are refused")
    func names() {
        for name in ["../../etc/passwd", "/etc/passwd", "a\\..\\b", "xl/../../x", "C:/x"] {
            var zip = made()
            zip.add(name, "x")
            #expect(refusal(zip) != nil, "\(name)")
        }
        var twice = made()
        twice.add("xl/workbook.xml", "<workbook/>")
        #expect(refusal(twice)?.kind == .damaged)
    }

    @Test("a sheet with entities, a text that is not there, or rows and cells out of order is refused")
    func contents() {
        let lol = "<!DOCTYPE x [<!ENTITY a 'lol'><!ENTITY b '&a;&a;'>]><worksheet><sheetData/></worksheet>"
        #expect(refusal(workbook(sheets: [(name: "A", state: "visible", xml: lol)]))?.kind == .unsupported)
        #expect(problem { _ = try sheetRows("<row><c t='s'><v>7</v></c></row>") }?.kind == .damaged)
        #expect(problem { _ = try sheetRows("<row r='2'/><row r='2'/>") }?.kind == .malformed)
        #expect(problem { _ = try sheetRows("<row r='9999999'/>") }?.kind == .malformed)
        #expect(
            problem { _ = try sheetRows("<row><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>") }?.kind == .malformed
        )
        #expect(problem { _ = try sheetRows("<row><c r='B1'><v>1</v></c>") }?.kind == .malformed)
    }

    @Test("links to other places are not followed")
    func links() throws {
        var zip = made()
        for index in zip.entries.indices where zip.entries[index].name == "_rels/.rels" {
            zip.entries[index].bytes = Array(
                ("<R><Relationship Id='a' Type='x/officeDocument' TargetMode='External' Target='http://example.org/x.xml'/>"
                    + "<Relationship Id='b' Type='x/officeDocument' Target='../../xl/workbook.xml'/></R>").utf8)
        }
        #expect(refusal(zip) == nil)
    }
}
