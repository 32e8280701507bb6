import Foundation
import Testing

@testable import Files

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Writes down a document as Foundation's parser sees it, to hold ours against.
private final class Listener: NSObject, XMLParserDelegate {
    var events: [String] = []
    private var text = ""

    private func flush() {
        if !text.isEmpty { events.append("text \(text)") }
        text = ""
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        flush()
        events.append("start \(name) \(attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })")
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        flush()
        events.append("end \(name)")
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, foundCDATA block: Data) { text += String(decoding: block, as: UTF8.self) }
}

@Suite("XML is read in full and nothing in it can reach out or swell")
struct XMLTests {
    private func ours(_ text: [UInt8], buffer: Int = 64 << 10) throws -> [String] {
        var limits = XMLScanner.Limits()
        limits.buffer = buffer
        let scanner = try XMLScanner(ByteSource.bytes(text, name: "x.xml").open(), limits: limits)
        var events: [String] = []
        var pending: [UInt8] = []
        while true {
            let token = try scanner.next()
            if token != .text, !pending.isEmpty {
                events.append("text \(String(decoding: pending, as: UTF8.self))")
                pending = []
            }
            switch token {
            case .finish: return events
            case .text: try scanner.appendText(to: &pending)
            case .end: events.append("end \(scanner.nameText)")
            case .start:
                var attributes: [String: String] = [:]
                for attribute in scanner.attributes {
                    attributes[scanner.string(attribute.name)] = try scanner.value(attribute.value)
                }
                let list = attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                events.append("start \(scanner.nameText) \(list)")
            }
        }
    }

    private func theirs(_ text: [UInt8]) -> [String]? {
        let listener = Listener()
        let parser = XMLParser(data: Data(text))
        parser.delegate = listener
        return parser.parse() ? listener.events : nil
    }

    @Test(
        "the authority feed comes out as Foundation's own parser reads it, whatever the buffer",
        arguments: [1, 7, 64, 65_536])
    func feed(buffer: Int) throws {
        let text = try fixture("feed.xml").readAll()
        #expect(try ours(text, buffer: buffer) == theirs(text))
    }

    @Test("random documents come out as Foundation's own parser reads them", arguments: 0..<4 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var random = Seeded(seed)
        let texts = [
            "x", " ", "&amp;", "&lt;", "&#233;", "&#x1F600;", "é", "\n", "<![CDATA[<&]]>", "<!-- - -->", "<?p i?>", ">",
            "'",
        ]
        let values = ["", "1", "&quot;", "a > b", "é", "&#10;"]
        func element(_ depth: Int) -> String {
            let name = random.pick(["a", "b-c", "d.e", "é", "_f"])
            var tag = "<\(name)"
            for attribute in ["k", "l"] where Bool.random(using: &random) {
                tag += " \(attribute) = \"\(random.pick(values))\""
            }
            let content = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                depth < 5 && Bool.random(using: &random) ? element(depth + 1) : random.pick(texts)
            }
            return content.isEmpty ? "\(tag) />" : "\(tag)>\(content.joined())</\(name)>"
        }
        for _ in 0..<150 {
            let text = Array("<?xml version=\"1.0\"?>\n<!-- x -->\(element(0))\n".utf8)
            let buffer = Int.random(in: 1...40, using: &random)
            let expected = try #require(theirs(text))
            let found = (try? ours(text, buffer: buffer)) ?? ["refused"]
            #expect(found == expected, "seed \(seed): \(String(decoding: text, as: UTF8.self))")
        }
    }

    @Test(
        "what is not well formed is refused, also where Foundation's own parser lets it pass",
        arguments: [
            "", "<a>", "<a></b>", "<a/><b/>", "text", "<a>&nbsp;</a>", "<a>&</a>", "<a>&#0;</a>", "<a b=1/>",
            "<a b='1' b='2'/>", "<a b/>",
            "<a b='<'/>", "</a>", "<a", "<a b='", "<!-- ", "<a><![CDATA[x</a>", "<1a/>", "< a/>", "<a/>text",
            "<a>\u{1}</a>", "<a b='1'c='2'/>",
            "<a></a x>", "<a>&#xD800;</a>", "<a>&amp</a>", "<>", "<a><</a>", "<a b=\"x/>",
        ])
    func malformed(text: String) {
        let found = problem { _ = try ours(Array(text.utf8)) }
        #expect(found != nil && found?.message.isEmpty == false)
        #expect(problem { _ = try ours(Array(text.utf8), buffer: 1) } == found)
    }

    @Test("a document type is refused, so a billion laughs and files from elsewhere do not come in")
    func documentType() {
        let laughs = """
            <?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]><lolz>&lol2;</lolz>
            """
        let outside = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"
        let entity = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"
        for text in [laughs, outside, entity] {
            for encoded in [
                Array(text.utf8), utf16(text, bigEndian: true, mark: true), utf16(text, bigEndian: false, mark: false),
            ] {
                let found = problem { _ = try Tree.read(.bytes(encoded, name: "x.xml")) }
                #expect(found?.kind == .unsupported && found?.message.contains("DOCTYPE") == true)
            }
        }
    }

    @Test("depth, size and number of nodes are bounded")
    func bounds() {
        let deep = String(repeating: "<a>", count: 500) + String(repeating: "</a>", count: 500)
        #expect(problem { _ = try Tree.read(source(deep)) }?.kind == .tooLarge)
        var limits = Tree.Limits()
        limits.nodes = 10
        let wide = "<a>" + String(repeating: "<b/>", count: 20) + "</a>"
        #expect(problem { _ = try Tree.read(source(wide), limits: limits) }?.kind == .tooLarge)
        limits = Tree.Limits()
        limits.bytes = 1000
        let long = "<a>" + String(repeating: "x", count: 2000) + "</a>"
        #expect(problem { _ = try Tree.read(source(long), limits: limits) }?.kind == .tooLarge)
        #expect(
            problem { _ = try Tree.read(.bytes(gzip(Array(long.utf8)), name: "x.gz"), limits: limits) }?.kind
                == .tooLarge)
    }

    @Test("a refusal names the line")
    func lines() {
        #expect(problem { _ = try ours(Array("<a>\n<b>\n</a>\n".utf8)) }?.line == 3)
        #expect(problem { _ = try ours([0x3C, 0x61, 0x3E, 10, 0xE9, 0x3C]) }?.message.contains("UTF-8") == true)
    }

    @Test("UTF-16 and a declared Windows-1252 are read")
    func encodings() throws {
        let text = "<?xml version='1.0' encoding='UTF-16'?><a b='é'>Café 😀</a>"
        for bytes in [utf16(text, bigEndian: true, mark: true), utf16(text, bigEndian: false, mark: true)] {
            #expect(try Tree.read(.bytes(bytes, name: "x")).text("a") == "Café 😀")
        }
        let latin =
            Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>Caf".utf8) + [0xE9, 0x20, 0x96] + Array("</a>".utf8)
        #expect(try Tree.read(.bytes(latin, name: "x")).text("a") == "Café –")
    }
}
