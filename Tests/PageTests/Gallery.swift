import Page

/// Every component in every state, with awkward data; checked by `GalleryTests` and looked at by people.
enum Gallery {
    static let names: [String] = [
        "Larkspur Lane Nursery", "ছোট তারা নার্সারি ও প্রাক-বিদ্যালয়", "حضانة النجوم الصغيرة", "Tidemill Primary",
        "The Very Long Named Saint Brannoc and All Angels Community Pre-school, Playgroup and Wraparound Care (Registered Charity)",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "<script>alert(1)</script> & \"Sons\"", "Ó",
    ]

    static func frame(_ heading: String, _ content: HTML) -> PageFrame {
        var frame = PageFrame(site: "Four Quarters Hub", heading: heading, content: content)
        frame.rooms = [Link("Today", "/"), Link("Directory and map", "/settings", current: true), Link("Gatherings", "/g")]
        frame.places = [Link("Today", "/"), Link("Map", "/map"), Link("Settings", "/settings", current: true)]
        frame.breadcrumbs = [Link("Directory and map", "/settings")]
        frame.account = Account(name: "Amina Begum", role: "Hub coordinator", href: "/me")
        frame.attribution = ["Contains public sector information licensed under the Open Government Licence v3.0."]
        return frame
    }

    /// Every page of the gallery by its name.
    static var pages: [(name: String, html: HTML)] {
        [
            ("bare", PageFrame(site: "Four Quarters Hub", heading: "We cannot find that page").html),
            ("pieces", pieces.html), ("form", form(errors: FieldErrors(), values: nil).html), ("form-wrong", wrongForm.html),
            ("confirm", confirm.html), ("table", frame("Settings in Riverside", "\(table(rows: 25))").html),
            ("table-none", frame("Settings", "\(table(rows: 0))").html), ("table-500", frame("All", "\(table(rows: 500))").html),
            ("map", map.html), ("charts", charts.html), ("arabic", arabic.html),
        ]
    }

    static var pieces: PageFrame {
        var frame = frame(
            "Riverside mini-hub",
            """
            \(Facts([Fact("31", "not contacted", href: "/a", isDue: true), Fact("3 of 4", "with a champion")]))
            \(Filters("Show", [Link("All", "/", current: true), Link("Gone quiet", "/q")]))
            \(Steps([Link("Choose the file", "/1"), Link("Check", "/2"), Link("Load", "/3")], at: 1))
            \(ProgressLine("Loading", done: 31_240, total: 70_980, detail: "Two minutes left."))
            \(ProgressLine("Looking", done: 12, total: nil))
            \(Columns(Card("Do next", todo.html).html, Card("Facts", details.html).html))
            \(Card("What changed", Difference([.init("Name", before: names[0], after: names[1])]).html))
            \(EmptyState("No areas yet", "Say how many.", action: Action("Draw the areas", "/d"), picture: .map))
            \(EmptyState("Nobody yet", "They will stand here.", picture: .people))
            \(EmptyState("No letters", "They are kept here.", picture: .letter))
            \(Disclosure("Where this comes from", "<p>A register.</p>", isOpen: true))
            \(Button("Undo", action: "/u", hidden: [("id", "\"1\"")], style: .quiet))
            """)
        frame.lead = "70 settings, 6 wards."
        frame.action = Action("Log a visit", "/log")
        frame.aside = "\(Card("Next", "<p>A meeting.</p>"))"
        frame.notices = [.success("Sent."), .warning("Take care.", "<p>Why.</p>"), .error("No."), .note("A draft.")]
        frame.refreshSeconds = 2
        return frame
    }

    private static var todo: Todo {
        Todo(
            names.map {
                TodoItem(
                    $0, href: "/s", mark: .preschool, tag: Tag("Overdue", .bad), detail: "Call.", action: Action("Log", "/l", post: true))
            })
    }

    private static var details: Details {
        Details([("Name", "<bdi>\(names[1])</bdi>"), ("Telephone", ""), ("Kind", Mark.school.named)])
    }

    // MARK: Forms

    static var fields: [Field] {
        let days: [Choice] = ["Monday", "Tuesday"].map { Choice($0, $0) }
        return [
            .text("name", "Name of the setting", hint: "As on the sign"), .email("email", "Email address").optional(),
            .group("Where it is", [.postcode("postcode"), .telephone("tel", "Telephone"), .url("web", "Website")]),
            .radios("kind", "What kind is it?", choices: Mark.allCases.map { Choice($0.rawValue, $0.words, hint: "Hint", mark: $0) }),
            .checkboxes("days", "Open on", choices: days), .number("count", "How many areas?", unit: "areas"),
            .select("ward", "Ward", choices: names.map { Choice($0, $0) }, prompt: "Choose a ward"), .date("opened", "When did it open?"),
            .dateParts("birthday", "Date of birth"), .textArea("about", "About it"), .file("list", "The list to load", accept: ".csv"),
            .checkbox("agree", "They agreed"), .hidden("id", "7"), .search("find", "Find"), .piece("<p>A sentence.</p>"),
        ]
    }

    static func form(errors: FieldErrors, values: FormData?) -> PageFrame {
        var form = Form.post("/settings", "Add the setting", fields: fields)
        form.errors = errors
        form.values = values
        form.cancel = Link("Leave without adding", "/settings")
        form.token = "secret"
        var frame = frame("Add a setting", "\(form)")
        frame.errors = errors
        return frame
    }

    private static var wrongForm: PageFrame {
        var errors = FieldErrors()
        for field in ["name", "kind", "days", "count", "ward", "opened", "birthday", "about", "list", "agree"] {
            errors.add(field, "Enter something for \(field).")
        }
        return form(errors: errors, values: FormData([("name", names[6]), ("days", "Tuesday"), ("birthday-day", "41")]))
    }

