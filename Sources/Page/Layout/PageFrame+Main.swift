extension PageFrame {
    var mainPart: HTML {
        let columns: HTML = aside == nil ? "" : " has-aside"
        let beside = aside.map { "<aside class=\"beside\" aria-label=\"More about this page\">\($0)</aside>" as HTML }
        return """
            <main id="main" tabindex="-1">\(crumbs)\(headline)\(sectionLine)\(ErrorSummary(errors))\(notices)\
            <div class="body\(columns)"><div class="content">\(content)\(trail.map { "<p class=\"trail\">\($0.drawn())</p>" as HTML })</div>\(beside)</div></main>
            """
    }

    private var crumbs: HTML {
        guard !breadcrumbs.isEmpty else { return "" }
        let steps = breadcrumbs.html { "<li>\($0.drawn())</li>" }
        return "<nav class=\"crumbs\" aria-label=\"Where this page is\"><ol>\(steps)</ol></nav>"
    }

    private var sectionLine: HTML {
        guard sections.count > 1 else { return "" }
        let links = sections.html { "<li>\($0.drawn())</li>" }
        return "<nav class=\"sections\" aria-label=\"\(heading): its pages\"><ul>\(links)</ul></nav>"
    }

    private var headline: HTML {
        let lead = self.lead.map { "<p class=\"lead\">\($0)</p>" as HTML }
        let action = self.action.map { "<div class=\"do\">\($0)</div>" as HTML }
        return """
            <div class="headline"><div class="words"><h1><bdi>\(heading)</bdi></h1>\(lead)</div>\(action)</div>
            """
    }

    /// Where the facts come from, other formats, and on phones the rooms.
    var foot: HTML {
        let list: HTML =
            rooms.isEmpty
            ? ""
            : """
            <nav class="rooms-below" id="rooms" aria-label="All rooms" tabindex="-1"><p>All rooms</p>\
            <ul>\(rooms.html { "<li>\($0.drawn())</li>" })</ul></nav>
            """
        return """
            <footer class="foot">\(footing)\(list)<div class="foot-lines">\(attribution.html { "<p>\($0)</p>" })\
            <p><a href="\(link: accessibleFormatsHref)">Accessible formats and help with this page</a></p></div></footer>
            """
    }

    var thumbBar: HTML {
        guard !places.isEmpty else { return "" }
        return """
            <nav class="thumb" aria-label="Common places"><ul>\
            \(places.prefix(4).html { "<li>\($0.drawn())</li>" })</ul></nav>
            """
    }
}
