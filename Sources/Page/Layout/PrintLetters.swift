/// One letter of many, on a sheet of its own.
public struct PrintLetter: Sendable {
    /// To whom it goes, one line each.
    public var address: [String]
    public var heading: String
    public var content: HTML

    public init(address: [String], heading: String, content: HTML) {
        self.address = address
        self.heading = heading
        self.content = content
    }
}

/// Many letters of one sender in one document, each beginning a new page. What they share is the frame's.
public struct PrintLetters: Component {
    public var frame: PrintFrame
    public var letters: [PrintLetter]

    public init(_ frame: PrintFrame, _ letters: [PrintLetter]) {
        self.frame = frame
        self.letters = letters
    }

    public var html: HTML {
        """
        <!doctype html>
        <html lang="\(frame.language)"><head><meta charset="utf-8"><title>\(frame.heading) – \(frame.site)</title>\
        <meta name="viewport" content="width=device-width, initial-scale=1">\(frame.styles)</head><body class="paper letter many">\
        <footer class="funder"><p>\(frame.funderLogo)\(frame.funder ?? frame.site)</p></footer><main>\(letters.html(sheet))</main></body></html>

        """
    }

    private func sheet(_ letter: PrintLetter) -> HTML {
        let address = letter.address.enumerated().html { "\($0 > 0 ? "<br>" as HTML : HTML())\($1)" }
        return """
            <article class="sheet"><header class="letterhead"><p class="site">\(hearth(colour: frame.markColour ?? "#5B2A6E"))\
            <bdi>\(frame.site)</bdi></p>\(frame.logo)</header><p class="address">\(address)</p>\
            \(frame.dateLine.map { "<p class=\"date\">\($0)</p>" as HTML })<h1><bdi>\(letter.heading)</bdi></h1>\(letter.content)</article>
            """
    }
}
