internal import Directory

/// Whether a campaign reaches every area and kind alike (`docs/rules/campaigns.md`). Pure.
struct CampaignGap: Sendable {
    /// One setting of the hub, and how far the campaign has come with it.
    struct Entry: Sendable {
        let area: String
        let type: SettingType
        let isListed: Bool
        let wasInvited: Bool
        let answered: Bool
        let joined: Bool
    }

    /// What is held against the hub.
    enum Measure: String, Sendable, CaseIterable {
        case listed, invited, answered, joined

        /// "12% of …".
        var those: String {
            switch self {
            case .listed: "those on the list"
            case .invited: "those invited"
            case .answered: "those who answered"
            case .joined: "those who joined"
            }
        }

        func counts(_ entry: Entry) -> Bool {
            switch self {
            case .listed: entry.isListed
            case .invited: entry.isListed && entry.wasInvited
            case .answered: entry.isListed && entry.answered
            case .joined: entry.isListed && entry.joined
            }
        }
    }

    /// An area, a kind, or a kind in an area.
    struct Cell: Sendable {
        let area: String?
        let type: SettingType?
        var settings = 0
        var listed = 0
        var invited = 0
        var answered = 0
        var joined = 0

        func count(_ measure: Measure) -> Int {
            switch measure {
            case .listed: listed
            case .invited: invited
            case .answered: answered
            case .joined: joined
            }
        }

        mutating func add(_ entry: Entry) {
            settings += 1
            if Measure.listed.counts(entry) { listed += 1 }
            if Measure.invited.counts(entry) { invited += 1 }
            if Measure.answered.counts(entry) { answered += 1 }
            if Measure.joined.counts(entry) { joined += 1 }
        }
    }

    /// As many must have come so far before their make-up says anything.
    static let enough = 10
    /// Fewer settings than this are shown and never called a gap.
    static let smallest = 3
    /// Percentage points that count as even.
    static let even = 5.0

    let measure: Measure
    let whole: Cell
    /// Areas in the order given, each with its kinds.
    let cells: [Cell]
    let areas: [Cell]
    let types: [Cell]

    /// - Parameters:
    ///   - entries: every open setting of the hub of the kinds that are on the list.
    ///   - areaOrder: as areas stand on the page.
    init(_ entries: [Entry], areaOrder: [String]) {
        var whole = Cell(area: nil, type: nil)
        var byCell: [String: Cell] = [:]
        var byArea: [String: Cell] = [:]
        var byType: [SettingType: Cell] = [:]
        for entry in entries {
            whole.add(entry)
            byCell["\(entry.area)|\(entry.type.rawValue)", default: Cell(area: entry.area, type: entry.type)].add(entry)
            byArea[entry.area, default: Cell(area: entry.area, type: nil)].add(entry)
            byType[entry.type, default: Cell(area: nil, type: entry.type)].add(entry)
        }
        self.whole = whole
        measure = Measure.allCases.reversed().first { whole.count($0) >= Self.enough } ?? .listed
        func place(_ area: String?) -> Int { areaOrder.firstIndex { $0 == area } ?? areaOrder.count }
        types = byType.values.sorted { ($1.settings, $0.type?.rawValue ?? "") < ($0.settings, $1.type?.rawValue ?? "") }
        areas = byArea.values.sorted { (place($0.area), $0.area ?? "") < (place($1.area), $1.area ?? "") }
        let typeOrder = types.map(\.type)
        func row(_ cell: Cell) -> (Int, String, Int) {
            (place(cell.area), cell.area ?? "", typeOrder.firstIndex { $0 == cell.type } ?? 0)
        }
        cells = byCell.values.sorted { row($0) < row($1) }
    }

    /// Its share of the hub's settings, in per cent.
    func share(_ cell: Cell) -> Double { whole.settings == 0 ? 0 : Double(cell.settings) / Double(whole.settings) * 100 }

    /// Its share of those who came so far, in per cent.
    func share(_ cell: Cell, of measure: Measure) -> Double {
        let all = whole.count(measure)
        return all == 0 ? 0 : Double(cell.count(measure)) / Double(all) * 100
    }

    /// How many percentage points it is short.
    func gap(_ cell: Cell) -> Double { share(cell) - share(cell, of: measure) }

    /// The kind in an area that is furthest short; nil when everything is even, or nobody is on the list.
    var largest: Cell? {
        guard whole.count(measure) > 0 else { return nil }
        let worst = cells.filter { $0.settings >= Self.smallest }.enumerated().max {
            (gap($0.element), $0.element.settings, -$0.offset) < (gap($1.element), $1.element.settings, -$1.offset)
        }?.element
        return worst.flatMap { gap($0) >= Self.even ? $0 : nil }
    }

    /// Said on the page.
    var sentence: String {
        if whole.count(measure) == 0 { return "Nobody is on the list yet, so there is no gap to show." }
        guard let worst = largest, let area = worst.area, let type = worst.type else {
            return "Every area and kind is represented: none is \(Int(Self.even)) percentage points or more short among \(measure.those)."
        }
        return """
            The gap is largest for \(type.plural.lowercasedFirst) in \(area): they are \(whole(share(worst)))% of the settings and \
            \(whole(share(worst, of: measure)))% of \(measure.those).
            """
    }

    private func whole(_ share: Double) -> Int { Int(share.rounded()) }
}
