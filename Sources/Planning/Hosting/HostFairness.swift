/// How evenly the turns to host lie, as numbers (`docs/rules/host-rotation.md`).
public struct HostFairness: Sendable, Equatable {
    /// One who could host, with its turns.
    public struct Share: Sendable, Equatable {
        public let id: String
        public let kind: String
        public let turns: Int

        public init(id: String, kind: String, turns: Int) {
            self.id = id
            self.kind = kind
            self.turns = turns
        }
    }

    /// A setting's or a kind's turns beside its fair share of them.
    public struct Line: Sendable, Equatable {
        public let id: String
        public let turns: Int
        /// All turns, divided evenly over the settings that could host.
        public let fairShare: Double
        public var gap: Double { Double(turns) - fairShare }
    }

    /// By id.
    public let settings: [Line]
    /// By name.
    public let kinds: [Line]

    public init(_ shares: [Share]) {
        let all = shares.reduce(0) { $0 + $1.turns }
        let each = shares.isEmpty ? 0 : Double(all) / Double(shares.count)
        settings = shares.sorted { $0.id < $1.id }.map { Line(id: $0.id, turns: $0.turns, fairShare: each) }
        kinds = Dictionary(grouping: shares, by: \.kind).map { kind, own in
            Line(id: kind, turns: own.reduce(0) { $0 + $1.turns }, fairShare: each * Double(own.count))
        }.sorted { $0.id < $1.id }
    }

    /// The largest distance between a setting's turns and its fair share, in turns.
    public var largestGap: Double { settings.map { abs($0.gap) }.max() ?? 0 }
    /// The same for the kinds.
    public var largestKindGap: Double { kinds.map { abs($0.gap) }.max() ?? 0 }

    /// Of every hundred turns, how many went to a setting that had not had its fair share, rounded up, yet: 100 is as fair as can be.
    public var index: Int { Self.index(settings) }
    /// The same for the kinds.
    public var kindIndex: Int { Self.index(kinds) }

    private static func index(_ lines: [Line]) -> Int {
        let all = lines.reduce(0) { $0 + $1.turns }
        // A share that is whole but for the rounding of division is whole.
        let fair = lines.reduce(0) { $0 + min($1.turns, Int(($1.fairShare - 1e-9).rounded(.up))) }
        return all == 0 ? 100 : Int((Double(fair) / Double(all) * 100).rounded(.down))
    }
}
