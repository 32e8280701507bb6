import Files
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Boundaries and grid references become places on a map")
struct MapTests {
    private func read(_ text: String) throws -> [GeoJSON.Feature] { try GeoJSON.read(source(text, name: "w.geojson")) }

    @Test("the wards of Newham are 24 closed polygons in Newham")
    func newham() throws {
        let wards = try GeoJSON.read(fixture("wards-newham.geojson"))
        #expect(wards.count == 24)
        #expect(wards.first?.properties["WD24CD"] == "E05013904" && wards.first?.properties["WD24NM"] == "Beckton")
        #expect(wards.first?.polygons.first?.first?.first == GeoJSON.Point(lon: 0.096927, lat: 51.516329))
        for ward in wards {
            #expect(ward.polygons.count >= 1)
            for ring in ward.polygons.joined() {
                #expect(ring.count >= 4 && ring.first == ring.last)
                #expect(ring.allSatisfy { (-0.05...0.12).contains($0.lon) && (51.48...51.57).contains($0.lat) })
            }
        }
    }

    @Test("wards in several parts have several polygons, and one without a geometry has none")
    func multi() throws {
        let wards = try GeoJSON.read(fixture("wards-multi.geojson"))
        #expect(wards.count == 4)
        #expect(wards.prefix(3).allSatisfy { $0.polygons.count >= 2 })
        #expect(wards.last?.polygons == [] && wards.last?.properties == ["WD24CD": "E0"])
    }

    @Test("keys in any order, numbers in any form, holes, heights, and kinds without area")
    func shapes() throws {
        let text = """
            {"features":[{"geometry":{"coordinates":[[[-1E0,5.1e+1,7],[0,51],[0,52],[-1,51]],[[0.1,51.1],[0.2,51.1],[0.1,51.2],[0.1,51.1]]],
            "type":"Polygon","bbox":[1,2]},"properties":{"n":1.50,"b":false,"x":null,"deep":{"a":[1]}},"type":"Feature"},
            {"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[-0.1,51.5]}},
            {"type":"Feature","geometry":{"type":"LineString","coordinates":[[0,51],[1,52]]}},
            {"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[[[0,1],[1,1],[1,0],[0,1]]]},
            {"type":"Point","coordinates":[3,4]}]}},{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[]}}],
            "type":"FeatureCollection"}
            """
        let features = try read(text)
        #expect(features.count == 5)
        #expect(features[0].properties == ["n": "1.50", "b": "false"])
        #expect(features[0].polygons.first?.count == 2)
        #expect(features[0].polygons.first?.first?.first == GeoJSON.Point(lon: -1, lat: 51))
        #expect(features[1].point == GeoJSON.Point(lon: -0.1, lat: 51.5) && features[1].polygons.isEmpty)
        #expect(features[2].polygons.isEmpty && features[4].polygons.isEmpty)
        #expect(features[3].polygons.count == 1 && features[3].point == GeoJSON.Point(lon: 3, lat: 4))
    }

    @Test("a single feature and a bare geometry are read, gzip or not; reading can stop early")
    func others() throws {
        let bare = "{\"type\":\"Polygon\",\"coordinates\":[[[0,1],[1,1],[1,0],[0,1]]]}"
        #expect(try read(bare).first?.polygons.count == 1)
        #expect(
            try read("{\"type\":\"Feature\",\"properties\":{\"a\":\"b\"},\"geometry\":\(bare)}").first?.properties == [
                "a": "b"
            ])
        #expect(try GeoJSON.read(.bytes(gzip(Array(bare.utf8)), name: "x.gz")).count == 1)
        var seen = 0
        try GeoJSON.each(fixture("wards-newham.geojson")) { _ in
            seen += 1
            if seen == 3 { throw StopReading() }
        }
        #expect(seen == 3)
    }

    @Test("what is not GeoJSON, is cut short, or is in metres is refused in words")
    func refused() {
        #expect(problem { _ = try read("{\"a\":1}") }?.kind == .unsupported)
        #expect(problem { _ = try read("{\"type\":\"FeatureCollection\"}") }?.kind == .unsupported)
        #expect(problem { _ = try read("[1]") }?.kind == .unsupported)
        #expect(problem { _ = try read("{\"type\":\"FeatureCollection\",\"features\":[") }?.kind == .malformed)
        #expect(problem { _ = try read("{\"type\":\"FeatureCollection\",\"features\":[7]}") }?.kind == .malformed)
        let metres = problem { _ = try read("{\"type\":\"Point\",\"coordinates\":[535267,181084]}") }
        #expect(metres?.message.contains("WGS84") == true)
        for wrong in ["[[[1]]]", "[[1,2]]", "[[[\"1\",2]]]", "7"] {
            let text = "{\"type\":\"Polygon\",\"coordinates\":\(wrong)}"
            #expect((try? read(text))?.first?.polygons.isEmpty ?? true, "\(wrong)")
        }
    }

    /// Metres between two places close together.
    private func metres(_ one: (lat: Double, lon: Double), _ other: (lat: Double, lon: Double)) -> Double {
        let scale = 111_195.0
        let east = (one.lon - other.lon) * scale * cos(one.lat * .pi / 180)
        let north = (one.lat - other.lat) * scale
        return (east * east + north * north).squareRoot()
    }

    @Test("grid references of real postcodes land within 10 metres of their published latitude and longitude")
    func postcodes() throws {
        let columns = ["postcode", "easting", "northing", "lat", "lon"].map { HeaderSpec.Column($0, required: true) }
        var count = 0
        var worst = 0.0
        try Table.read(fixture("postcodes-both-grids.csv"), header: HeaderSpec(columns)) { row, header in
            guard let easting = row.double(header["easting"]), let northing = row.double(header["northing"]),
                let lat = row.double(header["lat"]), let lon = row.double(header["lon"]),
                let place = OSGrid.toWGS84(easting: easting, northing: northing)
            else {
                Issue.record("line \(row.line) is not read")
                return
            }
            worst = max(worst, metres(place, (lat, lon)))
            count += 1
        }
        #expect(count == 117)
        #expect(worst < 10)
    }

    @Test("the Ordnance Survey's worked example comes out, and places off the grid are none")
    func known() throws {
        // Caister water tower, "A guide to coordinate systems in Great Britain", annex C: on OSGB36 52°39'27.2531" N 1°43'4.5177" E.
        // On WGS84 that is 52°39'28.72" N 1°42'57.79" E to the Helmert transformation's 5 m.
        let tower = try #require(OSGrid.toWGS84(easting: 651_409.903, northing: 313_177.270))
        #expect(metres(tower, (52 + 39 / 60.0 + 28.72 / 3600, 1 + 42 / 60.0 + 57.79 / 3600)) < 5)
        #expect(OSGrid.toWGS84(easting: 0, northing: 0) == nil)
        #expect(OSGrid.toWGS84(easting: -1, northing: 5) == nil)
        #expect(OSGrid.toWGS84(easting: 700_001, northing: 5) == nil)
        #expect(OSGrid.toWGS84(easting: 5, northing: 1_300_001) == nil)
        #expect(OSGrid.toWGS84(easting: .nan, northing: 5) == nil)
    }
}
