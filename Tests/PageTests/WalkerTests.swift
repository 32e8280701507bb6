import Page
import TestKit
import Testing

@Suite("Walking through pages without a browser")
struct WalkerTests {
    /// A tiny site: a list, a form that answers 422 until it is right, and an upload.
    @Sendable private static func answer(_ request: WalkRequest) async throws -> WalkResponse {
        let path = request.path.prefix { $0 != "?" }
        switch (request.method, path) {
        case ("GET", "/"):
            return page("Home", "<p><a href=\"settings/new?from=\(query: [("a", "1 2")])\">Add a setting</a></p>", cookie: "s=1; Path=/")
        case ("GET", "/settings/new"): return page("Add a setting", Gallery.form(errors: FieldErrors(), values: nil).content)
        case ("POST", "/settings"):
            guard request.headers.contains(where: { $0.name == "Cookie" && $0.value == "s=1" }) else { return page("No cookie", "") }
            let type = request.headers.first { $0.name == "Content-Type" }?.value ?? ""
            var reader = try MultipartReader(contentType: type)
            var form = FormData()
            var file = 0
            for event in try reader.consume(request.body) {
                if case .field(let name, let value) = event { form.add(name, value) }
                if case .fileBytes(let bytes) = event { file += bytes.count }
            }
            try reader.finish()
            var read = FormReader(form)
            let name = read.text("name", missing: "Enter the name")
            guard let name, read.errors.isEmpty else {
                return page("Add a setting", Gallery.form(errors: read.errors, values: form).content, status: 422)
            }
            let about = [name, form["kind"] ?? "-", form["ward"] ?? "-", form.all("days").joined(separator: "+"), "\(file)"]
            let address = PageAddress("/done", [("m", about.joined(separator: "|"))])
            return WalkResponse(status: 303, headers: [("Location", address.href)], body: [])
        case ("GET", "/done"):
            let form = try FormData(query: request.path.drop { $0 != "?" }.dropFirst())
            return page("Done", "<p id=\"m\">\(form["m"])</p>")
        default: return page("Lost", "", status: 404)
        }
    }

    private static func page(_ heading: String, _ content: HTML, status: Int = 200, cookie: String? = nil) -> WalkResponse {
        let headers = [("Content-Type", "text/html; charset=utf-8")] + (cookie.map { [("Set-Cookie", $0)] } ?? [])
        return WalkResponse(status: status, headers: headers, body: PageFrame(site: "Site", heading: heading, content: content).html.bytes)
    }

    @Test("A link is followed by its words, a form filled by its labels, an error shown and nothing lost, a file sent")
    func journey() async throws {
        let walker = Walker { try await Self.answer($0) }
        try await walker.open("/")
        #expect(walker.links().contains("/settings/new?from=a=1+2"))
        try await walker.follow("Add a setting")
        #expect(walker.path == "/settings/new?from=a=1+2")
        try walker.choose("school")
        try walker.choose("Tuesday")
        try walker.fill("Ward", Gallery.names[3])
        try walker.attach("The list to load", filename: "x.csv", bytes: Array("a,b\r\n".utf8))
        try await walker.press("Add the setting")
        #expect(walker.status == 422)
        #expect(try walker.value(of: "Ward") == Gallery.names[3])
        try walker.fill("Name of the setting", "Larkspur & \"Co\"\r\n--boundary")
        try await walker.press("Add the setting")
        #expect(walker.status == 200)
        #expect(walker.page.heading == "Done")
        #expect(walker.page.element(id: "m")?.text == "Larkspur & \"Co\" --boundary|sc|Tidemill Primary|Tuesday|0")
        #expect(walker.faults == [])
    }

    @Test("What is not on the page is said with what is")
    func missing() async throws {
        let walker = Walker { try await Self.answer($0) }
        try await walker.open("/")
        await #expect(throws: WalkError.self) { try await walker.follow("Nowhere") }
        #expect(throws: WalkError.self) { try walker.fill("Nothing", "x") }
        await #expect(throws: WalkError.self) { try await walker.press("Nothing") }
    }

    @Test("A circle of redirects ends")
    func circle() async throws {
        let walker = Walker { _ in WalkResponse(status: 302, headers: [("Location", "/")], body: []) }
        await #expect(throws: WalkError.self) { try await walker.open("/") }
    }
}
