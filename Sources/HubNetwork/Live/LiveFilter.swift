internal import Civil
internal import Directory
internal import House
internal import Page

/// The questions that narrow the live picture, the same wherever settings are picked by it.
struct LiveFilter {
    let picture: LivePicture
    let errors: FieldErrors
    /// Where the answer is.
    let action: String
    var keep: [(String, String)] = []

    var html: HTML {
        let chosen = picture.filter
        var fields: [Field] = []
        if !picture.hub.areas.isEmpty {
            let areas = picture.hub.areas.map { Choice($0.id, "\($0.name) (\($0.scheme))") }
            fields.append(Field.select("area", "Where", choices: areas, prompt: "The whole hub").filled(chosen.area))
        }
        fields.append(
            Field.select(
                "show", "Who", choices: picture.signals.map { Choice($0.code, picture.words(of: $0)) }, prompt: "Every setting"
            ).filled(chosen.signals.first))
        let types = picture.byType.map { Choice($0.type.rawValue, $0.type.plural) }
        fields.append(Field.select("type", "Kind", choices: types, prompt: "Every kind").filled(chosen.type?.rawValue))
        let isPlain = chosen.area == nil && chosen.type == nil && chosen.signals.isEmpty
        var form = FilterForm(action: action, fields: fields, keep: keep, submit: "Show", clear: isPlain ? nil : action)
        let isThisTerm = chosen.since == Term(of: picture.today).first
        form.more = [
            Field.date("since", "“Not contacted since” means since", hint: "Without a day, since this term began.")
                .filled(isThisTerm ? nil : chosen.since.medium)
        ]
        form.isMoreOpen = !errors.isEmpty || !isThisTerm
        return form.html
    }
}

extension LivePicture {
    func words(of signal: Signal) -> String {
        signal == .notSince ? "Not contacted since \(filter.since.medium)" : signal.words
    }
}
