#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension WardNeighbours {
    /// Finds the neighbours: wards whose boundaries share a stretch, that is at least two vertices that are equal
    /// when rounded to 6 decimals of a degree (about 10 cm). Touching in one corner does not make neighbours.
    ///
    /// - Throws: `duplicateWard`; `badOutline` where a vertex is not on the Earth.
    public static func find(among outlines: [WardOutline]) throws(AreaProblemError) -> WardNeighbours {
        let wards = outlines.sorted { $0.code < $1.code }
        for (one, next) in zip(wards, wards.dropFirst()) where one.code == next.code { throw .duplicateWard(one.code) }
        var owners: [Vertex: [Int]] = [:]
        for (number, ward) in wards.enumerated() {
            for point in ward.rings.joined() {
                guard point.isOnEarth else { throw .badOutline(ward: ward.code) }
                let vertex = Vertex(point)
                if owners[vertex]?.last != number { owners[vertex, default: []].append(number) }
            }
        }
        var shared: [WardPair: Int] = [:]
        for wards in owners.values where wards.count > 1 {
            for (position, one) in wards.enumerated() {
                for other in wards[(position + 1)...] { shared[WardPair(one, other), default: 0] += 1 }
            }
        }
        var lists = [[Int]](repeating: [], count: wards.count)
        for (pair, vertices) in shared where vertices >= 2 {
            lists[pair.low].append(pair.high)
            lists[pair.high].append(pair.low)
        }
        let isolated = wards.indices.filter { lists[$0].isEmpty && wards.count > 1 }.map { wards[$0].code }
        return WardNeighbours(
            neighbours: Dictionary(
                uniqueKeysWithValues: zip(wards.map(\.code), lists.map { $0.sorted().map { wards[$0].code } })),
            isolated: isolated,
            bridges: bridges(wards, lists, Array(owners.keys), owners))
    }

    /// The smallest piece is joined to whatever lies nearest until there is one piece: the shortest joins that do it.
    private static func bridges(
        _ wards: [WardOutline], _ lists: [[Int]], _ vertices: [Vertex], _ owners: [Vertex: [Int]]
    ) -> [WardBridge] {
        var pieces = AreaModel.pieces(of: Array(wards.indices), lists)
        // A ward without a single vertex cannot be near anything.
        pieces.removeAll { $0.allSatisfy { wards[$0].rings.allSatisfy(\.isEmpty) } }
        guard pieces.count > 1 else { return [] }
        var pieceOf = [Int](repeating: -1, count: wards.count)
        for (number, piece) in pieces.enumerated() { for ward in piece { pieceOf[ward] = number } }
        let corners = owners.flatMap { vertex, wards in wards.map { Corner(vertex, ward: $0) } }
            .sorted { ($0.z, $0.x, $0.y, $0.ward) < ($1.z, $1.x, $1.y, $1.ward) }
        var bridges: [WardBridge] = []
        var alive = Set(pieces.indices)
        while alive.count > 1 {
            let smallest = alive.min { (pieces[$0].count, pieces[$0][0]) < (pieces[$1].count, pieces[$1][0]) } ?? 0
            let gap = shortestGap(from: smallest, pieceOf, corners)
            let pair = WardPair(gap.from, gap.to)
            let metres = 2 * GreatCircle.meanEarthRadius * asin(min(1, gap.square.squareRoot() / 2))
            bridges.append(WardBridge(from: wards[pair.low].code, to: wards[pair.high].code, metres: metres))
            let host = pieceOf[gap.to]
            for ward in pieces[smallest] { pieceOf[ward] = host }
            pieces[host] = (pieces[host] + pieces[smallest]).sorted()
            alive.remove(smallest)
        }
        return bridges.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }

    /// The nearest pair of corners, one in the piece and one outside; corners are sorted by z, which bounds the search.
    private static func shortestGap(
        from piece: Int, _ pieceOf: [Int], _ corners: [Corner]
    ) -> (from: Int, to: Int, square: Double) {
        var best = (from: Int.max, to: Int.max, square: Double.infinity)
        func consider(_ one: Corner, _ other: Corner) -> Bool {
            let dz = one.z - other.z
            if dz * dz > best.square { return false }
            if pieceOf[other.ward] != piece {
                let square = one.square(to: other)
                if (square, one.ward, other.ward) < (best.square, best.from, best.to) {
                    best = (one.ward, other.ward, square)
                }
            }
            return true
        }
        for (position, corner) in corners.enumerated() where pieceOf[corner.ward] == piece {
            var up = position + 1
            while up < corners.count, consider(corner, corners[up]) { up += 1 }
            var down = position - 1
            while down >= 0, consider(corner, corners[down]) { down -= 1 }
        }
        return best
    }
}

/// A vertex in whole millionths of a degree.
private struct Vertex: Hashable {
    let north: Int32
    let east: Int32

    init(_ point: GeoPoint) {
        north = Int32((point.latitude * 1e6).rounded())
        east = Int32((point.longitude * 1e6).rounded())
    }
}

/// A vertex on the unit sphere.
private struct Corner {
    let x: Double
    let y: Double
    let z: Double
    let ward: Int

    init(_ vertex: Vertex, ward: Int) {
        let radian = Double.pi / 180e6
        let north = Double(vertex.north) * radian
        let east = Double(vertex.east) * radian
        x = cos(north) * cos(east)
        y = cos(north) * sin(east)
        z = sin(north)
        self.ward = ward
    }

    func square(to other: Corner) -> Double {
        let dx = x - other.x
        let dy = y - other.y
        let dz = z - other.z
        return dx * dx + dy * dy + dz * dz
    }
}
