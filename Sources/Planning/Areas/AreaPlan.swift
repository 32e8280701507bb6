/// One area of a plan with its figures.
public struct PlannedArea: Sendable, Equatable {
    /// The label of the locks or of the hand-made assignment, else "1", "2" ...
    public var label: String
    /// Id of the setting that is its base; nil only in the evaluation of a hand-made plan that names none.
    public var base: String?
    /// Ward codes in alphabetical order.
    public var wards: [String]
    /// Sum of its settings' weights.
    public var weight: Double
    /// How many settings lie in it.
    public var settings: Int
    /// Sum over its settings of weight x metres to the base: what the drawing makes small.
    public var totalMetres: Double
    /// Metres from the farthest setting to the base (whatever its weight).
    public var longestMetres: Double
    /// Mean of the settings' metres to the base (every setting counting once).
    public var meanMetres: Double
}

/// The figures of a division of the territory, drawn or hand-made, and the rules it breaks.
public struct AreaEvaluation: Sendable, Equatable {
    public var areas: [PlannedArea]
    /// Sum over all settings of weight x metres to the base of their area.
    public var totalMetres: Double
    /// Sum of all weights divided by the number of areas asked for.
    public var meanWeight: Double
    /// The largest distance of an area's weight from the mean, as a share of the mean (0.1 is 10 %).
    public var balance: Double
    /// Rules this division breaks; empty when it keeps them all.
    public var broken: [BrokenRule]
}

/// A rule of the drawing that a division does not keep.
public enum BrokenRule: Sendable, Hashable {
    /// The area's weight lies further from the mean than the tolerance. `share` is signed: -0.2 is 20 % too light.
    case balance(area: String, share: Double)
    /// The area's wards do not hang together through neighbouring wards; `pieces` of them, largest first.
    case connection(area: String, pieces: [[String]])
    /// The area has no base, or its base lies outside it, or cannot be a base.
    case base(area: String, setting: String?)
    /// A lock is not kept: the ward should be in the area with this label, or with this base.
    case wardLock(ward: String, wants: String)
    /// A lock is not kept: the area should have this base.
    case baseLock(area: String, wants: String)
    /// The ward is given to no area.
    case unassigned(ward: String)
    /// There are `found` areas where `wanted` were asked for.
    case count(found: Int, wanted: Int)
}

/// A constraint that had to give way so that a plan could be made at all.
public struct Relaxation: Sendable, Equatable {
    public enum Constraint: String, Sendable {
        /// The balance of the areas: the plan keeps a wider tolerance.
        case tolerance
        /// Areas that hang together through neighbouring wards.
        case connection
        /// Bases only among the settings marked as possible bases.
        case base
    }

    public var constraint: Constraint
    /// The tolerance that could be kept, when `constraint` is `.tolerance`.
    public var tolerance: Double?
    /// Plain English: what could not be kept, what was done instead, what would mend it.
    public var message: String
}

/// How good a plan is known to be.
public enum PlanProof: Sendable, Equatable {
    /// No better plan exists under the rules (and relaxations) of this one.
    case optimal
    /// No plan can be better than `lowerBound` (weight x metres).
    case within(lowerBound: Double)
    /// The best plan that the search found; nothing is proven.
    case bestFound
}

/// The answer to an `AreaProblem`.
public struct AreaPlan: Sendable, Equatable {
    public var evaluation: AreaEvaluation
    /// Constraints that could not be kept; empty when the plan keeps every rule.
    public var relaxed: [Relaxation]
    /// Things to know that break no rule, in plain English: an area that reaches over water, a ward with no settings.
    public var notes: [String]
    public var proof: PlanProof

    public var areas: [PlannedArea] { evaluation.areas }
    public var totalMetres: Double { evaluation.totalMetres }
}

/// Who belongs where: a plan reduced to its decisions, to be edited by hand.
public struct AreaAssignment: Sendable, Hashable {
    /// Ward code -> area label.
    public var areaOfWard: [String: String]
    /// Area label -> id of the base.
    public var baseOfArea: [String: String]

    public init(areaOfWard: [String: String], baseOfArea: [String: String]) {
        self.areaOfWard = areaOfWard
        self.baseOfArea = baseOfArea
    }
}

/// What would change if one ward moved to another area, bases staying as they are unless the base itself moves.
public struct WardMove: Sendable, Equatable {
    public var ward: String
    public var from: String
    public var to: String
    /// Change of the plan's total (weight x metres); negative is better.
    public var metresMore: Double
    /// Balance of the whole plan after the move.
    public var balanceAfter: Double
    /// Rules broken after the move that are not broken now.
    public var breaks: [BrokenRule]
    /// Base of the area the ward leaves, after the move: another one if its base lay in this ward.
    public var baseLeftBehind: String?
}
