/// A year's meetings and those who could host them, checked and put in order, so that the order of the question does not matter.
struct HostProblem: Sendable {
    let places: [HostPlace]
    let meetings: [HostedMeeting]
    /// What stands against each place at each meeting, before anything is planned.
    let obstacles: [[[HostObstacle]]]
    /// Metres all who come would travel.
    let metres: [[Int]]
    /// Pairs of meetings that one place may not both host, the earlier first.
    let conflicts: [(Int, Int)]

    /// - Parameter lastHosts: for each series, who hosted its last meeting before these.
    init(_ places: [HostPlace], _ meetings: [HostedMeeting], lastHosts: [String: String]) throws(HostRotationError) {
        let places = places.sorted { $0.id < $1.id }
        let meetings = meetings.sorted { ($0.day, $0.series, $0.id) < ($1.day, $1.series, $1.id) }
        try Self.check(places, meetings)
        let conflicts = Self.conflicts(meetings)
        var beside = [[Int]](repeating: [], count: meetings.count)
        for (one, other) in conflicts {
            beside[one].append(other)
            beside[other].append(one)
        }
        var isBegun: Set<String> = []
        var obstacles: [[[HostObstacle]]] = []
        for (number, meeting) in meetings.enumerated() {
            let last = isBegun.insert(meeting.series).inserted ? lastHosts[meeting.series] : nil
            let locked = Set(beside[number].compactMap { meetings[$0].locked })
            obstacles.append(
                places.map { place in
                    if meeting.locked == place.id { return [] }
                    var against = Self.obstacles(place, meeting)
                    if place.id == last || locked.contains(place.id) { against.append(.besideOwnTurn) }
                    return against
                })
        }
        self.places = places
        self.meetings = meetings
        self.conflicts = conflicts
        self.obstacles = obstacles
        metres = Self.metres(places, meetings)
    }

    /// What stands against a place at a meeting, whatever else it hosts.
    static func obstacles(_ place: HostPlace, _ meeting: HostedMeeting) -> [HostObstacle] {
        var against: [HostObstacle] = []
        if let may = meeting.mayHost, !may.contains(place.id) { against.append(.elsewhere) }
        if place.holds < meeting.people { against.append(.tooSmall(holds: place.holds)) }
        if meeting.needsStepFree && !place.isStepFree { against.append(.notStepFree) }
        if place.away.contains(where: { $0.contains(meeting.day) }) { against.append(.away) }
        return against
    }

    /// Whether the place is to be considered for the meeting.
    func may(_ place: Int, _ meeting: Int) -> Bool {
        if let locked = meetings[meeting].locked { return places[place].id == locked }
        return obstacles[meeting][place].isEmpty
    }

    private static func check(_ places: [HostPlace], _ meetings: [HostedMeeting]) throws(HostRotationError) {
        for (one, next) in zip(places, places.dropFirst()) where one.id == next.id { throw .duplicatePlace(one.id) }
        var seen: Set<String> = []
        for meeting in meetings where !seen.insert(meeting.id).inserted { throw .duplicateMeeting(meeting.id) }
        let range = 0...100_000
        for place in places {
            guard place.point?.isOnEarth ?? true else { throw .badPosition(place.id) }
            guard range.contains(place.holds), range.contains(place.turnsBefore) else { throw .badNumber(place.id) }
        }
        let known = Set(places.map(\.id))
        for meeting in meetings {
            guard meeting.comers.allSatisfy(\.isOnEarth) else { throw .badPosition(meeting.id) }
            guard range.contains(meeting.people) else { throw .badNumber(meeting.id) }
            if let host = meeting.locked, !known.contains(host) { throw .unknownHost(meeting: meeting.id, host: host) }
        }
    }

    /// One meeting of a series and the next, and any two on one day. Two that were both given to one place by hand stay as they are.
    private static func conflicts(_ meetings: [HostedMeeting]) -> [(Int, Int)] {
        var found: [(Int, Int)] = []
        for one in meetings.indices {
            var hasNext = false
            for other in meetings.indices.dropFirst(one + 1) {
                let isNext = !hasNext && meetings[one].series == meetings[other].series
                if isNext { hasNext = true }
                let isByHand = meetings[one].locked != nil && meetings[other].locked != nil
                if (isNext || meetings[one].day == meetings[other].day) && !isByHand { found.append((one, other)) }
            }
        }
        return found
    }

    private static func metres(_ places: [HostPlace], _ meetings: [HostedMeeting]) -> [[Int]] {
        var known: [[GeoPoint]: [Int]] = [:]
        return meetings.map { meeting in
            if let row = known[meeting.comers] { return row }
            let sums = places.map { place -> Int? in
                place.point.map { point in
                    meeting.comers.reduce(0) { $0 + Int(GreatCircle.metres(from: $1, to: point).rounded()) }
                }
            }
            let farthest = sums.compactMap { $0 }.max() ?? 0
            let row = sums.map { $0 ?? farthest }
            known[meeting.comers] = row
            return row
        }
    }
}
