/// All entries as glances, cell after cell, so that a search reads memory in one sweep.
struct FinderGlances {
    private(set) var all: [FinderGlance] = []
    /// The place of each entry's glance.
    private(set) var positions: [Int32]
    /// Where each cell's glances are.
    private(set) var cells: [Int64: Range<Int>] = [:]
    private(set) var names = FinderNames()

    /// `cells` has the entries by cell; those without a known place are in none, and come last.
    init(_ named: [NamedEntry], by cells: [Int64: [Int32]]) {
        all.reserveCapacity(named.count)
        positions = [Int32](repeating: 0, count: named.count)
        self.cells.reserveCapacity(cells.count)
        for (cell, indexes) in cells.sorted(by: { $0.key < $1.key }) {
            let start = all.count
            for index in indexes { add(named[Int(index)], index) }
            self.cells[cell] = start..<all.count
        }
        for (index, one) in named.enumerated() where one.entry.latitude == nil || one.entry.longitude == nil {
            add(one, Int32(index))
        }
    }

    private mutating func add(_ named: NamedEntry, _ index: Int32) {
        positions[Int(index)] = Int32(all.count)
        all.append(FinderGlance(named, index: index, names: &names))
    }
}

extension Array {
    /// The first so many in an order, in that order, without sorting them all.
    func smallest(_ count: Int, by isBefore: (Element, Element) -> Bool) -> [Element] {
        guard count > 0 else { return [] }
        // Beyond an eighth of them sorting is as quick.
        if count > self.count / 8 { return Array(sorted(by: isBefore).prefix(count)) }
        var kept: [Element] = []
        kept.reserveCapacity(count + 1)
        for element in self {
            if kept.count == count, let last = kept.last {
                guard isBefore(element, last) else { continue }
                kept.removeLast()
            }
            var low = 0
            var high = kept.count
            while low < high {
                let middle = (low + high) / 2
                if isBefore(element, kept[middle]) { high = middle } else { low = middle + 1 }
            }
            kept.insert(element, at: low)
        }
        return kept
    }
}
