/// What just happened, and what happens next; stands above the content.
public struct Notice: Component, Equatable {
    /// How it looks; errors are read out at once.
    public enum Kind: String, Sendable { case success, warning, error, note }

    public let kind: Kind
    /// One sentence.
    public var title: String
    /// What happens next, or how to mend it.
    public var detail: HTML

    init(_ kind: Kind, _ title: String, _ detail: HTML) {
        self.kind = kind
        self.title = title
        self.detail = detail
    }

    /// Something was done.
    public static func success(_ title: String, _ detail: HTML = "") -> Notice { Notice(.success, title, detail) }
    /// Nothing is lost, but somebody should look.
    public static func warning(_ title: String, _ detail: HTML = "") -> Notice { Notice(.warning, title, detail) }
    /// Something could not be done.
    public static func error(_ title: String, _ detail: HTML = "") -> Notice { Notice(.error, title, detail) }
    /// Something good to know.
    public static func note(_ title: String, _ detail: HTML = "") -> Notice { Notice(.note, title, detail) }

    public var html: HTML {
        let role: HTML = kind == .error ? "alert" : "status"
        let more: HTML = detail.isEmpty ? "" : "<div class=\"notice-detail\">\(detail)</div>"
        return """
            <div class="notice \(kind.rawValue)" role="\(role)">\(picture)<div><p class="notice-title">\
            <span class="unseen">\(spoken): </span>\(title)</p>\(more)</div></div>
            """
    }

    private var spoken: HTML {
        switch kind {
        case .success: "Done"
        case .warning: "Take care"
        case .error: "There is a problem"
        case .note: "Note"
        }
    }

    private var picture: HTML {
        let path: HTML =
            switch kind {
            case .success: "<path d=\"M3 10.5 8 15.5 17.5 5\"/>"
            case .warning: "<path d=\"M10 3v9M10 15.5v1\"/>"
            case .error: "<path d=\"M4.5 4.5l11 11M15.5 4.5l-11 11\"/>"
            case .note: "<path d=\"M10 9v7M10 4.5v1\"/>"
            }
        return """
            <svg viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.6" \
            stroke-linecap="round" stroke-linejoin="round">\(path)</svg>
            """
    }
}
