import Page
import TestKit
import Testing

@Suite("HTML: attacks through values")
struct HTMLAttackTests {
    /// What a browser would make of a value between tags and in an attribute.
    private func survives(_ value: String) -> Bool {
        let page: HTML = "<p title=\"\(value)\">\(value)</p><i></i>"
        let bytes = page.bytes
        let dangerous: [UInt8] = Array("<>\"'".utf8)
        let inner = bytes.dropFirst("<p title=\"".utf8.count).dropLast("</p><i></i>".utf8.count)
        guard let middle = inner.firstRange(of: Array("\">".utf8)) else { return false }
        return inner[..<middle.lowerBound].allSatisfy { !dangerous.contains($0) }
            && inner[middle.upperBound...].allSatisfy { !dangerous.contains($0) }
    }

    @Test("A quote, a bracket or an ampersand followed by a combining mark is still escaped")
    func combiningMarks() {
        for mark in ["\u{301}", "\u{338}", "\u{200D}", "\u{FE0F}", "\u{E0101}", "\u{1F3FB}"] {
            for character in ["\"", "'", "<", ">", "&"] {
                let value = "x\(character)\(mark) onload=\"alert(1)"
                #expect(survives(value), "\(character) with U+\(mark.unicodeScalars.map { String($0.value, radix: 16) })")
            }
        }
    }

    @Test("Null bytes and forbidden controls become U+FFFD; tab, line feed and return stay")
    func controls() {
        for code in 0...0x1F as ClosedRange<UInt8> {
            let text = String(UnicodeScalar(code))
            let kept = [9, 10, 12, 13].contains(code)
            #expect(("\(text)" as HTML).string == (kept ? text : "\u{FFFD}"), "U+\(code)")
        }
        #expect(("a\("\u{7F}\u{0}<")b" as HTML).string == "a\u{FFFD}\u{FFFD}&lt;b")
    }

    @Test("Lone surrogates and broken UTF-8 arrive as U+FFFD and stay harmless")
    func invalidUTF8() {
        let cases: [[UInt8]] = [
            [0xED, 0xA0, 0x80, 0x22], [0xC0, 0xBC], [0xE0, 0x80, 0xBC], [0xF8, 0x22], [0xFF, 0x3C], [0xC3], [0xC3, 0x22, 0x3E],
        ]
        for bytes in cases {
            let value = String(decoding: bytes, as: UTF8.self)
            #expect(survives(value))
            #expect(HTMLDocument(("<p>\(value)</p>" as HTML).bytes).text == value)
        }
    }

    @Test("Ten megabytes of quotes are escaped, not cut")
    func large() {
        let value = String(repeating: "\"", count: 10_000_000)
        let page: HTML = "<p>\(value)</p>"
        // Six bytes for each: none was left as it was.
        #expect(page.bytes.count == 7 + 60_000_000)
    }

    @Test("What goes in as text comes out as the same text, whatever it is")
    func roundTrip() {
        var random = SeededRandom(7)
        let alphabet: [String] = [
            "<", ">", "&", "\"", "'", "&amp;", "</p>", "<script>", "-->", "é", "ছোট", "حضانة", "👩‍👧", "\u{301}", " ", "a", "]]>",
        ]
        for _ in 0..<500 {
            let value = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? ""
            }.joined()
            let page = HTMLDocument(("<p id=\"x\" title=\"\(value)\">\(value)</p>" as HTML).bytes)
            #expect(page.element(id: "x")?["title"] == value)
            let words = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(page.element(id: "x")?.text == words)
            #expect(page.all().count == 1)
        }
    }

    @Test("Addresses people wrote lead only to the web, to mail, to a telephone or into this site")
    func goodLinks() {
        let good: [String] = [
            "https://example.org/?a=1&b=2", "http://example.org", "HTTPS://EXAMPLE.ORG/x", "mailto:a@example.org", "tel:+442079460000",
            "otpauth://totp/Hub:ada%40example.org?secret=ABC",
            "/settings/1?x=2#y", "/", "  https://example.org/trimmed ", "https://বাংলা.example/পথ",
        ]
        for link in good {
            #expect(("\(link: link)" as HTML).string != "#", "\(link)")
        }
    }

    @Test("Every other address becomes #")
    func badLinks() {
        let bad: [String] = [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "data:text/html,<script>",
            "vbscript:x", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "/\n/evil.example", "https:evil",
            "http:/evil", "ftp://x", "file:///etc/passwd", "", "#", "?x", "relative", "https://", "mailto:", "tel:", "otpauth:", "\u{0}",
            "https://ok.example/\u{0}x", "https://a b", "\u{FEFF}javascript:alert(1)", "blob:https://x", "//", "https\u{301}://x",
        ]
        for link in bad {
            #expect(("\(link: link)" as HTML).string == "#", "\(link.debugDescription)")
        }
        let nothing: String? = nil
        #expect(("\(link: nothing)" as HTML).string == "#")
    }

    @Test("A checked address is still escaped for its attribute")
    func linksAreEscaped() {
        let page: HTML = "<a href=\"\(link: "https://x.example/\"><script>")\">x</a>"
        #expect(page.string == "<a href=\"https://x.example/&quot;&gt;&lt;script&gt;\">x</a>")
    }
}

/// SplitMix64: the same numbers on every machine.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
