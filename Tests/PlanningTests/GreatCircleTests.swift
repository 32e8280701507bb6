import Planning
import Testing

@Suite struct GreatCircleTests {
    private func point(_ latitude: Double, _ longitude: Double) -> GeoPoint {
        GeoPoint(latitude: latitude, longitude: longitude)
    }

    @Test func `a degree of a meridian is a 360th of the way round`() {
        let round = 2 * Double.pi * GreatCircle.meanEarthRadius
        #expect(abs(GreatCircle.metres(from: point(51, 0), to: point(52, 0)) - round / 360) < 1e-6)
        #expect(abs(GreatCircle.metres(from: point(90, 10), to: point(-90, 40)) - round / 2) < 1e-6)
        #expect(abs(GreatCircle.metres(from: point(0, 179.5), to: point(0, -179.5)) - round / 360) < 1e-6)
    }

    @Test func `a known journey: Newham Town Hall to Southampton Civic Centre`() {
        // 51.5325 N 0.0553 E to 50.9079 N 1.4066 W, reckoned with the haversine formula on R = 6,371,008.8 m.
        let metres = GreatCircle.metres(from: point(51.5325, 0.0553), to: point(50.9079, -1.4066))
        #expect(abs(metres - 123_261) < 500)
    }

    @Test func `the way back is as long, and nowhere is no distance`() {
        let one = point(50.1, -5.2)
        let other = point(55.7, -1.9)
        #expect(GreatCircle.metres(from: one, to: other) == GreatCircle.metres(from: other, to: one))
        #expect(GreatCircle.metres(from: one, to: one) == 0)
        #expect(!point(.nan, 0).isOnEarth && !point(0, 181).isOnEarth && point(-90, 180).isOnEarth)
    }
}
