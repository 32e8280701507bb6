extension AreaModel {
    /// Writes down who is next to whom; a mention on one side is enough.
    mutating func link(_ wards: [AreaWard], _ given: [WardBridge]) {
        var sets = [Set<Int>](repeating: [], count: wards.count)
        for (number, ward) in wards.enumerated() {
            for code in ward.neighbours {
                if let other = wardIndex[code], other != number {
                    sets[number].insert(other)
                    sets[other].insert(number)
                }
            }
        }
        for bridge in given {
            guard let from = wardIndex[bridge.from], let to = wardIndex[bridge.to], from != to,
                !sets[from].contains(to)
            else { continue }
            bridges.insert(WardPair(from, to))
        }
        for bridge in bridges {
            sets[bridge.low].insert(bridge.high)
            sets[bridge.high].insert(bridge.low)
        }
        neighbours = sets.map { $0.sorted() }
    }

    /// Joins the pieces of a territory that does not hang together, each time the smallest to the ward whose settings
    /// lie nearest (the outlines are not known here), so that an island never makes the problem unsolvable.
    mutating func joinPieces() {
        var pieces = Self.pieces(of: Array(wardCodes.indices), neighbours)
        guard pieces.count > 1 else { return }
        let middles = wardCodes.indices.map { middle(of: $0) }
        while pieces.count > 1 {
            let smallest =
                pieces.indices.min { (pieces[$0].count, pieces[$0][0]) < (pieces[$1].count, pieces[$1][0]) } ?? 0
            let piece = pieces.remove(at: smallest)
            let pair = nearest(piece, pieces, middles)
            addedBridges.append(pair)
            bridges.insert(pair)
            neighbours[pair.low] = (neighbours[pair.low] + [pair.high]).sorted()
            neighbours[pair.high] = (neighbours[pair.high] + [pair.low]).sorted()
            let host = pieces.firstIndex { $0.contains(pair.low) || $0.contains(pair.high) } ?? 0
            pieces[host] = (pieces[host] + piece).sorted()
        }
    }

    private func nearest(_ piece: [Int], _ others: [[Int]], _ middles: [GeoPoint?]) -> WardPair {
        var best = WardPair(piece[0], others[0][0])
        var metres = Double.infinity
        for from in piece {
            guard let start = middles[from] else { continue }
            for to in others.joined() {
                guard let end = middles[to] else { continue }
                let distance = GreatCircle.metres(from: start, to: end)
                let pair = WardPair(from, to)
                if distance < metres || (distance == metres && (pair.low, pair.high) < (best.low, best.high)) {
                    best = pair
                    metres = distance
                }
            }
        }
        return best
    }

    /// The mean position of a ward's settings; nil where there are none.
    func middle(of ward: Int) -> GeoPoint? {
        let range = settingStart[ward]..<settingStart[ward + 1]
        guard !range.isEmpty else { return nil }
        let north = settings[range].reduce(0) { $0 + $1.point.latitude }
        let east = settings[range].reduce(0) { $0 + $1.point.longitude }
        return GeoPoint(latitude: north / Double(range.count), longitude: east / Double(range.count))
    }

    /// The pieces that these wards fall into, each ascending, in order of their lowest ward.
    static func pieces(of wards: [Int], _ neighbours: [[Int]]) -> [[Int]] {
        var waiting = Set(wards)
        var pieces: [[Int]] = []
        for ward in wards.sorted() where waiting.remove(ward) != nil {
            var piece = [ward]
            var next = 0
            while next < piece.count {
                for other in neighbours[piece[next]] where waiting.remove(other) != nil { piece.append(other) }
                next += 1
            }
            pieces.append(piece.sorted())
        }
        return pieces
    }
}
