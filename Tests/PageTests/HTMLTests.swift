import Page
import TestKit
import Testing

@Suite("HTML: literals are code, values are data")
struct HTMLTests {
    @Test("Text put into a page is escaped between tags and in attributes")
    func escapes() {
        let name = "Tom & \"Jerry's\" <b>"
        let page: HTML = "<p title=\"\(name)\">\(name)</p>"
        let safe = "Tom &amp; &quot;Jerry&#39;s&quot; &lt;b&gt;"
        #expect(page.string == "<p title=\"\(safe)\">\(safe)</p>")
    }

    @Test("Numbers, optional values, parts of text and characters are data too")
    func values() {
        let part = "<a><b>".prefix(3)
        let none: String? = nil
        let some: String? = "<"
        let count: Int? = nil
        let character: Character = "\""
        let page: HTML = "\(part)|\(none)|\(some)|\(count)|\(-42)|\(UInt8(7))|\(Int.min)|\(character)|\(1.25, digits: 1)"
        #expect(page.string == "&lt;a&gt;||&lt;||-42|7|-9223372036854775808|&quot;|1.3")
    }

    @Test("Pieces nest as they are, once escaped and not twice")
    func nests() {
        let inner: HTML = "<b>\("&")</b>"
        let none: HTML? = nil
        let page: HTML = "<p>\(inner)\(none)\([inner, inner])\(Tag("<"))</p>"
        let tag = "<span class=\"tag plain\"><bdi>&lt;</bdi></span>"
        #expect(page.string == "<p><b>&amp;</b><b>&amp;</b><b>&amp;</b>\(tag)</p>")
    }

    @Test("Attributes are written whole or not at all")
    func attributes() {
        let page: HTML = """
            <input\(attribute: "checked", when: true)\(attribute: "disabled", when: false)\
            \(attribute: "value", value: "\"")\(attribute: "id", value: nil as String?)\(attribute: "size", value: 3)>
            """
        #expect(page.string == "<input checked value=\"&quot;\" size=\"3\">")
    }

    @Test("A loop over rows gives the rows in order")
    func loops() {
        #expect((1...3).html { "<li>\($0)</li>" }.string == "<li>1</li><li>2</li><li>3</li>")
        let list: [HTML] = ["<i>", "</i>"]
        #expect(list.joined == "<i></i>")
        #expect(HTML(text: "<").string == "&lt;")
        #expect(HTML(trusted: "<hr>").string == "<hr>")
        #expect(("<i>" as HTML) + "</i>" == "<i></i>")
    }

    @Test("A query is percent-encoded and stays one attribute value")
    func queries() {
        let page: HTML = "<a href=\"/s?\(query: [("q", "a&b=\"c\" é"), ("x y", "1")])\">x</a>"
        #expect(page.string == "<a href=\"/s?q=a%26b%3D%22c%22+%C3%A9&amp;x+y=1\">x</a>")
        #expect(("\(segment: "a/b?c#d e")" as HTML).string == "a%2Fb%3Fc%23d%20e")
        #expect(("/x/\(segment: "..")/y" as HTML).string == "/x/%2E%2E/y")
    }

    @Test("Numbers are written as people read them")
    func numbers() {
        #expect(grouped(70_980) == "70,980")
        #expect(grouped(-1_234_567) == "-1,234,567")
        #expect(grouped(999) == "999")
        #expect(("\(-0.05, digits: 1)" as HTML).string == "-0.1")
        #expect(("\(2.0, digits: 0)" as HTML).string == "2")
        #expect(("\(Double.nan, digits: 1)" as HTML).string == "–")
        #expect(("\(1e300, digits: 1)" as HTML).string == "–")
    }

    @Test("Addresses keep the order of their query and change one name at a time")
    func addresses() {
        let address = PageAddress("/settings", [("q", "a b"), ("page", "3"), ("sort", "name")])
        #expect(address.with("page", nil).href == "/settings?q=a+b&sort=name")
        #expect(address.with("q", "c").href == "/settings?q=c&page=3&sort=name")
        #expect(address.with("new", "1").without("q", "page").href == "/settings?sort=name&new=1")
        #expect(PageAddress("/x").href == "/x")
    }
}
