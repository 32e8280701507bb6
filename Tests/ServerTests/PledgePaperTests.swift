import Civil
import Foundation
import House
import Hummingbird
import NIOCore
import Pictures
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/pledges.md on what was signed on paper.
@Suite struct PledgePaperTests {
    private static let png = [UInt8](
        Data(base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVQI12P8z8DAwMDAxMDAwMDAAAANHQEDK+mmyAAAAABJRU5ErkJggg==")
            ?? Data())

    /// A photo as a phone makes it, with a place written into it.
    private static func photo() async throws -> [UInt8] {
        let plain = try await Pictures.picture(from: png, as: .photo)
        #expect(plain.kind == .jpeg)
        let secret = Array("Exif\0\0II*\0\u{8}\0\0\0\0\0 taken at 51.5007 N, 0.1246 W".utf8)
        let length = secret.count + 2
        return Array(plain.bytes.prefix(2)) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + secret + plain.bytes.dropFirst(2)
    }

    private func send(_ house: PledgeHouse, _ page: String, _ fields: [(String, String)], photo: [UInt8]?, name: String = "paper.jpg")
        async throws -> TestHouse.Answered
    {
        var body: [UInt8] = []
        func line(_ text: String) { body += Array((text + "\r\n").utf8) }
        for (name, value) in fields {
            line("--edge")
            line("Content-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)")
        }
        if let photo {
            line("--edge")
            line("Content-Disposition: form-data; name=\"photo\"; filename=\"\(name)\"\r\nContent-Type: image/jpeg\r\n")
            body += photo
            line("")
        }
        line("--edge--")
        return try await house.lead.send(
            "POST", house.path + page, headers: TestHouse.fromHere + [("Content-Type", "multipart/form-data; boundary=edge")],
            body: RequestBody(buffer: ByteBuffer(bytes: body)))
    }

    private func fields(_ key: Int) -> [(String, String)] {
        [("key", PledgeHouse.key(key)), ("setting", "s1"), ("name", "Rosa Marsh"), ("role", "Manager"), ("day", "12 May 2026")]
    }

    @Test("A signature from paper keeps its photo, made ours: nothing of where it was taken is left", arguments: TestEngine.all)
    func keepsPhotos(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let saved = try await send(house, "/paper", fields(1), photo: try await Self.photo())
            let page = String(try #require(saved.header("Location")).prefix { $0 != "?" })
            let text = try await house.lead.get(page).text
            #expect(text.contains("on paper, entered by the team") && text.contains("12 May 2026") && text.contains("\(page)/photo"))
            let photo = try await house.lead.get("\(page)/photo")
            #expect(photo.status == 200 && photo.body.starts(with: [0xFF, 0xD8, 0xFF]) && photo.header("Cache-Control") == "no-store")
            #expect(!String(decoding: photo.body, as: UTF8.self).contains("taken at"))
            let health = try await house.lead.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            #expect(try await health.get("\(page)/photo").status == 404)
            // The same form sent twice keeps one signature and one photo; the same signer again is told, and nothing is kept.
            _ = try await send(house, "/paper", fields(1), photo: try await Self.photo())
            let again = try await send(house, "/paper", fields(2), photo: try await Self.photo())
            #expect(again.header("Location")?.hasSuffix("done=already") == true)
            #expect(try await house.count("signature") == 1)
            #expect(try await house.count("picture") == 1)
            #expect(try await house.lead.get(try #require(again.header("Location"))).text.contains("They have signed already"))
        }
    }

    @Test(
        "A photo of 50 MB, a program dressed as one and a broken one are refused in words; what was typed stays", arguments: TestEngine.all)
    func refusesPhotos(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let svg = Array("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".utf8)
            let tries: [([UInt8], String)] = [
                ([UInt8](repeating: 0x89, count: 50_000_000), "50 MB"), (svg, "SVG drawing"),
                (Array(Self.png.prefix(40)), "damaged or not whole"),
                (Array("%PDF-1.7".utf8), "This is a PDF"), ([0xFF, 0xD8, 0xFF] + svg, "damaged or not whole"),
            ]
            for (bytes, words) in tries {
                let one = try await send(house, "/paper", fields(1), photo: bytes)
                #expect(one.status == 422 && one.text.contains(words) && one.text.contains("value=\"Rosa Marsh\""), "\(words)")
                #expect(one.text.contains("value=\"12 May 2026\"") && PageCheck.faults(in: one.text).isEmpty)
                let sheet = try await send(
                    house, "/sheet", [("lines", "Larkspur Nursery, Rosa Marsh, manager"), ("day", "12 May 2026")], photo: bytes)
                #expect(
                    sheet.status == 422 && sheet.text.contains(words)
                        && sheet.text.contains("Larkspur Nursery, Rosa Marsh, manager</textarea>"))
            }
            let kept = try await house.count("picture")
            #expect(kept == 0)
            #expect(try await house.count("signature") == 0)
            let future = try await send(house, "/paper", [("setting", "s1"), ("name", "Rosa"), ("day", "1 January 2030")], photo: Self.png)
            #expect(future.status == 422 && future.text.contains("still to come") && future.text.contains("Choose the photo again"))
        }
    }

    @Test(
        "A sheet is looked at before it is saved: found, several, not found, signed before; every line is told", arguments: TestEngine.all)
    func entersSheets(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            try await house.paper("s2", "Ann Lee", key: 1)
            let lines = "larkspur nursery, Rosa Marsh, manager\nPoppy Pre-school; Ann Lee; deputy\nNowhere Nursery\tJo Field\tdeputy"
            let kept = try await send(house, "/sheet", [("lines", lines), ("day", "22 November 2026")], photo: Self.png)
            let sheet = try #require(kept.header("Location"))
            #expect(try await house.count("signature") == 1)
            let look = try await house.lead.get(sheet).text
            #expect(look.contains("Save 3 signatures") && look.contains("Signed already on 22 November 2026") && look.contains("Not found"))
            #expect(try await house.lead.get("\(sheet)/photo").status == 200)
            #expect(try await house.lead.get(house.path).text.contains("A sheet of 3 signatures is typed and not yet saved"))
            let form = "setting-0=s1&setting-1=s2&setting-2=s4"
            let saved = try await house.lead.post(sheet, form)
            #expect(saved.status == 200 && saved.text.contains("2 signatures are saved") && saved.text.contains("1 had signed already"))
            // A setting of another hub is not taken: the words on the paper stand for it.
            let names = try await house.lead.tools.database.read {
                try $0.all("select setting_id, setting_words from signature order by id").map {
                    $0.textOrNil("setting_id") ?? $0.text("setting_words")
                }
            }
            #expect(Set(names) == ["s1", "s2", "Nowhere Nursery"] && names.count == 3)
            // Sent once more, after a lost connection: the same.
            #expect(try await house.lead.post(sheet, form).text.contains("2 signatures are saved"))
            #expect(try await house.count("signature") == 3)
        }
    }

    @Test("Lines that name nobody are told one by one and the sheet stays as it was typed", arguments: TestEngine.all)
    func refusesLines(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let refused = try await house.lead.post("\(house.path)/sheet", "lines=Larkspur+Nursery%0AA,+B,+C%0A,+,+x&day=22+November+2026")
            #expect(refused.status == 422 && refused.text.contains("Line 1, “Larkspur Nursery”") && refused.text.contains("Line 3"))
            #expect(refused.text.contains("A, B, C"))
            let long = String(repeating: "Larkspur+Nursery,+Rosa,+x%0A", count: 900)
            #expect(try await house.lead.post("\(house.path)/sheet", "lines=\(long)").text.contains("Use 20,000 characters or fewer"))
            #expect(try await house.count("signing_sheet") == 0)
        }
    }

    @Test("173 people of a hub sign on one day, by phone, by page and from paper, and every one is counted once", arguments: TestEngine.all)
    func oneDay(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            // F9 of the sources: 173 pledges signed at one event; here by people of three settings.
            let (all, byPhone, byPage) = (173, 60, 3)
            let made = try await house.lead.post("\(house.path)/events", "title=Launch&first=22+November+2026")
            let text = try await house.lead.get(String(try #require(made.header("Location")).prefix { $0 != "?" })).text
            let code = String(try #require(text.firstMatch(of: /href="(\/pledge\/[A-Z0-9]{12})"/)).output.1)
            let settings: [(id: String, name: String)] = [
                ("s1", "Larkspur Nursery"), ("s2", "Poppy Pre-school"), ("s3", "Rosa Childminding"),
            ]
            for number in 0..<byPhone {
                let setting = settings[number % 3].name.replacing(" ", with: "+")
                _ = try await house.stranger.post(
                    code, "key=\(PledgeHouse.key(number))&setting=\(setting)&name=Phone+\(number)&role=Staff&agree=yes")
            }
            for (number, setting) in settings.enumerated() {
                let manager = try await house.manager(of: setting.id, "page\(number)@example.org")
                _ = try await manager.post(
                    "/own/\(setting.id)/pledges/\(house.agreement)", "key=\(PledgeHouse.key(500 + number))&role=Manager&agree=yes")
            }
            let lines = (0..<(all - byPhone - byPage)).map { "\(settings[$0 % 3].name), Paper \($0), staff" }.joined(separator: "\n")
            let sheet = try await send(house, "/sheet", [("lines", lines), ("day", "22 November 2026")], photo: nil)
            let page = try #require(sheet.header("Location"))
            let fields = (0..<(all - byPhone - byPage)).map { "setting-\($0)=\(settings[$0 % 3].id)" }.joined(separator: "&")
            _ = try await house.lead.post(page, fields)
            let facts = try await house.facts()
            #expect(facts["signatures that count"] == String(all) && facts["people"] == String(all))
            #expect(try await house.settings() == "3 of 3")
        }
    }
}
