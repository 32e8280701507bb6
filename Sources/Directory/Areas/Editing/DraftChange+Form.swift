internal import Page

extension DraftChange {
    /// Reads a change as the page's forms send it; nil when something is missing.
    init?(_ form: FormData) {
        func field(_ name: String) -> String? {
            form[name].flatMap { value in
                let tidy = PlanState.tidy(value)
                return tidy.isEmpty || tidy.count > 200 ? nil : tidy
            }
        }
        let ward = field("ward")
        let area = field("area")
        switch form["what"] {
        case "move":
            guard let ward, let area else { return nil }
            self = .move(ward: ward, to: area)
        case "lock":
            guard let ward else { return nil }
            self = .lock(ward: ward)
        case "unlock":
            guard let ward else { return nil }
            self = .unlock(ward: ward)
        case "rename":
            guard let area, let name = field("name") else { return nil }
            self = .rename(area: area, to: name)
        case "base":
            guard let area, let setting = field("setting") else { return nil }
            self = .base(area: area, setting: setting)
        case "free-base":
            guard let area else { return nil }
            self = .freeBase(area: area)
        case "redraw": self = .redraw
        default: return nil
        }
    }

    /// The hidden fields that send it again.
    var fields: [(String, String)] {
        let what = ("what", code)
        switch self {
        case .move(let ward, let area): return [what, ("ward", ward), ("area", area)]
        case .lock(let ward), .unlock(let ward): return [what, ("ward", ward)]
        case .rename(let area, let name): return [what, ("area", area), ("name", name)]
        case .base(let area, let setting): return [what, ("area", area), ("setting", setting)]
        case .freeBase(let area): return [what, ("area", area)]
        case .redraw: return [what]
        }
    }

    /// The ward it is about.
    var ward: String? {
        switch self {
        case .move(let ward, _), .lock(let ward), .unlock(let ward): ward
        default: nil
        }
    }

    /// What was asked for: "move Beckton to Royal Docks".
    func words(in picture: PlanPicture) -> String {
        func ward(_ code: String) -> String { picture.territory.name(ofWard: code) }
        func area(_ id: String) -> String { picture.state.area(id)?.name ?? "an area that is gone" }
        switch self {
        case .move(let code, let to): return "move \(ward(code)) to \(area(to))"
        case .lock(let code): return "lock \(ward(code))"
        case .unlock(let code): return "unlock \(ward(code))"
        case .rename(let id, let name): return "call \(area(id)) “\(name)”"
        case .base(let id, let setting):
            return "make \(picture.setting(setting)?.name ?? "a setting") the base of \(area(id))"
        case .freeBase(let id): return "leave the base of \(area(id)) to the drawing"
        case .redraw: return "draw the areas again"
        }
    }
}
