/// A film that lies on somebody else's site. Nothing of it is loaded with the page: no picture, no player, no cookie. Whoever wants to see
/// it follows a link, and is told before who will know of it.
public struct OutsideFilm: Component, Equatable {
    /// Of the film's own page; always https.
    public let address: String
    /// The site's name as it stands in the address, without `www.`: `vimeo.com`.
    public let host: String
    /// What it is called, with its length and whether it has subtitles, if whoever put it here said so.
    public var title: String?

    /// Takes an https address of a named site and nothing else: no address of a machine, no port, no name or word before an `@`.
    public init?(_ address: String, title: String? = nil) {
        let written = trimmed(address)
        let prefix = "https://"
        guard written.lowercased().hasPrefix(prefix), checkedLink(written) != "#" else { return nil }
        let host = written.dropFirst(prefix.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }.lowercased()
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let isName =
            labels.count > 1
            && labels.allSatisfy { label in
                !label.isEmpty && label.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
            }
        guard isName, labels.last?.utf8.contains(where: { (0x61...0x7A).contains($0) }) == true else { return nil }
        self.address = written
        self.host = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
        self.title = title
    }

    /// Who runs the site, as far as we know.
    private var runner: String? {
        switch host {
        case "youtube.com", "m.youtube.com", "youtu.be", "youtube-nocookie.com": " (YouTube, which belongs to Google)"
        case "vimeo.com", "player.vimeo.com": " (Vimeo)"
        default: nil
        }
    }

    public var html: HTML {
        """
        <section class="card film"><h2>\(title ?? "Film")</h2>\
        <p>This film is not on our site but on <b>\(host)</b>\(runner). Nothing has been loaded from there. If you go there, they learn \
        your device’s address and what you watch, and may set cookies.</p>\
        <p><a class="button quiet" href="\(link: address)" rel="noopener noreferrer" referrerpolicy="no-referrer">\
        Watch it on \(host)</a></p></section>
        """
    }
}
