import Files
import Testing

@Suite("The header is found by what it says")
struct HeaderTests {
    private let spec = HeaderSpec([
        HeaderSpec.Column("Provider URN", aliases: ["CA Reference"], required: true),
        HeaderSpec.Column("Provider name", required: true),
        HeaderSpec.Column("Postcode", aliases: ["Provider postcode"], required: true),
        HeaderSpec.Column("Registered person name"),
        HeaderSpec.Column("Provider town", aliases: ["ProviderTtown"]),
        HeaderSpec.Column("Places"),
    ])

    private func urns(_ source: ByteSource) throws -> [String] {
        var found: [String] = []
        try Table.read(source, header: spec) { row, header in found.append(row.text(header["Provider URN"])) }
        return found
    }

    @Test("in every real shape of the publication")
    func realShapes() throws {
        #expect(try urns(fixture("ofsted-2021.csv")).count == 80)
        #expect(try urns(fixture("provider-sample.csv")).first == "520917")
        #expect(try urns(fixture("childminder_agencies_2023-11-21.csv")).allSatisfy { $0.hasPrefix("CA") })
        #expect(try urns(fixture("ofsted-accents-cp1252.csv")).count == 12)
    }

    @Test("below titles and notes, with names in other letters, underlines and no-break spaces")
    func drift() throws {
        let text = """
            Childcare providers and inspections as at 31 December 2025
            "Notes: the Provider URN, in column B"

            Web link,PROVIDER_URN,\u{A0}provider  NAME,Provider Postcode ,ProviderTtown,Registered_Person_Name,Ward

            x,EY1,Rainbow,E15 4QZ,LONDON,Someone,Beckton
            ,,,,,,
            x,EY2
            """
        var lines: [Int] = []
        var match: HeaderMatch?
        let summary = try Table.read(source(text), header: spec, start: { match = $0 }) { row, header in
            lines.append(row.line)
            if lines.count == 1 {
                #expect(row.text(header["Postcode"]) == "E15 4QZ")
                #expect(row.text(header["Provider town"]) == "LONDON")
                #expect(row.text(header["Registered person name"]) == "Someone")
                #expect(row.text(header["Places"]) == "")
                #expect(row.text(header.index(ofHeader: "ward")) == "Beckton")
            }
        }
        #expect(lines == [6, 8] && summary.records == 2)
        #expect(match?.line == 4)
        #expect(match?["Places"] == nil)
        #expect(match?.unknown == ["Web link", "Ward"])
        #expect(match?.missing == [])
    }

    @Test("a file without it is refused, naming what is missing and what is not known")
    func refusal() throws {
        let text = "Title\nProvider URN,Provider name,Post code,Colour\n1,2,3,4\n"
        do {
            _ = try urns(source(text, name: "mine.csv"))
            Issue.record("it was read")
        } catch let refusal as HeaderRefusal {
            #expect(refusal.file == "mine.csv" && refusal.line == 2)
            #expect(refusal.missing == ["Postcode"])
            #expect(refusal.unknown == ["Post code", "Colour"])
            #expect(refusal.message.contains("Postcode") && refusal.message.contains("Colour"))
        }
        #expect(throws: HeaderRefusal.self) { try urns(source("")) }
        #expect(throws: HeaderRefusal.self) { try urns(source("a,b\n1,2\n")) }
    }

    @Test("it is looked for in fifty rows and no further")
    func depth() throws {
        let header = "Provider URN,Provider name,Postcode\nEY1,a,b\n"
        #expect(try urns(source(String(repeating: "note\n", count: 49) + header)) == ["EY1"])
        #expect(throws: HeaderRefusal.self) { try urns(source(String(repeating: "note\n", count: 50) + header)) }
    }

    @Test("of two columns of the same name the first wins, of two names for one column the better; both are said")
    func duplicates() throws {
        let match = spec.match(["Provider postcode", "Places", "Provider URN", "Postcode", "places", "", ""], line: 1)
        #expect(match["Postcode"] == 3 && match["Places"] == 1)
        #expect(match.duplicates == ["Provider postcode", "places"])
        #expect(match.missing == ["Provider name"])
        #expect(match.unknown == [])
    }

    @Test("what people bring by mistake is refused by name")
    func mistakes() {
        let cases: [([UInt8], String)] = [
            (Array("%PDF-1.7".utf8), "PDF"), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], "old Excel"),
            (Array("\n<!DOCTYPE html><html>".utf8), "web page"), (Array("{\"a\": 1}".utf8), "JSON"),
            (Array("<?xml version=\"1.0\"?>".utf8), "XML"),
        ]
        for (bytes, word) in cases {
            let found = problem { _ = try Table.peek(.bytes(bytes, name: "x")) }
            #expect(found?.kind == .unsupported && found?.message.contains(word) == true, "\(word)")
        }
    }

    @Test("a preview gives the first rows of any table")
    func preview() throws {
        #expect(try Table.peek(fixture("childminder_agencies_2021-08-31.csv"), rows: 3).count == 3)
        #expect(try Table.peek(source("a,b\n"), rows: 0) == [])
        #expect(try Table.peek(source("a,b\n")) == [["a", "b"]])
        #expect(try Table.sheets(source("a,b\n")) == [])
    }
}
