/// The decisions of a plan: its areas in their order, and what belongs to each. What it costs is worked out from these.
struct PlanState: Sendable, Equatable {
    struct Area: Sendable, Equatable {
        let id: String
        var name: String
        /// The setting its coordinator works from.
        var baseID: String?
        /// A person chose the base: a new drawing keeps it.
        var isBaseLocked = false
        /// The most settings a network's anchor takes; nil for no limit.
        var capacity: Int?
    }

    var areas: [Area]
    /// Ward code to area id, in a scheme that divides wards.
    var areaOfWard: [String: String] = [:]
    /// Wards that a new drawing leaves where they are.
    var lockedWards: Set<String> = []
    /// Setting id to area id, in a scheme that divides settings.
    var areaOfSetting: [String: String] = [:]

    func area(_ id: String?) -> Area? { areas.first { $0.id == id } }

    func position(_ id: String?) -> Int? { areas.firstIndex { $0.id == id } }

    func wards(of area: String) -> [String] { areaOfWard.filter { $0.value == area }.keys.sorted() }

    mutating func change(_ id: String, _ edit: (inout Area) -> Void) {
        guard let index = position(id) else { return }
        edit(&areas[index])
    }
}

extension PlanState {
    /// All of it as text, for a step that can be undone: a line for each area, ward and setting.
    var text: String {
        var lines: [String] = []
        for area in areas {
            lines.append(
                "A\t\(area.id)\t\(area.baseID ?? "")\t\(area.isBaseLocked ? 1 : 0)\t\(area.capacity ?? 0)\t\(area.name)"
            )
        }
        for (ward, area) in areaOfWard.sorted(by: { $0.key < $1.key }) {
            lines.append("W\t\(ward)\t\(position(area) ?? 0)\t\(lockedWards.contains(ward) ? 1 : 0)")
        }
        for (setting, area) in areaOfSetting.sorted(by: { $0.key < $1.key }) {
            lines.append("S\t\(setting)\t\(position(area) ?? 0)")
        }
        return lines.joined(separator: "\n")
    }

    /// Reads what `text` wrote; nil when it is not that.
    init?(text: String) {
        var state = PlanState(areas: [])
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            switch (parts.first, parts.count) {
            case ("A", 6):
                state.areas.append(
                    Area(
                        id: parts[1], name: parts[5], baseID: parts[2].isEmpty ? nil : parts[2],
                        isBaseLocked: parts[3] == "1", capacity: Int(parts[4]).flatMap { $0 > 0 ? $0 : nil }))
            case ("W", 4):
                guard let index = Int(parts[2]), state.areas.indices.contains(index) else { return nil }
                state.areaOfWard[parts[1]] = state.areas[index].id
                if parts[3] == "1" { state.lockedWards.insert(parts[1]) }
            case ("S", 3):
                guard let index = Int(parts[2]), state.areas.indices.contains(index) else { return nil }
                state.areaOfSetting[parts[1]] = state.areas[index].id
            default: return nil
            }
        }
        self = state
    }

    /// A name fit for one line of a list.
    static func tidy(_ name: String) -> String {
        name.split { $0.isWhitespace }.joined(separator: " ")
    }
}
