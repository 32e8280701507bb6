internal import Planning

/// Something a person does to a draft.
enum DraftChange: Sendable, Equatable {
    case move(ward: String, to: String)
    case lock(ward: String)
    case unlock(ward: String)
    case rename(area: String, to: String)
    /// Another base; it stays when the areas are drawn again.
    case base(area: String, setting: String)
    /// The drawing may choose the base again.
    case freeBase(area: String)
    case redraw

    /// Its code in the list of steps.
    var code: String {
        switch self {
        case .move: "move"
        case .lock: "lock"
        case .unlock: "unlock"
        case .rename: "rename"
        case .base: "base"
        case .freeBase: "free-base"
        case .redraw: "redraw"
        }
    }
}

/// Why a change cannot be made, in words for the person who asked. Nothing was changed.
struct ChangeRefused: Error, Equatable {
    let message: String
}

/// A draft after a change.
struct ChangedDraft: Sendable, Equatable {
    var state: PlanState
    /// What was done, as a sentence in the past.
    let sentence: String
    /// The drawing's notes, when it was drawn again.
    var notes: [String]?
}

extension DraftChange {
    /// Works out the draft after the change. Throws `ChangeRefused`.
    func applied(to picture: PlanPicture, newID: () -> String) throws -> ChangedDraft {
        var state = picture.state
        func area(_ id: String) throws -> PlanState.Area {
            guard let area = state.area(id) else {
                throw ChangeRefused(message: "That area is not in this draft any more.")
            }
            return area
        }
        func ward(_ code: String) throws -> String {
            guard picture.territory.ward(code) != nil else {
                throw ChangeRefused(message: "That ward is not part of this hub.")
            }
            return picture.territory.name(ofWard: code)
        }
        switch self {
        case .move(let code, let to):
            return try moved(code, named: try ward(code), to: try area(to), picture)
        case .lock(let code):
            let name = try ward(code)
            guard let home = state.area(state.areaOfWard[code]) else {
                throw ChangeRefused(message: "\(name) is in no area yet, so it cannot be locked to one.")
            }
            state.lockedWards.insert(code)
            return ChangedDraft(state: state, sentence: "Locked \(name) to \(home.name)")
        case .unlock(let code):
            let name = try ward(code)
            state.lockedWards.remove(code)
            return ChangedDraft(state: state, sentence: "Unlocked \(name)")
        case .rename(let id, let wish):
            let old = try area(id)
            let name = PlanState.tidy(wish)
            guard !state.areas.contains(where: { $0.id != id && $0.name.lowercased() == name.lowercased() }) else {
                throw ChangeRefused(message: "Another area is called \(name) already. Choose a name of its own.")
            }
            state.change(id) { $0.name = name }
            return ChangedDraft(state: state, sentence: "Renamed \(old.name) to \(name)")
        case .base(let id, let settingID):
            let old = try area(id)
            guard let setting = picture.setting(settingID), setting.type.canBeBase, picture.area(of: setting) == id
            else {
                throw ChangeRefused(
                    message: "That setting cannot be the base of \(old.name). Choose one from the list.")
            }
            state.change(id) {
                $0.baseID = settingID
                $0.isBaseLocked = true
            }
            return ChangedDraft(
                state: state, sentence: "Made \(setting.name ?? setting.type.name) the base of \(old.name)")
        case .freeBase(let id):
            let old = try area(id)
            state.change(id) { $0.isBaseLocked = false }
            return ChangedDraft(state: state, sentence: "Left the base of \(old.name) to the next drawing")
        case .redraw:
            do {
                let drawn = try picture.drawing.draw(
                    count: max(1, state.areas.count), around: state, word: picture.scheme.word, newID: newID)
                return ChangedDraft(state: drawn.state, sentence: "Drew the areas again", notes: drawn.notes)
            } catch {
                throw ChangeRefused(message: error.description)
            }
        }
    }

    private func moved(
        _ code: String, named name: String, to area: PlanState.Area, _ picture: PlanPicture
    ) throws -> ChangedDraft {
        var state = picture.state
        let from = state.area(state.areaOfWard[code])
        guard from?.id != area.id else { throw ChangeRefused(message: "\(name) is in \(area.name) already.") }
        state.areaOfWard[code] = area.id
        let problem = try? picture.drawing.problem(count: max(1, state.areas.count))
        var more = ""
        if let from, let base = picture.setting(from.baseID), base.ward == code {
            // The base went with its ward: the area left behind gets the best of what it still has.
            let next = (try? problem?.bestBase(forWards: state.wards(of: from.id))) ?? nil
            state.change(from.id) {
                $0.baseID = next
                $0.isBaseLocked = false
            }
            let named = picture.setting(next)?.name
            more = named.map { ". The base of \(from.name) is now \($0)" } ?? ". \(from.name) has no base now"
        }
        if area.baseID == nil {
            let next = (try? problem?.bestBase(forWards: state.wards(of: area.id))) ?? nil
            state.change(area.id) { $0.baseID = next }
        }
        let start = from.map { "from \($0.name) " } ?? ""
        return ChangedDraft(state: state, sentence: "Moved \(name) \(start)to \(area.name)\(more)")
    }
}
