import Page
import TestKit
import Testing

@Suite("Tables")
struct TableTests {
    private func page(_ html: HTML) -> HTMLDocument { HTMLDocument(html.bytes) }

    @Test("A sort link keeps the filters, drops the page, and turns round on the second press")
    func sorting() {
        let page = page(Gallery.table(rows: 3).html)
        let links = page.all("thead").flatMap { $0.all("a") }.compactMap { $0["href"] }
        #expect(links == ["/settings?q=a+%26+%22b%22&sort=name", "/settings?q=a+%26+%22b%22&sort=places"])
        #expect(page.all("th").compactMap { $0["aria-sort"] } == ["descending"])
    }

    @Test("An order from the address is taken only when the table has that column")
    func orders() {
        #expect(Sort("-places", allowed: ["name", "places"]) == Sort("places", descending: true))
        #expect(Sort("name", allowed: ["name"])?.text == "name")
        #expect(Sort("password", allowed: ["name"]) == nil)
        #expect(Sort("--name", allowed: ["name"]) == nil)
        #expect(Sort(nil, allowed: ["name"]) == nil)
    }

    @Test("Paging says which rows of how many, and never leaves the list")
    func paging() {
        let address = PageAddress("/s", [("q", "x"), ("page", "2")])
        let second = Paging(page: 2, size: 25, total: 281, address: address)
        #expect(second.words == "26 to 50 of 281 settings")
        #expect(second.range == 25..<50 && second.pageCount == 12 && second.offset == 25)
        #expect(page(second.html).all("a").compactMap { $0["href"] } == ["/s?q=x", "/s?q=x&page=3"])
        let beyond = Paging(page: 99, size: 25, total: 281, address: address)
        #expect(beyond.page == 12 && beyond.range == 275..<281)
        #expect(Paging(page: -3, size: 0, total: -1, address: address).range == 0..<0)
        #expect(Paging(page: 1, size: 25, total: 12, address: address).words == "All 12 settings")
        #expect(Paging(page: 1, size: 25, total: 0, address: address, what: "letters").words == "No letters")
    }

    @Test("The first column is the row's heading, numbers stand right, empty cells are empty, files stand beside")
    func cells() {
        let page = page(Gallery.table(rows: 4).html)
        #expect(page.all("tbody").flatMap { $0.all("th") }.allSatisfy { $0["scope"] == "row" })
        #expect(page.all("td").filter { $0["class"] == "number" }.map(\.text) == ["7", "14"])
        #expect(page.all("td").filter { $0["class"] == "nothing" }.count == 2)
        #expect(page.all("td").compactMap { $0["data-label"] }.contains("Kind"))
        #expect(page.all("a").map(\.text).contains("Spreadsheet (CSV)"))
    }

    @Test("No rows: the empty state and no table")
    func none() {
        let page = page(Gallery.table(rows: 0).html)
        #expect(page.all("table").isEmpty)
        #expect(page.text.contains("Nothing matches"))
    }

    @Test("A row with too few or too many cells is drawn, not a crash")
    func ragged() {
        let table = Table("T", columns: [.init("A"), .init("B")], rows: [.init(["1"]), .init(["1", "2", "3"]), .init([])])
        #expect(page(table.html).all("tr").count == 4)
    }
}
