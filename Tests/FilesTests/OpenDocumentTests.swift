import Testing

@testable import Files

@Suite("ODS files are read as the table their maker saw")
struct OpenDocumentTests {
    private func ods(_ tables: String, styles: String = "") -> ByteSource {
        var zip = ZipMaker()
        zip.add("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        zip.add(
            "content.xml",
            "<office:document-content><office:automatic-styles>\(styles)</office:automatic-styles>"
                + "<office:body><office:spreadsheet>\(tables)</office:spreadsheet></office:body></office:document-content>"
        )
        return .bytes(zip.bytes, name: "list.ods")
    }

    @Test("the published shape: a cover, a hidden sheet, three rows above the header, a million empty rows below")
    func published() throws {
        let file = try fixture("register.ods")
        #expect(try Table.sheets(file) == ["Cover", "D1_Childcare_providers"])
        let spec = HeaderSpec([
            HeaderSpec.Column("Provider URN", required: true), HeaderSpec.Column("Registration date", required: true),
            HeaderSpec.Column("Provider name"), HeaderSpec.Column("Places"), HeaderSpec.Column("Latitude"),
            HeaderSpec.Column("Provider address line 1"), HeaderSpec.Column("On the register?"),
        ])
        let original = try namedSettings()
        var rows = 0
        let summary = try Table.read(file, header: spec, start: { #expect($0.line == 4) }) { row, header in
            #expect(row.text(header["Provider URN"]) == original[rows].urn)
            #expect(row.text(header["Registration date"]) == original[rows].registered)
            #expect(row.text(header["Places"]) == original[rows].places)
            #expect(row.text(header["Latitude"]) == "\(51 + (rows + 4) / 10).\((rows + 4) % 10)1038")
            rows += 1
            #expect(row.line == 4 + rows)
            #expect(row.text(header["On the register?"]) == (rows % 2 == 1 ? "TRUE" : "FALSE"))
            if rows == 3 { #expect(row.text(header["Provider name"]).hasSuffix("\nsecond line")) }
            if rows == 6 { #expect(row.text(header["Provider address line 1"]) == "") }
        }
        #expect(rows == 12 && summary.sheet == "D1_Childcare_providers")
    }

    @Test("repeated cells and rows, spaces, notes, covered cells and values")
    func cells() throws {
        let tables = """
            <table:table table:name="A"><table:table-header-rows><table:table-row>
            <table:table-cell table:number-columns-repeated="2"/><table:table-cell table:number-columns-repeated="2" \
            office:value-type="float" office:value="1500.0"><text:p>1,500</text:p></table:table-cell>
            <table:covered-table-cell office:value-type="string"><text:p>under</text:p></table:covered-table-cell>
            <table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation>
            <text:p>a<text:s text:c="2"/>b<text:span>c</text:span><text:tab/>d</text:p>
            <text:p>e</text:p></table:table-cell></table:table-row></table:table-header-rows>
            <table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="percentage" office:value="0.25"/>\
            <table:table-cell office:value-type="date" office:date-value="2024-02-29T00:00:00"/></table:table-row>
            <table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"/>
            </table:table-row></table:table><table:table table:name="B"><table:table-row><table:table-cell><text:p>other</text:p>\
            </table:table-cell></table:table-row></table:table>
            """
        var lines: [Int] = []
        var rows: [[String]] = []
        try Table.read(ods(tables)) { row in
            lines.append(row.line)
            rows.append(row.fields)
        }
        let repeated = ["0.25", "2024-02-29"]
        #expect(rows == [["", "", "1500", "1500", "", "a  bc\td\ne"], repeated, repeated, repeated])
        #expect(lines == [1, 2, 3, 4])
        #expect(try Table.peek(ods(tables), sheet: "B") == [["other"]])
    }

    @Test("a short file that repeats a long row without end is refused")
    func swelling() {
        let cell =
            "<table:table-cell table:number-columns-repeated=\"16000\"><text:p>\(String(repeating: "x", count: 500))</text:p>"
        let row = "<table:table-row table:number-rows-repeated=\"1000000\">\(cell)</table:table-cell></table:table-row>"
        let found = problem { try Table.read(ods("<table:table table:name='A'>\(row)</table:table>")) { _ in } }
        #expect(found?.kind == .tooLarge)
    }

    @Test("a file with a password and an office file that is no spreadsheet are refused by name")
    func refused() {
        var zip = ZipMaker()
        zip.add("content.xml", "not even XML")
        zip.add("META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>")
        #expect(problem { _ = try Table.peek(.bytes(zip.bytes, name: "x.ods")) }?.message.contains("password") == true)
        var text = ZipMaker()
        text.add("content.xml", "<document-content><body><text/></body></document-content>")
        #expect(
            problem { _ = try Table.peek(.bytes(text.bytes, name: "x.odt")) }?.message.contains("not a spreadsheet")
                == true)
    }
}
