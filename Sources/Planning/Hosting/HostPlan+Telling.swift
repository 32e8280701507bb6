extension HostPlan.Choice {
    /// Why this host, in a sentence or two.
    public var sentence: String {
        if isLocked {
            return obstacles.isEmpty ? "Chosen by hand." : "Chosen by hand, though \(obstacles.map(\.words).joined(separator: " and "))."
        }
        if able == 1 { return "The only one that can host it.\(way(""))" }
        let fair: String
        if withFewer == 0 {
            fair = "Of the \(able) that can host it nobody has hosted fewer times: it has \(times)."
        } else {
            fair =
                "\(withFewer == 1 ? "One" : "\(withFewer)") of the \(able) that can host it hosted fewer times: their turn comes at another meeting, or the year as a whole would be less even."
        }
        return fair + way(nearness)
    }

    private var times: String {
        switch turnsBefore {
        case 0: "not hosted yet"
        case 1: "hosted once"
        case 2: "hosted twice"
        default: "hosted \(turnsBefore) times"
        }
    }

    private var nearness: String {
        if withAsMany < 2 { return "" }
        if nearer == 0 { return ", the shortest way of the \(withAsMany) that hosted as often" }
        return "; \(nearer == 1 ? "one is" : "\(nearer) are") nearer, and the travel of all meetings together is the least this way"
    }

    private func way(_ beside: String) -> String {
        guard let metresEach else { return "" }
        let tenths = (metresEach + 50) / 100
        return " Those who come travel \(tenths / 10).\(tenths % 10) km on average\(beside)."
    }
}

extension HostPlan.Unhosted {
    /// Why nobody hosts it, in a sentence or two. `people` is how many are expected.
    public func sentence(people: Int) -> String {
        if offered == 0 { return "Nobody who may host it has offered to host yet." }
        var reasons: [String] = []
        if tooSmall > 0 {
            reasons.append("\(tooSmall) \(tooSmall == 1 ? "has" : "have") no room for \(people) (the largest holds \(largest))")
        }
        if notStepFree > 0 { reasons.append("\(notStepFree) \(notStepFree == 1 ? "is" : "are") not step-free") }
        if away > 0 { reasons.append("\(away) cannot that day") }
        if besideOwnTurn > 0 {
            reasons.append("\(besideOwnTurn) would host twice in a row or twice on one day")
        }
        return "Nobody can host it: of the \(offered) that offered, \(reasons.joined(separator: ", "))."
    }
}

extension HostObstacle {
    /// What is wrong, after "though".
    public var words: String {
        switch self {
        case .elsewhere: "it is in another area"
        case .tooSmall(let holds): "it has room for \(holds)"
        case .notStepFree: "it is not step-free"
        case .away: "it cannot that day"
        case .besideOwnTurn: "it hosts the meeting before or after"
        }
    }
}
