import Foundation
import House
import Page
import Testing

@testable import Server

@Suite struct AssetTests {
    @Test("Stylesheets and scripts are served under addresses that change with them, to be kept for good")
    func servesAssets() async throws {
        let house = try await TestHouse.empty()
        #expect(!Assets.all.isEmpty)
        for asset in Assets.all {
            let answered = try await house.get(asset.path)
            #expect(answered.status == 200)
            #expect(answered.body == asset.bytes)
            #expect(answered.header("Content-Type") == asset.contentType)
            #expect(answered.header("Cache-Control") == "public, max-age=31536000, immutable")
        }
    }

    @Test("The scripts keep nothing in the browser, run no text as code and listen to no other page")
    func scriptsKeepNothing() throws {
        let scripts = Assets.all.filter { $0.contentType.contains("javascript") }
        #expect(!scripts.isEmpty)
        for script in scripts {
            // The name of SVG's language is no address anybody is asked at.
            let text = String(decoding: script.bytes, as: UTF8.self).replacing("http://www.w3.org/2000/svg", with: "")
            for word in [
                "Storage", "indexedDB", "document.cookie", "eval(", "Function(", "innerHTML", "outerHTML", "document.write", "message",
                "http",
            ] {
                let isThere = text.contains(word)
                #expect(!isThere, "\(script.path): \(word)")
            }
        }
    }

    @Test(
        "Nothing else is found there, whatever is tried",
        arguments: [
            "/assets/look.css", "/assets/", "/assets", "/assets/..%2F..%2Fetc%2Fpasswd", "/assets/../Package.swift",
            "/assets/%2e%2e/x", "/assets/.hidden.woff2", "/assets/look.000000000000.css", "/assets/a/b",
        ])
    func findsNothingElse(path: String) async throws {
        let house = try await TestHouse.empty()
        #expect(try await house.get(path).status == 404)
    }

    @Test("Fonts of the folder are served by their names in lower case; anything else in it is not")
    func servesFonts() throws {
        let folder = NSTemporaryDirectory() + "eyhub-fonts-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in ["Andika-Regular.woff2", ".secret.woff2", "notes.txt"] {
            try Data(name.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        let fonts = Fonts(folder: folder)
        #expect(fonts.font(named: "andika-regular.woff2") == Array("Andika-Regular.woff2".utf8))
        for name in ["Andika-Regular.woff2", ".secret.woff2", "notes.txt", "../\(folder)/notes.txt"] {
            #expect(fonts.font(named: name) == nil)
        }
        #expect(Fonts(folder: "/nowhere").font(named: "andika-regular.woff2") == nil)
    }
}
