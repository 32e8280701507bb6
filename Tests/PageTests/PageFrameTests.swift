import Page
import TestKit
import Testing

@Suite("The frame of every page")
struct PageFrameTests {
    private func document(_ change: (inout PageFrame) -> Void = { _ in }) -> HTMLDocument {
        var frame = PageFrame(site: "Four Quarters Hub", heading: "Riverside mini-hub", content: "<p>Words.</p>")
        change(&frame)
        return HTMLDocument(frame.html.bytes)
    }

    @Test("The title names the page and the site, and says first when there is a problem")
    func titles() {
        #expect(document().title == "Riverside mini-hub – Four Quarters Hub")
        #expect(document { $0.title = "Settings near E16" }.title == "Settings near E16 – Four Quarters Hub")
        #expect(document { $0.heading = "Four Quarters Hub" }.title == "Four Quarters Hub")
        var errors = FieldErrors()
        errors.add("name", "Enter the name")
        let wrong = document {
            $0.errors = errors; $0.content = "<input id=\"name\" aria-label=\"Name\">"
        }
        #expect(wrong.title.hasPrefix("Problem: "))
        #expect(wrong.text.contains("There is a problem Enter the name"))
        #expect(wrong.all("a").contains { $0["href"] == "#name" && $0.text == "Enter the name" })
    }

    @Test("The rooms are named in words, twice: at the side and at the foot for phones, with the one you are in marked")
    func rooms() {
        let page = document { $0.rooms = [Link("Today", "/"), Link("Network", "/n", current: true)] }
        let marked = page.all("a").filter { $0["aria-current"] == "page" }
        #expect(marked.map(\.text) == ["Network", "Network"])
        #expect(page.all("nav").allSatisfy { $0.has("aria-label") })
    }

    @Test("The thumb bar holds at most four places")
    func thumb() {
        let page = document { $0.places = (1...6).map { Link("Place \($0)", "/\($0)") } }
        let bar = page.all("nav").first { $0["class"] == "thumb" }
        #expect(bar?.all("a").count == 4)
    }

    @Test("What was searched for stays in the search box; without a search there is none")
    func search() {
        let page = document { $0.search = "\"lark\" & co" }
        #expect(page.element(id: "site-search")?["value"] == "\"lark\" & co")
        #expect(page.all("form").first?["action"] == "/settings")
        #expect(document { $0.search = nil }.all("form").isEmpty)
    }

    @Test("A page that shows progress loads itself again; others do not")
    func refresh() {
        #expect(document().all("meta").allSatisfy { $0["http-equiv"] == nil })
        #expect(document { $0.refreshSeconds = 2 }.all("meta").contains { $0["content"] == "2" })
    }

    @Test("Languages written from the right turn the page round")
    func direction() {
        #expect(document { $0.language = "ur-PK" }.first("html")?["dir"] == "rtl")
        #expect(document().first("html")?["dir"] == nil)
    }

    @Test("A main action is a link, or a button when it changes something at once")
    func action() {
        let link = document { $0.action = Action("Log a visit", "/log") }
        #expect(link.all("a").contains { $0.text == "Log a visit" && $0["href"] == "/log" })
        let button = document { $0.action = Action("Publish", "/publish", post: true) }
        #expect(button.all("form").contains { $0["method"] == "post" && $0["action"] == "/publish" })
    }

    @Test("A document for paper carries its styles when asked, and the funder's line comes before the first page ends")
    func paper() {
        var frame = PrintFrame(site: "Four Quarters Hub", heading: "Settings in Riverside", content: "<p>x</p>")
        frame.funder = "Funded by the council"
        frame.kind = .letter
        frame.address = "The manager\nLarkspur Lane"
        #expect(PageCheck.faults(in: frame.html.bytes) == [])
        frame.carriesStyles = true
        let text = frame.html.string
        #expect(text.contains("@page"))
        #expect(HTMLDocument(text).first("body")?.children.first?.text == "Funded by the council")
    }

    @Test("An empty page has an empty fault list, and a bad one says everything that is wrong")
    func checks() {
        let bad = """
            <html><head><title> </title></head><body onload="x()"><h1>A</h1><h3 id="a">B</h3><h1 id="a"></h1><p style="x">\
            <a href="/x">here</a><a href="JaVa\tscript:x()"></a><button></button><img src="x"><input name="q">\
            <svg role="img"></svg><svg></svg><table><tr><td>1</td></tr></table><script>x</script><style>y</style>\
            <label for="none">L</label><a href="#gone">Down</a><fieldset><p></p></fieldset></body></html>
            """
        let faults = PageCheck.faults(in: bad)
        let expected: [String] = [
            "doctype", "language", "no title", "main parts", "2 h1", "h3 under level 1", "An h1 is empty", "stands twice",
            "points at nothing",
            "not on the page", "no label", "legend", "says only", "has no words", "button has no words", "no alt", "no name",
            "neither named nor hidden", "no caption", "no headings", "script stands inside", "stylesheet stands inside",
            "style attribute", "handler onload", "leads to JaVa",
        ]
        for words in expected {
            #expect(faults.contains { $0.contains(words) }, "\(words)")
        }
    }
}
