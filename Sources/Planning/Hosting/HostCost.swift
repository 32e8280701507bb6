/// What a choice of hosts costs, in the order of what matters: a later figure counts only where the earlier ones are equal.
struct HostCost: Sendable, Equatable {
    /// Meetings without a host.
    var unhosted = 0
    /// Sum over the settings of their turns squared: the least is the fairest.
    var settings = 0
    /// Sum over the kinds of their squared distance from the fair share, as far as it depends on the choice, times the number of places.
    var kinds = 0
    /// Metres that all who come travel.
    var metres = 0
    /// Days of the last turns: between equals goes whoever has waited longest.
    var waited = 0

    static let zero = HostCost()

    static func + (left: HostCost, right: HostCost) -> HostCost {
        HostCost(
            unhosted: left.unhosted + right.unhosted, settings: left.settings + right.settings, kinds: left.kinds + right.kinds,
            metres: left.metres + right.metres, waited: left.waited + right.waited)
    }

    static prefix func - (cost: HostCost) -> HostCost { cost * -1 }

    static func * (cost: HostCost, times: Int) -> HostCost {
        HostCost(
            unhosted: cost.unhosted * times, settings: cost.settings * times, kinds: cost.kinds * times, metres: cost.metres * times,
            waited: cost.waited * times)
    }
}

extension HostCost: Comparable {
    static func < (left: HostCost, right: HostCost) -> Bool {
        if left.unhosted != right.unhosted { return left.unhosted < right.unhosted }
        if left.settings != right.settings { return left.settings < right.settings }
        if left.kinds != right.kinds { return left.kinds < right.kinds }
        if left.metres != right.metres { return left.metres < right.metres }
        return left.waited < right.waited
    }
}
