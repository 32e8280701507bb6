import Page
import TestKit
import Testing

@Suite("Maps")
struct MapTests {
    private func page(_ map: MapPicture) -> HTMLDocument { HTMLDocument("<body>\(map.html.string)</body>") }

    @Test("Every ward, point, count and base has a name and a link the keyboard reaches")
    func links() {
        let page = page(Gallery.mapPicture)
        let links = page.all("a").filter { $0.has("aria-label") }
        #expect(links.count == 12 + 200 + 1 + 1)
        #expect(links.allSatisfy { !$0.name.isEmpty && $0["href"]?.hasPrefix("/") == true })
        #expect(page.first("svg")?["aria-label"] == "Four areas of an invented borough")
        #expect(page.all("a").first?.text == "Skip past the map")
    }

    @Test("North is up, east is right, and a kilometre is as long both ways")
    func projection() {
        let corners = [LonLat(-1, 53), LonLat(-0.9, 53), LonLat(-0.9, 53.1), LonLat(-1, 53.1)]
        let map = MapPicture("One", shapes: [MapShape(id: "a", title: "A", rings: [corners])])
        let d = page(map).all("path").first { $0["data-id"] == "a" }?["d"] ?? ""
        let numbers = d.dropFirst().dropLast().split(separator: " ").compactMap { Double($0) }
        #expect(numbers.count == 8)
        guard numbers.count == 8 else { return }
        let (width, height) = (numbers[2] - numbers[0], numbers[1] - numbers[5])
        #expect(width > 0 && height > 0)
        // cos(53.05°) is 0.6011.
        #expect(abs(width / height - 0.6011) < 0.002)
    }

    @Test("Areas differ by a pattern as well as a colour, and the line between them is drawn once from each side")
    func tints() {
        let page = page(Gallery.mapPicture)
        #expect(page.all("pattern").compactMap { $0["id"] } == ["map-t1", "map-t2", "map-t3"])
        #expect(page.all("path").contains { $0["class"] == "border" })
    }

    @Test("A single point, none at all, and impossible places are drawn, not a crash")
    func edges() {
        #expect(page(MapPicture("Nothing")).text == "There is nothing on this map yet.")
        let one = MapPicture("One", points: [MapPoint(LonLat(0, 51.5), mark: .school, title: "A")])
        #expect(page(one).all("use").count == 1)
        #expect(page(one).first("svg")?["role"] == "img")
        var odd = Gallery.mapPicture
        odd.points = [
            MapPoint(LonLat(.nan, 51), mark: .school, title: "A"), MapPoint(LonLat(.infinity, -.infinity), mark: .school, title: "B"),
            MapPoint(LonLat(1e300, 1e300), mark: .school, title: "C"),
        ]
        #expect(page(odd).all("use").count == 3)
        odd.shapes = [MapShape(id: "x", title: "X", rings: [[], [LonLat(0, 0)], [LonLat(0, 0), LonLat(0, 0), LonLat(0, 0)]], tint: -1)]
        odd.shapes[0].label = "L"
        odd.shapes[0].isLocked = true
        #expect(page(odd).all("svg").count >= 1)
    }

    @Test("Five hundred points stay under 100 bytes of page each beyond their names")
    func light() {
        var map = Gallery.mapPicture
        map.points = (0..<500).map { MapPoint(LonLat(0.001 * Double($0 % 40), 51.51), mark: .school, title: "A", href: "/s/\($0)") }
        let with = map.html.bytes.count
        map.points = []
        #expect((with - map.html.bytes.count) / 500 < 190)
    }

    @Test("A tap chooses into the form that is named, and every shape carries its code")
    func chooses() {
        let page = page(Gallery.mapPicture)
        #expect(page.element(id: "map")?["data-chooses"] == "ward")
        #expect(page.all("path").compactMap { $0["data-id"] }.count == 12)
    }
}

