import Foundation
import Page
import TestKit
import Testing

@Suite("Every component in every state")
struct GalleryTests {
    /// With `EYHUB_GALLERY=folder` the pages and their assets are written there, to be opened or given to axe-core.
    @Test("Every page of the gallery has its headings, labels, names and captions, and no inline script or style")
    func everyPage() throws {
        let folder = ProcessInfo.processInfo.environment["EYHUB_GALLERY"]
        for (name, html) in Gallery.pages {
            #expect(PageCheck.faults(in: html.bytes) == [], "\(name)")
            if let folder { try write(html.bytes, "\(folder)/\(name).html") }
        }
        for asset in Assets.all {
            if let folder { try write(asset.bytes, "\(folder)\(asset.path)") }
        }
    }

    private func write(_ bytes: [UInt8], _ path: String) throws {
        let file = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    @Test("Nothing a setting is called can become markup, on any page")
    func namesStayData() {
        for (name, html) in Gallery.pages {
            let page = HTMLDocument(html.bytes)
            #expect(page.all("script").allSatisfy { $0.has("src") && $0.text.isEmpty }, "\(name)")
        }
    }

    @Test("The same data draws the same bytes, so caches and snapshots hold")
    func deterministic() {
        for (first, second) in zip(Gallery.pages, Gallery.pages) {
            #expect(first.html == second.html, "\(first.name)")
        }
    }

    @Test("Assets have names made from their content and are found by them")
    func assets() {
        #expect(Assets.all.map(\.name).sorted() == ["keep.js", "look.css", "map.js", "mark.svg", "paper.css"])
        for asset in Assets.all {
            #expect(Assets.asset(at: asset.path)?.bytes == asset.bytes)
            #expect(Assets.path(asset.name) == asset.path)
            #expect(asset.path.split(separator: ".").count == 3)
        }
        #expect(Assets.asset(at: "/assets/look.css") == nil)
        #expect(Assets.path("none.js") == "/assets/none.js")
    }

    @Test("Every stylesheet uses only colours that have a name")
    func coloursAreTokens() throws {
        let look = try #require(Assets.all.first { $0.name == "look.css" })
        let text = String(decoding: look.bytes, as: UTF8.self)
        let defined = Set(
            text.split(separator: "--").dropFirst().compactMap { part -> Substring? in
                let name = part.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
                return part.dropFirst(name.count).first == ":" ? name : nil
            })
        for use in text.split(separator: "var(--").dropFirst() {
            let name = use.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            #expect(defined.contains(name), "\(name)")
        }
    }
}
