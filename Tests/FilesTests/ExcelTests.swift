import Testing

@testable import Files

@Suite("XLSX files are read as the table their maker saw")
struct ExcelTests {
    private let spec = HeaderSpec([
        HeaderSpec.Column("Provider URN", required: true), HeaderSpec.Column("Provider name", required: true),
        HeaderSpec.Column("Registration date"), HeaderSpec.Column("Places"), HeaderSpec.Column("Latitude"),
        HeaderSpec.Column("Provider address line 1"), HeaderSpec.Column("Inspected at"),
        HeaderSpec.Column("On the register?"),
    ])

    @Test("the table is found on whichever visible sheet has its header, and reads like the CSV it came from")
    func findsSheet() throws {
        var rows = 0
        let original = try namedSettings()
        let summary = try Table.read(fixture("register.xlsx"), header: spec, start: { #expect($0.line == 4) }) {
            row, header in
            #expect(row.text(header["Provider URN"]) == original[rows].urn)
            #expect(row.text(header["Registration date"]) == original[rows].registered)
            #expect(row.text(header["Places"]) == original[rows].places)
            rows += 1
            #expect(row.line == 4 + rows)
            #expect(row.text(header["Latitude"]) == "\(51 + (rows + 3) / 10).\((rows + 3) % 10)1038")
            #expect(row.text(header["Inspected at"]) == "2025-12-31T09:30:15")
            #expect(row.text(header["On the register?"]) == (rows % 2 == 1 ? "TRUE" : "FALSE"))
            if rows == 4 { #expect(row.text(header["Provider name"]).hasSuffix("– Café")) }
            if rows == 5 { #expect(row.text(header["Provider name"]) == "two\nlines & <tags>") }
            if rows == 6 { #expect(row.text(header["Provider address line 1"]) == "") }
        }
        #expect(rows == 25 && summary.records == rows && summary.sheet == "D1_Childcare_providers")
    }

    @Test(
        "hidden sheets are passed over unless asked for by name; a name that is not there is refused with those that are"
    )
    func sheets() throws {
        let file = try fixture("register.xlsx")
        #expect(try Table.sheets(file) == ["Cover", "D1_Childcare_providers"])
        #expect(try Table.peek(file) == [["Childcare providers and inspections"], ["See the sheet D1"]])
        #expect(try Table.peek(file, sheet: "workings").last == ["hidden"])
        let found = problem { _ = try Table.peek(file, sheet: "Sheet9") }
        #expect(found?.message.contains("D1_Childcare_providers") == true)
        let hidden = workbook(sheets: [(name: "A", state: "veryHidden", xml: "<worksheet/>")])
        #expect(problem { _ = try Table.peek(.bytes(hidden.bytes, name: "x")) }?.message.contains("visible") == true)
    }

    @Test("texts in the cell and formatted texts are whole; days are days; gaps are empty fields")
    func inline() throws {
        let rows = try Table.peek(fixture("inline.xlsx"))
        #expect(
            rows == [
                ["Name", "Day", "Share"], ["Beckton Nursery", "2024-02-29", "0.25"],
                ["Plaistow", "1934-05-01", "0.3"], ["Red House School", "", "", "", "far"],
            ])
        #expect(try Table.peek(.bytes(gzip(rawBytes("inline.xlsx")), name: "inline.xlsx.gz")) == rows)
    }

    @Test("every kind of cell, with and without references, gives its text")
    func cells() throws {
        let cells = """
            <row r="2"><c r="B2" t="s"><v>1</v></c><c t="inlineStr"><is><r><t>a</t></r><rPh><t>no</t></rPh><r><t> b</t></r></is></c>\
            <c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>x&amp;y</v></c><c><v>1.5E3</v></c>\
            <c><v>51.410380000000003</v></c><c t="d"><v>2024-02-29T00:00:00</v></c><c/></row><row><c t="s"><v>0</v></c></row><row r="9"/>
            """
        let rows = try sheetRows(cells, strings: "<si><t>first_x000D_</t></si><si><t xml:space='preserve'> é </t></si>")
        #expect(rows == [["", " é ", "a b", "FALSE", "#N/A", "x&y", "1500", "51.41038", "2024-02-29"], ["first"]])
    }

    @Test("a number is a day only if its format shows one")
    func dates() throws {
        let days: [(String, Bool)] = [
            ("dd/mm/yyyy", true), ("[$-809]d mmmm yyyy;@", true), ("[h]:mm", true), ("0.00", false),
            ("\"days\" 0", false),
            ("[Red]#,##0", false), ("\\d0", false), ("0;[Red]d", false), ("General", false), ("[Magenta]0", false),
            ("0%", false),
        ]
        for (code, isDate) in days { #expect(DateStyles.showsDate(code) == isDate, "\(code)") }
        let styles = """
            <numFmts><numFmt numFmtId="164" formatCode="dd\\/mm\\/yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
            <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>
            """
        let cells = """
            <row><c s="0"><v>45351</v></c><c s="1"><v>45351</v></c><c s="2"><v>45351.5</v></c><c s="2"><v>0.25</v></c><c s="1"><v>60</v></c>\
            <c s="1"><v>59</v></c><c s="1"><v>61</v></c><c s="1"><v>-5</v></c></row>
            """
        #expect(
            try sheetRows(cells, styles: styles) == [
                ["45351", "2024-02-29", "2024-02-29T12:00:00", "06:00:00", "60", "1900-02-28", "1900-03-01", "-5"]
            ])
        let from1904 = "<row><c s=\"1\"><v>43889</v></c><c s=\"1\"><v>0</v></c></row>"
        #expect(
            try sheetRows(from1904, styles: styles, properties: "<workbookPr date1904='1'/>") == [
                ["2024-02-29", "1904-01-01"]
            ])
    }

    @Test("day numbers run through every day without a gap, leap years included")
    func allDays() {
        var year = 1900, month = 3, day = 1
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for serial in 61...60_000 {
            let text = SerialDate.text(Double(serial), countsFrom1904: false)
            let expected = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
            if text != expected { Issue.record("\(serial) is \(text ?? "nil"), not \(expected)") }
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            day += 1
            if day > lengths[month - 1] + (month == 2 && isLeap ? 1 : 0) { (day, month) = (1, month + 1) }
            if month > 12 { (month, year) = (1, year + 1) }
        }
    }

    @Test("column references are read up to XFD and no further")
    func columns() {
        func column(_ text: String) -> Int? { Array(text.utf8).withUnsafeBufferPointer { SheetReader.column($0) } }
        #expect(column("A1") == 0 && column("Z9") == 25 && column("AA10") == 26 && column("XFD1") == 16_383)
        #expect(column("XFE1") == nil && column("7") == nil && column("ZZZZZZZZZZZZZZZZ1") == nil)
    }

    @Test("reading stops early, and progress can end it")
    func stopping() throws {
        let summary = try Table.read(fixture("register.xlsx"), sheet: "D1_Childcare_providers") { _ in
            throw StopReading()
        }
        #expect(summary.records == 1 && summary.stoppedEarly)
        struct Cancelled: Error {}
        #expect(throws: Cancelled.self) {
            try Table.read(fixture("register.xlsx"), progress: { _ in throw Cancelled() }) { _ in }
        }
    }
}