@Suite("Charts")
struct ChartTests {
    @Test("A chart has its finding as heading, its figures in words, and its table with the same figures")
    func bars() {
        var chart = BarChart("Half came", unit: "%", rows: [ChartRow("Schools", 52.34, mark: .school, compare: 71, n: 1_204)])
        chart.n = 281
        let page = HTMLDocument(chart.html.bytes)
        #expect(page.first("h2")?.text == "Half came")
        #expect(page.first("ul")?.text == "Schools 52.3%, compared with 71%")
        #expect(page.all("td").map(\.text) == ["52.3%", "71%", "1,204"])
        #expect(page.text.contains("n = 281."))
    }

    @Test("Bars start at nought and never leave the chart, whatever the values")
    func widths() {
        let values: [Double] = [0, -5, 50, 1e18, .nan, .infinity]
        let chart = BarChart("Odd", rows: values.map { ChartRow("x", $0) })
        let widths = HTMLDocument(chart.html.bytes).all("rect").compactMap { $0["width"] }
        #expect(widths.allSatisfy { Double($0.dropLast()).map { (0...100).contains($0) } == true })
    }

    @Test("A line chart leaves a gap where nothing was counted and names each line with its last value")
    func lines() {
        let chart = LineChart("More", ticks: ["A", "B", "C", "D"], lines: [ChartLine("Schools", [1, nil, 3, 4], .mark(.school))])
        let page = HTMLDocument(chart.html.bytes)
        #expect(page.all("circle").count == 3)
        #expect(page.all("g").filter { $0["class"] == "line m-sc" }.first?.all("line").count == 1)
        #expect(page.all("td").map(\.text) == ["1", "–", "3", "4"])
        #expect(page.all("text").contains { $0.text == "Schools 4" })
    }

    @Test("A wheel has an arc for each that has anything, a band for each two that share, and the table with every figure")
    func wheel() {
        let parts = [ChartPart("Childminders", .tint(2)), ChartPart("Schools", .tint(3)), ChartPart("Health", .tint(1))]
        var chart = WheelChart("Each keeps to its own", unit: "pairs", parts: parts, links: [[3, 5, 0], [5, 12, 0], [0, 0, 0]])
        chart.href = { one, other in "/list/\(one)/\(other)" }
        let page = HTMLDocument(chart.html.bytes)
        let titles = page.all("title").map(\.text)
        #expect(
            titles == ["Childminders among themselves: 3 pairs", "Childminders and Schools: 5 pairs", "Schools among themselves: 12 pairs"])
        // Health has nothing: no arc, no number, but a line in the table.
        #expect(page.all("text").map(\.text) == ["1", "2"])
        #expect(page.all("td").count == 9 && page.all("a").compactMap { $0["href"] }.count == 4)
        #expect(page.all("path").compactMap { $0["d"] }.allSatisfy { !$0.contains("nan") && !$0.contains("–") })
    }

    @Test("Each of several bars says its figure and what it is; what is not there has no bar")
    func grouped() {
        let chart = GroupedBarChart(
            "Seldom there", parts: [ChartPart("of the settings", .tint(0)), ChartPart("in the room", .tint(1))],
            rows: [GroupedRow("Schools", [40, 25]), GroupedRow("Health", [nil, 100])],
            table: Table("The same", columns: [Table.Column("Who")], rows: [Table.Row(["Schools"])]))
        let page = HTMLDocument(chart.html.bytes)
        #expect(page.all("text").map(\.text) == ["40% of the settings", "25% in the room", "100% in the room"])
        #expect(page.all("rect").count == 3)
    }

    @Test("Charts with nothing to show say so")
    func empty() {
        let empty: [HTML] = [
            BarChart("Nothing", rows: []).html, StackedBarChart("Nothing", parts: [], rows: []).html,
            LineChart("Nothing", ticks: [], lines: []).html, WheelChart("Nothing", unit: "pairs", parts: [], links: []).html,
            WheelChart("Nothing", unit: "pairs", parts: [ChartPart("Schools", .tint(0))], links: [[0]]).html,
            GroupedBarChart("Nothing", parts: [], rows: [], table: Table("", columns: [], rows: [])).html,
        ]
        for html in empty {
            #expect(HTMLDocument(html.bytes).text.contains("No figures yet."))
        }
    }
}
