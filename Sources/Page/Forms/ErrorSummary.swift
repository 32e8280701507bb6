/// "There is a problem": every error of the form on top of the page, each a link to its field.
public struct ErrorSummary: Component {
    public var errors: FieldErrors

    public init(_ errors: FieldErrors) { self.errors = errors }

    /// Nothing when all is well. It takes the focus, so a screen reader starts here.
    public var html: HTML {
        guard !errors.isEmpty else { return "" }
        let lines = errors.all.html { "<li><a href=\"#\($0.field)\">\($0.message)</a></li>" }
        return """
            <section class="error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary" autofocus>\
            <h2 id="error-summary">There is a problem</h2><ul>\(lines)</ul></section>
            """
    }
}
