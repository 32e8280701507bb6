#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Where each ward roughly is, on a flat map in metres: only for starting the search, never for a figure.
struct WardPlaces {
    private(set) var east: [Double]
    private(set) var north: [Double]

    /// A ward without settings lies where its neighbours do.
    init(_ model: AreaModel) {
        let count = model.wardCodes.count
        east = [Double](repeating: .nan, count: count)
        north = [Double](repeating: .nan, count: count)
        let middles = (0..<count).map { model.middle(of: $0) }
        let known = middles.compactMap { $0 }
        let latitude = known.reduce(0) { $0 + $1.latitude } / Double(max(1, known.count))
        let degree = Double.pi / 180 * GreatCircle.meanEarthRadius
        for (ward, middle) in middles.enumerated() {
            if let middle {
                east[ward] = middle.longitude * degree * cos(latitude * .pi / 180)
                north[ward] = middle.latitude * degree
            }
        }
        var waiting = (0..<count).filter { north[$0].isNaN }
        while !waiting.isEmpty {
            var still: [Int] = []
            for ward in waiting {
                let around = model.neighbours[ward].filter { !north[$0].isNaN }
                if around.isEmpty {
                    still.append(ward)
                } else {
                    east[ward] = around.reduce(0) { $0 + east[$1] } / Double(around.count)
                    north[ward] = around.reduce(0) { $0 + north[$1] } / Double(around.count)
                }
            }
            if still.count == waiting.count {
                for ward in still { (east[ward], north[ward]) = (0, 0) }
                break
            }
            waiting = still
        }
    }

    func square(_ one: Int, _ other: Int) -> Double {
        let dx = east[one] - east[other]
        let dy = north[one] - north[other]
        return dx * dx + dy * dy
    }
}
