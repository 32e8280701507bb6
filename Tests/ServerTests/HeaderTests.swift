import House
import Testing

@testable import Server

@Suite struct HeaderTests {
    @Test("Every answer tells browsers to trust nothing but us, whatever went right or wrong")
    func everyAnswerIsGuarded() async throws {
        let house = try await TestHouse.empty()
        var answers: [TestHouse.Answered] = []
        for path in [
            "/list/7", "/staff/form", "/health", "/ready", "/metrics", "/api/v1", "/api/openapi.json", "/robots.txt",
            "/accessible-formats", "/nothing", "/api/v1/nothing", "/fails/badly", "/fails/busy", "/fails/full",
            "/fails/missing", "/echo/%FF/b", "/list.csv",
        ] {
            answers.append(try await house.get(path))
            answers.append(try await house.send("HEAD", path))
        }
        answers.append(try await house.send("DELETE", "/list/7"))
        answers.append(try await house.send("POST", "/list/7"))
        answers.append(try await house.post("/list/7", ""))
        answers.append(try await house.send("GET", "/list/7", host: "evil.example"))
        answers.append(try await house.send("PROPFIND", "/list/7"))
        for answered in answers {
            for header in SecurityHeaders.all { #expect(answered.header(header.name) == header.value) }
            #expect(answered.header("Cache-Control") != nil)
            #expect(answered.header("Set-Cookie") == nil)
            #expect(answered.header("Server") == nil)
            // No other site may read anything.
            #expect(answered.header("Access-Control-Allow-Origin") == nil)
            let type = answered.header("Content-Type") ?? ""
            #expect(type.hasSuffix("; charset=utf-8"), "\(type)")
        }
    }

    @Test("The policy allows nothing inline, no frame, no other site")
    func policyIsStrict() throws {
        let policy = try #require(SecurityHeaders.all.first { $0.name == "Content-Security-Policy" }).value
        #expect(!policy.contains("unsafe"))
        #expect(policy.contains("default-src 'self'"))
        #expect(policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("http"))
    }

    @Test("What staff see is kept by no browser; what strangers see is asked for anew; errors are not kept")
    func caching() async throws {
        let house = try await TestHouse.empty()
        #expect(try await house.get("/staff/form").header("Cache-Control") == "no-store")
        #expect(try await house.get("/list/7").header("Cache-Control") == "no-cache")
        #expect(try await house.get("/nothing").header("Cache-Control") == "no-store")
    }
}
