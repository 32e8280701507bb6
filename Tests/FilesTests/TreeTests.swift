import Testing

@testable import Files

@Suite("XML and the JSON made of it read alike")
struct TreeTests {
    private func json(_ text: String) throws -> Tree { try Tree.read(source(text, name: "x.json")) }
    private func xml(_ text: String) throws -> Tree { try Tree.read(source(text, name: "x.xml")) }

    @Test("one child, many and none are lists of one, many and none")
    func oneManyNone() throws {
        let pairs: [(json: String, xml: String, count: Int)] = [
            ("{\"E\":{\"R\":{\"N\":\"1\"}}}", "<E><R><N>1</N></R></E>", 1),
            ("{\"E\":{\"R\":[{\"N\":\"1\"},{\"N\":\"2\"}]}}", "<E><R><N>1</N></R><R><N>2</N></R></E>", 2),
            ("{\"E\":{\"R\":[]}}", "<E></E>", 0), ("{\"E\":{\"R\":null}}", "<E><R/></E>", 0),
            ("{\"E\":{\"R\":\"\"}}", "<E><R> </R></E>", 0), ("{\"E\":{\"R\":{}}}", "<E><R xsi:nil='true'/></E>", 0),
            ("{\"E\":{}}", "<E/>", 0), ("{\"E\":null}", "<E/>", 0),
        ]
        for pair in pairs {
            for tree in [try json(pair.json), try xml(pair.xml)] {
                #expect(tree["E"]["R"].count == pair.count, "\(pair.json)")
                #expect(tree["E"]["R"]["N"].map { $0.text } == (0..<pair.count).map { "\($0 + 1)" })
                #expect(tree.text("E", "R", "N") == (pair.count > 0 ? "1" : ""))
            }
        }
    }

    @Test("the authority feed is read from both forms")
    func feed() throws {
        let fromXML = try Tree.read(fixture("feed.xml"))["OfstedChildcareRegisterLocalAuthorityExtract"]
        #expect(fromXML.first?.text("Extract", "LocalAuthority", "LocalAuthorityCode") == "825")
        let registration = try #require(fromXML["Registration"].first)
        #expect(registration.text("ReferenceNumber") == "EY12345" && registration.text("ProvisionType") == "CMR")
        #expect(registration["ChildcareAgeList"]["ChildcareAge"].count == 2)

        let root = "OfstedChildcareRegisterLocalAuthorityExtract"
        #expect(try Tree.read(fixture("feed-start.json"))[root]["Registration"].count == 1)
        #expect(try Tree.read(fixture("feed-added.json"))[root]["Registration"].count == 2)
        #expect(try Tree.read(fixture("feed-deleted.json"))[root]["Registration"].isEmpty)
        let start = try Tree.read(fixture("feed-start.json"))[root]["Registration"]
        #expect(
            start["RegistrationStatusHistoryList"]["RegistrationStatusHistory"]["ChangeDate"].map { $0.text } == [
                "2017-08-01"
            ])
        #expect(start.first?.text("Provider", "ProviderContact", "MobileNumber") == "")
    }

    @Test("attributes are keys that begin with @, prefixes are dropped, declarations left out")
    func attributes() throws {
        let fromXML = try xml("<o:a xmlns:o='u' xmlns='v' o:k='1&amp;2'> t <b/> u </o:a>")
        let fromJSON = try json(
            "{\"o:a\":{\"@xmlns:o\":\"u\",\"@xmlns\":\"v\",\"@o:k\":\"1&2\",\"#text\":\"t  u\",\"b\":null}}")
        #expect(fromXML == fromJSON)
        #expect(fromXML.first("a")?.attributes == ["k": "1&2"])
    }

    @Test("JSON values are the text they are written as; lists in lists are items")
    func values() throws {
        let tree = try json(
            "{\"a\":1.50,\"b\":true,\"c\":[1,[2,3]],\"d\":\"\\u00e9\\ud83d\\ude00\\n\\\"\\/\",\"e\":-1E+2,\"f\":\"\\u0000\"}"
        )
        #expect(tree.text("a") == "1.50" && tree.text("b") == "true" && tree.text("e") == "-1E+2")
        #expect(tree["c"].map { $0.text } == ["1", ""] && tree["c"]["item"].map { $0.text } == ["2", "3"])
        #expect(tree.text("d") == "é😀\n\"/" && tree.text("f") == "\u{FFFD}")
        #expect(try json("[{\"a\":1},{\"a\":2}]")["item"]["a"].map { $0.text } == ["1", "2"])
        #expect(try json("[{\"a\":1}]")["item"]["a"].map { $0.text } == ["1"])
        #expect(try json("[]").isEmpty)
        #expect(try json("\u{FEFF} {\"a\":1}").text("a") == "1")
        #expect(try Tree.read(.bytes(utf16("{\"a\":\"é\"}", bigEndian: false, mark: true), name: "x")).text("a") == "é")
    }

    @Test(
        "what is not JSON is refused with its line",
        arguments: [
            "{", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "[01]", "[1.]", "[.5]", "[+1]", "[1e]", "[\"\\x\"]",
            "[\"\\u12\"]", "[\"a\nb\"]", "[nul]",
            "{} {}", "[\"a", "[\"a\\", "{\"a\":1,}", "[-]", "[1 2]", "{\"a\" 1}", "[tru", "{\"a\":1", "[1",
            "[\"\\u12g4\"]",
        ])
    func malformedJSON(text: String) {
        let found = problem { _ = try json("\n\n" + text) }
        #expect(found?.kind == .malformed && (found?.line ?? 0) >= 3)
    }

    @Test("depth and number of nodes are bounded in JSON too, and bytes that are no UTF-8 refused")
    func bounds() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(problem { _ = try json(deep) }?.kind == .tooLarge)
        var limits = Tree.Limits()
        limits.nodes = 5
        #expect(problem { _ = try Tree.read(source("[1,2,3,4,5,6]"), limits: limits) }?.kind == .tooLarge)
        #expect(
            problem { _ = try Tree.read(.bytes([0x5B, 0x22, 0xE9, 0x22, 0x5D], name: "x")) }?.message.contains("UTF-8")
                == true)
        #expect(problem { _ = try json("") }?.message.contains("empty") == true)
        #expect(problem { _ = try json("hello") }?.kind == .unsupported)
    }

    @Test("bytes changed in real files give a tree or a refusal, never worse", arguments: 0..<3 as Range<UInt64>)
    func mutated(seed: UInt64) throws {
        var random = Seeded(seed)
        for name in ["feed.xml", "feed-added.json", "wards-multi.geojson"] {
            let whole = try fixture(name).readAll()
            for _ in 0..<120 {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = random.pick(
                        Array("<>\"'&;{}[]:,\\ 0e\u{1}".utf8))
                }
                bytes = Array(bytes.prefix(Int.random(in: 1...bytes.count, using: &random)))
                do {
                    _ = try Tree.read(.bytes(bytes, name: name))
                    _ = try GeoJSON.read(.bytes(bytes, name: name))
                } catch is FileProblem {
                } catch {
                    Issue.record("an error of another kind: \(error)")
                }
            }
        }
    }
}