    private static var confirm: PageFrame {
        frame(
            "Publish the areas",
            "\(Confirm("Publish these areas?", action: "/p", confirm: "Publish four areas", cancel: Link("Keep working", "/d"), consequences: ["It shows."]))"
        )
    }

    // MARK: Tables

    static func table(rows count: Int) -> Table {
        let address = PageAddress("/settings", [("q", "a & \"b\""), ("sort", "-places"), ("page", "2")])
        var table = Table(
            "Settings in Riverside",
            columns: [
                .init("Setting", key: "name"), .init("Kind"), .init("Places", key: "places", align: .number),
                .init("Do", titleHidden: true),
            ],
            rows: (0..<count).map { index in
                let name = names[index % names.count]
                let mark = Mark.allCases[index % Mark.allCases.count]
                let action: HTML = "<a class=\"button small\" href=\"/log/\(index)\">Log a visit\(unseen(" to \(name)"))</a>"
                return Table.Row(
                    ["<a href=\"/settings/\(index)\">\(name)</a>", mark.named, index % 3 == 0 ? "" : "\(index * 7)", action],
                    current: index == 2)
            })
        table.sort = Sort("places", descending: true)
        table.address = address
        table.paging = Paging(page: 2, size: 25, total: 281, address: address)
        table.csv = "/settings.csv"
        table.json = "/api/v1/settings"
        table.empty = EmptyState("Nothing matches", "Take a filter away.", action: Action("Show all", "/settings")).html
        return table
    }

    // MARK: Maps and charts

    /// Twelve square wards of an invented borough in four areas.
    static var wards: [MapShape] {
        (0..<12).map { index in
            let west = 0.01 * Double(index % 4)
            let south = 51.5 + 0.008 * Double(index / 4)
            let ring = [
                LonLat(west, south), LonLat(west + 0.01, south), LonLat(west + 0.01, south + 0.008), LonLat(west, south + 0.008),
                LonLat(west, south),
            ]
            return MapShape(id: "W\(index)", title: "Ward \(index)", rings: [ring], tint: index / 3, href: "/wards/\(index)")
        }
    }

    static var mapPicture: MapPicture {
        let shapes = wards
        var random = SeededRandom(5)
        let points = (0..<200).map { index in
            let place = LonLat(Double.random(in: 0...0.04, using: &random), Double.random(in: 51.5...51.524, using: &random))
            return MapPoint(place, mark: Mark.allCases[1 + index % 5], title: names[index % names.count], href: "/settings/\(index)")
        }
        var map = MapPicture("Four areas of an invented borough", shapes: shapes, points: points)
        map.counts = [MapCount(LonLat(0.005, 51.504), count: 8, mark: .childminder, title: "8 childminders in Ward 0", href: "/wards/0")]
        map.bases = [MapBase(LonLat(0.025, 51.512), title: "Base: Tidemill", href: "/b")]
        map.places = [MapPlace(LonLat(0.02, 51.52), "Riverside")]
        map.shapes[0].isSelected = true
        map.shapes[1].isLocked = true
        map.shapes[5].label = "Ward 5"
        map.choosesInto = "ward"
        map.legend = [
            .tint(0, "Riverside"), .tint(1, "Docks"), .base("base"), .locked("locked"), .count(.childminder, "childminders"),
            .mark(.school, "school"),
        ]
        return map
    }

    private static var map: PageFrame {
        let form = Form.post("/move", "Move the ward", fields: [.select("ward", "Ward", choices: wards.map { Choice($0.id, $0.title) })])
        var frame = frame("Draft B", "\(Card("The map", mapPicture.html))\(Card("Move a ward", form.html))")
        frame.scripts = ["map.js"]
        return frame
    }

    private static var charts: PageFrame {
        let bars = BarChart(
            "Childminders have slipped", unit: "%",
            rows: [ChartRow("Childminders", 52, mark: .childminder, compare: 71, n: 96, href: "/c"), ChartRow(names[4], 0)])
        let stacked = StackedBarChart(
            "Docks has half the childminders", parts: [ChartPart("Childminders", .mark(.childminder)), ChartPart("Others", .tint(1))],
            rows: [StackedRow("Riverside", [31, 14]), StackedRow("Docks", [12, 0], href: "/d")])
        let line = LineChart(
            "More came every term", unit: "%", ticks: ["Autumn 2024", "Spring 2025", "Summer 2025"],
            lines: [ChartLine("Childminders", [20, nil, 52], .mark(.childminder)), ChartLine("Schools", [12, 15, 50], .mark(.school))])
        let parts = [ChartPart("Childminders", .tint(2)), ChartPart(names[4], .tint(0)), ChartPart("Nobody", .tint(3))]
        let grouped = GroupedBarChart(
            "Childminders are seldom in the room", parts: parts,
            rows: [GroupedRow(names[4], [52, nil, 100]), GroupedRow("Schools", [0, .nan, 3])],
            table: Table("The same", columns: [Table.Column("Who")], rows: [Table.Row(["Schools"])]))
        var wheel = WheelChart("Each keeps to its own", unit: "pairs", parts: parts, links: [[3, 5, 0], [5, 12, 0], [0, 0, 0]])
        wheel.href = { one, other in "/list?one=\(one)&other=\(other)" }
        return frame(
            "How the term went",
            """
            \(Card(nil, bars.html))\(Card(nil, stacked.html))\(Card(nil, line.html))\(BarChart("Nothing yet", rows: []))\
            \(Card(nil, grouped.html))\(Card(nil, wheel.html))
            """)
    }

    private static var arabic: PageFrame {
        var frame = frame(names[2], "<p>\(names[2])</p>")
        frame.language = "ar"
        return frame
    }
}
