internal import Civil
internal import House
internal import Store

/// A meeting of a hub or of one of its mini-hubs, planned or held.
struct Gathering: Sendable {
    enum HostState: String, Sendable, CaseIterable, Bindable {
        case none, draft, agreed
    }

    let id: String
    let hubID: String
    /// The mini-hub whose meeting it is; nil for the whole hub's.
    let areaID: String?
    let areaName: String?
    let day: Day
    let title: String
    /// How many are expected.
    let expected: Int
    let needsStepFree: Bool
    let hostID: String?
    let hostState: HostState
    /// The host was chosen by hand: drawing leaves it.
    let isLocked: Bool
    /// Why this host, or why none, as it was drawn.
    let because: String?
    /// Somebody of the host has been told.
    let isTold: Bool
    /// How many people came, if that was counted.
    let came: Int?
    /// Who was there has been noted.
    let isNoted: Bool
    let isCancelled: Bool
    let version: Int

    init?(_ row: Row) {
        guard let day = row.day("day"), let state: HostState = row.code("host_state") else { return nil }
        id = row.text("id")
        hubID = row.text("hub_id")
        areaID = row.textOrNil("area_id")
        areaName = row.textOrNil("area_name")
        self.day = day
        title = row.text("title")
        expected = row.int("expected")
        needsStepFree = row.bool("needs_step_free")
        hostID = row.textOrNil("host_id")
        hostState = state
        isLocked = row.bool("is_locked")
        because = row.textOrNil("because")
        isTold = row.bool("is_told")
        came = row.intOrNil("came")
        isNoted = row.textOrNil("noted_at") != nil
        isCancelled = row.textOrNil("cancelled_at") != nil
        version = row.int("version")
    }

    /// Whose meetings follow one another: the hub's, or one mini-hub's.
    var series: String { areaID ?? "hub" }
    /// "Riverside" or "The whole hub".
    var place: String { areaName ?? "The whole hub" }
}

/// What a setting did at a gathering.
struct GatheringPart: Sendable, Equatable {
    let settingID: String
    var spoke = false
    var hosted = false
    var chaired = false

    init(_ settingID: String) { self.settingID = settingID }

    init(_ row: Row) {
        settingID = row.text("setting_id")
        spoke = row.bool("spoke")
        hosted = row.bool("hosted")
        chaired = row.bool("chaired")
    }

    var parts: Set<Encounter.Part> {
        var parts: Set<Encounter.Part> = [.present]
        if spoke { parts.insert(.spoke) }
        if hosted { parts.insert(.hosted) }
        if chaired { parts.insert(.chaired) }
        return parts
    }
}

/// A year of gatherings as schools count it, from September to August.
struct GatheringYear: Sendable, Equatable {
    /// The year it begins in.
    let start: Int

    init(start: Int) { self.start = start }
    init(of day: Day) { start = day.month >= 9 ? day.year : day.year - 1 }

    var days: ClosedRange<Day> { Term(year: start, season: .autumn).first...Term(year: start + 1, season: .summer).last }
    /// "2026/27".
    var name: String { "\(start)/\((start + 1) % 100 < 10 ? "0" : "")\((start + 1) % 100)" }
}
