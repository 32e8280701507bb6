/// A table: the first column is the thing and its link, numbers stand right, the row's own action at its end.
///
/// Sort, filter and page are in the address. On phones each row becomes a card with the first column as its heading.
public struct Table: Component {
    /// Numbers stand right, all else at the line's start.
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
    /// More columns than a screen may be wide: whoever has only a keyboard can scroll it.
    public var isWide = false

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
        let scrolls: HTML = isCompact || isWide ? " tabindex=\"0\" role=\"region\" aria-label=\"\(caption)\"" : ""
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

    /// Written straight into one buffer, for a table may have hundreds of rows.
    private var body: HTML {
        var buffer = HTMLBuffer(capacity: rows.count * columns.count * 48)
        let starts = columns.map(cellStart)
        for row in rows {
            buffer.code(row.isCurrent ? "<tr class=\"current\">" : "<tr>")
            for (index, cell) in row.cells.enumerated() {
                draw(cell, at: index, start: index < starts.count ? starts[index] : "<td>", into: &buffer)
            }
            buffer.code("</tr>")
        }
        return HTML(bytes: buffer.bytes)
    }

    private func draw(_ cell: HTML, at index: Int, start: HTML, into buffer: inout HTMLBuffer) {
        if index == 0 {
            buffer.code("<th scope=\"row\">")
            buffer.bytes += cell.bytes
            buffer.code("</th>")
        } else if cell.isEmpty {
            buffer.code("<td class=\"nothing\"></td>")
        } else {
            buffer.bytes += start.bytes
            // The inner element keeps the cell together beside its label when the row is a card.
            if !isCompact { buffer.code("<div>") }
            buffer.bytes += cell.bytes
            buffer.code(isCompact ? "</td>" : "</div></td>")
        }
    }

    private func cellStart(_ column: Column) -> HTML {
        if column.isTitleHidden { return "<td class=\"act\">" }
        return isCompact ? "<td\(numberClass(column))>" : "<td data-label=\"\(column.title)\"\(numberClass(column))>"
    }

    private func foot(_ cells: [HTML]) -> HTML {
        var buffer = HTMLBuffer(capacity: 512)
        for (index, cell) in cells.enumerated() {
            draw(cell, at: index, start: cellStart(index < columns.count ? columns[index] : Column("")), into: &buffer)
        }
        return "<tfoot><tr>\(HTML(bytes: buffer.bytes))</tr></tfoot>"
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
