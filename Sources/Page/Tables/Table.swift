/// A table: the first column is the thing and its link, numbers stand right, the row's own action at its end.
///
/// Sort, filter and page are in the address. On phones each row becomes a card with the first column as its heading.
public struct Table: Component {
    public enum Align: Sendable { case start, number }

    /// One column.
    public struct Column: Sendable {
        public var title: String
        /// Its name in `?sort=`; `nil` for a column nobody sorts by.
        public var key: String?
        public var align: Align
        /// For a column of buttons, whose title is only read out.
        public var isTitleHidden: Bool

        public init(_ title: String, key: String? = nil, align: Align = .start, titleHidden: Bool = false) {
            self.title = title
            self.key = key
            self.align = align
            isTitleHidden = titleHidden
        }
    }

    /// One row; as many cells as there are columns.
    public struct Row: Sendable {
        public var cells: [HTML]
        /// Picked out, such as the person's own setting.
        public var isCurrent: Bool

        public init(_ cells: [HTML], current: Bool = false) {
            self.cells = cells
            isCurrent = current
        }
    }

    /// What the table shows; always there, since it is read out first.
    public var caption: String
    public var isCaptionHidden = false
    public var columns: [Column]
    public var rows: [Row]
    /// How it is sorted now.
    public var sort: Sort?
    /// The page's own address; sort links are made from it.
    public var address: PageAddress?
    public var paging: Paging?
    /// Where the same rows are as a spreadsheet and as data.
    public var csv: String?
    public var json: String?
    /// What stands here when there are no rows.
    public var empty: HTML = "<p class=\"quiet-line\">Nothing to show.</p>"
    /// A last row of totals.
    public var totals: [HTML]?
    /// Tighter rows, and no cards on phones: for small tables of figures.
    public var isCompact = false

    public init(_ caption: String, columns: [Column], rows: [Row]) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
    }

    public var html: HTML {
        guard !rows.isEmpty else { return "<div class=\"table-block\">\(empty)</div>" }
        return "<div class=\"table-block\">\(table)\(footLine)</div>"
    }

    private var table: HTML {
        let style: HTML = isCompact ? "compact" : "cards"
        let hiding: HTML = isCaptionHidden ? " class=\"unseen\"" : ""
        let scrolls: HTML = isCompact ? " tabindex=\"0\" role=\"region\" aria-label=\"\(caption)\"" : ""
        return """
            <div class="scroller"\(scrolls)><table class="\(style)"><caption\(hiding)>\(caption)</caption>\
            <thead><tr>\(columns.html(head))</tr></thead><tbody>\(body)</tbody>\(totals.map(foot))</table></div>
            """
    }

    // MARK: Head

    private func head(_ column: Column) -> HTML {
        let sorted = column.key != nil && column.key == sort?.key
        let order = sorted ? (sort?.isDescending == true ? "descending" : "ascending") : nil
        return """
            <th scope="col"\(numberClass(column))\(attribute: "aria-sort", value: order)>\(title(column))</th>
            """
    }

    private func numberClass(_ column: Column) -> HTML { column.align == .number ? " class=\"number\"" : "" }

    private func title(_ column: Column) -> HTML {
        if column.isTitleHidden { return unseen(column.title) }
        guard let key = column.key, let address else { return "\(column.title)" }
        let now = sort?.key == key ? sort : nil
        let next = Sort(key, descending: now.map { !$0.isDescending } ?? (column.align == .number))
        let arrow: HTML = now.map { $0.isDescending ? "↓" : "↑" } ?? "↕"
        let href = address.with("sort", next.text).without("page").href
        return """
            <a class="sorter" href="\(link: href)">\(column.title)<span aria-hidden="true" class="arrow">\(arrow)</span></a>
            """
    }

    // MARK: Rows

    private var body: HTML {
        let labels: [HTML] = columns.map { "\($0.title)" }
        let numbers: [HTML] = columns.map(numberClass)
        return rows.html { row in
            let cells = row.cells.enumerated().html { index, cell in
                draw(cell, at: index, label: index < labels.count ? labels[index] : "",
                    number: index < numbers.count ? numbers[index] : "")
            }
            let now: HTML = row.isCurrent ? " class=\"current\"" : ""
            return "<tr\(now)>\(cells)</tr>"
        }
    }

    private func draw(_ cell: HTML, at index: Int, label: HTML, number: HTML) -> HTML {
        if index == 0 { return "<th scope=\"row\">\(cell)</th>" }
        if cell.isEmpty { return "<td class=\"nothing\"></td>" }
        let hidden = index < columns.count && columns[index].isTitleHidden
        if hidden { return "<td class=\"act\">\(cell)</td>" }
        if isCompact { return "<td\(number)>\(cell)</td>" }
        // The inner element keeps the cell together beside its label when the row is a card.
        return "<td data-label=\"\(label)\"\(number)><div>\(cell)</div></td>"
    }

    private func foot(_ cells: [HTML]) -> HTML {
        let drawn = cells.enumerated().html { index, cell in
            let column = index < columns.count ? columns[index] : Column("")
            return index == 0
                ? "<th scope=\"row\">\(cell)</th>"
                : draw(cell, at: index, label: "\(column.title)", number: numberClass(column))
        }
        return "<tfoot><tr>\(drawn)</tr></tfoot>"
    }

    private var footLine: HTML {
        let files = [csv.map { ("CSV", $0) }, json.map { ("JSON", $0) }].compactMap { $0 }
        guard paging != nil || !files.isEmpty else { return "" }
        let links = files.enumerated().html { index, file in
            "\(index > 0 ? " · " : "")<a href=\"\(link: file.1)\">\(file.0 == "CSV" ? "Spreadsheet (CSV)" : "Data (JSON)")</a>"
        }
        let taking: HTML = files.isEmpty ? "" : "<p class=\"take\">Take it with you: \(links)</p>"
        return "<div class=\"table-foot\">\(paging)\(taking)</div>"
    }
}
