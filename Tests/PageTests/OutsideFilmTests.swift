import Foundation
import Testing

@testable import Page

/// Clicking to load: docs/rules/outside-films.md.
@Suite struct OutsideFilmTests {
    @Test("Nothing of a film is loaded with the page: there is a link, and before it who will know")
    func loadsNothing() throws {
        let film = try #require(OutsideFilm("https://www.youtube.com/watch?v=abc&t=1", title: "A <morning>"))
        let html = film.html.string
        for tag in ["<iframe", "<video", "<img", "<script", "<embed", "<object", "src=", "autoplay", "preload"] {
            #expect(!html.contains(tag), "\(tag)")
        }
        #expect(html.contains("href=\"https://www.youtube.com/watch?v=abc&amp;t=1\"") && html.contains("A &lt;morning&gt;"))
        #expect(html.contains("youtube.com</b> (YouTube, which belongs to Google)") && html.contains("may set cookies"))
        #expect(html.contains("rel=\"noopener noreferrer\" referrerpolicy=\"no-referrer\""))
        let words = try #require(html.range(of: "may set cookies")).lowerBound
        #expect(words < (try #require(html.range(of: "<a class"))).lowerBound)
    }

    @Test("Somebody else’s site goes by its own name")
    func namesTheSite() throws {
        #expect(try #require(OutsideFilm("HTTPS://Films.Example.ORG/x")).host == "films.example.org")
        #expect(try #require(OutsideFilm("https://vimeo.com/1")).html.string.contains("(Vimeo)"))
    }

    @Test(
        "Only an https address of a named site is a film",
        arguments: [
            "", "http://youtube.com/x", "javascript:alert(1)", "https://", "https://localhost/x", "https://127.0.0.1/x",
            "https://youtube.com:444/x",
            "https://youtube.com@evil.example/x", "//youtube.com/x", "https://you tube.com/", "https://.com/x", "https://[::1]/x",
            "https://youtube.com\\@x",
            "data:text/html,x",
        ])
    func refusesOthers(address: String) {
        #expect(OutsideFilm(address) == nil)
    }

    @Test("Base64 is as RFC 4648 has it")
    func encodes() {
        let vectors: [(String, String)] = [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ]
        for (plain, coded) in vectors { #expect(String(decoding: base64(Array(plain.utf8)), as: UTF8.self) == coded) }
        #expect(InlinePicture("text/html", [1]).html.isEmpty)
        #expect(InlinePicture("image/png", Array("foo".utf8)).html.string == "<img src=\"data:image/png;base64,Zm9v\" alt=\"\">")
    }
}
