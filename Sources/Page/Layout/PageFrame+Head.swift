extension PageFrame {
    private var documentTitle: String {
        let words = title ?? heading
        let whole = words == site ? site : "\(words) – \(site)"
        return errors.isEmpty ? whole : "Problem: \(whole)"
    }

    var head: HTML {
        """
        <head><meta charset="utf-8"><title>\(documentTitle)</title>\
        <meta name="viewport" content="width=device-width, initial-scale=1">\
        <meta name="color-scheme" content="light dark">\
        <meta name="theme-color" content="#FBF8F3" media="(prefers-color-scheme: light)">\
        <meta name="theme-color" content="#17141C" media="(prefers-color-scheme: dark)">\
        \(isListed ? HTML() : "<meta name=\"robots\" content=\"noindex\">")\
        \(refreshSeconds.map { "<meta http-equiv=\"refresh\" content=\"\($0)\">" as HTML })\
        <link rel="stylesheet" href="\(Assets.path("look.css"))">\
        \(stylesheets.html { "<link rel=\"stylesheet\" href=\"\(link: $0)\">" })\
        <link rel="icon" type="image/svg+xml" href="\(Assets.path("mark.svg"))">\
        \(alternates.html {
            "<link rel=\"alternate\" type=\"\($0.type)\" title=\"\($0.title)\" href=\"\(link: $0.href)\">"
        })\
        \(scripts.html { "<script src=\"\(Assets.path($0))\" defer></script>" })</head>
        """
    }

    /// The hub's name, the search and the person.
    var top: HTML {
        """
        <header class="top\(hasColourLine ? " lined" : "")"><a class="site" href="\(link: siteHref)">\(hearth())\
        \(logo.map { "<img src=\"\(link: $0)\" alt=\"\">" as HTML })<bdi>\(site)</bdi></a>\
        \(rooms.isEmpty ? HTML() : "<a class=\"to-rooms\" href=\"#rooms\">All rooms</a>")\
        \(searchBox)\(account.map(accountLink))</header>
        """
    }

    private func accountLink(_ account: Account) -> HTML {
        let link: HTML = """
            <a class="account" href="\(link: account.href)"><b><bdi>\(account.name)</bdi></b> <span>\(account.role)</span></a>
            """
        let doing: HTML = "\(account.others.isEmpty ? HTML() : hats(account))\(account.signOutAction.map(signOut))"
        return doing.isEmpty ? link : "<div class=\"who\">\(link)<div class=\"who-do\">\(doing)</div></div>"
    }

    /// From every page: whoever leaves a shared computer must not look for the way out.
    private func signOut(_ action: String) -> HTML {
        "<form class=\"sign-out\" method=\"post\" action=\"\(link: action)\"><button>Sign out</button></form>"
    }

    /// One other role is a button; several are a short list behind one. It is a form, since it changes who one is here.
    private func hats(_ account: Account) -> HTML {
        let buttons = account.others.html { other in
            """
            <li><form method="post" action="\(link: account.changeAction)"><input type="hidden" name="next" value="\(account.back)">\
            <input type="hidden" name="role" value="\(other.value)"><button><span class="unseen">Change to </span><bdi>\(other.label)</bdi></button>\
            </form></li>
            """
        }
        if account.others.count == 1 { return "<ul class=\"hats\">\(buttons)</ul>" }
        return "<details class=\"hats\"><summary>Change hat</summary><ul>\(buttons)</ul></details>"
    }

    private var searchBox: HTML {
        guard let search else { return "" }
        return """
            <form class="search" role="search" method="get" action="\(link: searchHref)">\
            <label class="unseen" for="site-search">Search for a setting or a postcode</label>\
            <input type="search" id="site-search" name="q" value="\(search)" placeholder="A setting or a postcode" \
            autocomplete="off" spellcheck="false" dir="auto">\
            <button><svg viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.2" \
            stroke-linecap="round"><circle cx="8.5" cy="8.5" r="5.5"/><path d="m13 13 4.5 4.5"/></svg>\
            <span class="unseen">Search</span></button></form>
            """
    }

    var roomList: HTML {
        guard !rooms.isEmpty else { return "" }
        return """
            <nav class="rooms" aria-label="Rooms"><ul>\(rooms.html { "<li>\($0.drawn())</li>" })</ul></nav>
            """
    }
}
