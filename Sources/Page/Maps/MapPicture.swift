/// A map drawn by the server: shapes, points, counts and bases, with its key. No tiles, no keys, no scripts needed;
/// with `map.js` it can be moved and made larger. The list of the same things always stands beside it.
///
/// Colours are written as attributes in their light form too, so that the picture stands alone in print (WeasyPrint
/// does not apply a page's stylesheet inside SVG); the stylesheet's classes win in a browser.
public struct MapPicture: Component {
    /// What the map shows, as a sentence for people who do not see it.
    public var title: String
    /// Unique on the page.
    public var id = "map"
    public var shapes: [MapShape]
    public var points: [MapPoint]
    public var counts: [MapCount]
    public var bases: [MapBase]
    public var places: [MapPlace]
    public var legend: [MapLegend] = []
    /// The name of a `select` or a set of radios that a press on a shape sets.
    public var choosesInto: String?
    /// The most it may be high, for a width of 600.
    public var tallest = 640.0
    /// Something under the key: what is on the map and what is not.
    public var detail = HTML()
    /// Whether one kilometre is drawn.
    public var hasScale = true

    public init(
        _ title: String, shapes: [MapShape] = [], points: [MapPoint] = [], counts: [MapCount] = [],
        bases: [MapBase] = [], places: [MapPlace] = []
    ) {
        self.title = title
        self.shapes = shapes
        self.points = points
        self.counts = counts
        self.bases = bases
        self.places = places
    }

    /// Everything that must be in the picture. The ground decides when there is any: one mistaken point far away must
    /// not shrink a borough to a dot.
    private var extent: [LonLat] {
        let ground = shapes.flatMap { $0.rings.joined() }
        guard ground.isEmpty else { return ground }
        return points.map(\.place) + counts.map(\.place) + bases.map(\.place) + places.map(\.place)
    }

    private var hasLinks: Bool {
        shapes.contains { $0.href != nil } || points.contains { $0.href != nil }
            || counts.contains { $0.href != nil } || bases.contains { $0.href != nil }
    }

    public var html: HTML {
        guard let projection = MapProjection(extent, width: 600, tallest: tallest) else {
            return "<div class=\"map-block\"><p class=\"quiet-line\">There is nothing on this map yet.</p></div>"
        }
        let drawing = MapDrawing(map: self, projection: projection)
        let skip: HTML = hasLinks ? "<a class=\"skip in-place\" href=\"#\(id)-end\">Skip past the map</a>" : ""
        let role: HTML = hasLinks ? "group" : "img"
        let width = Int(projection.width)
        let height = Int(projection.height)
        return """
            <div class="map-block" id="\(id)"\(attribute: "data-chooses", value: choosesInto)>\(skip)\
            <div class="map-stage"><svg class="map" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
            role="\(role)" aria-label="\(title)">\(drawing.html)</svg></div>\(key)\
            \(detail.isEmpty ? HTML() : "<div class=\"map-detail\">\(detail)</div>")\
            <div id="\(id)-end" tabindex="-1"></div></div>
            """
    }

    private var key: HTML {
        guard !legend.isEmpty else { return "" }
        return "<ul class=\"key\">\(legend.html { MapDrawing.keyLine($0, id: id) })</ul>"
    }
}
