import Testing

@testable import Server

@Suite struct LogTests {
    @Test("The log says what kind of page was asked for and how it went, never the address, the query or a form")
    func holdsNoPersonalData() async throws {
        let house = try await TestHouse.empty()
        _ = try await house.get("/echo/Aisha/Example?postcode=E16+4QQ&name=Aisha")
        _ = try await house.post("/staff/form", "name=Aisha+Example")
        _ = try await house.get("/Aisha/Example")
        _ = try await house.get("/fails/Aisha")
        _ = try await house.send("GET", "/list/Aisha", host: "aisha.example")
        _ = try await house.send("AISHA", "/list/Aisha")
        let lines = house.log.all
        #expect(lines.count { $0.hasPrefix("info request") } == 6)
        #expect(lines[0].contains("method=GET"))
        #expect(lines[0].contains("route=/echo/{word}/{other}"))
        #expect(lines[0].contains("status=200"))
        #expect(lines[0].contains("ms="))
        for line in lines {
            for word in ["aisha", "example", "e16", "acacia"] { #expect(!line.lowercased().contains(word)) }
        }
    }

    @Test("The figures count answers by route and status, and no client can make the list grow")
    func counts() async throws {
        let house = try await TestHouse.empty()
        for number in 0..<50 {
            _ = try await house.get("/list/\(number)")
            _ = try await house.get("/no-such-page-\(number)")
            _ = try await house.send("METHOD\(number)", "/list/\(number)")
        }
        let figures = try await house.get("/metrics")
        #expect(figures.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        #expect(figures.text.contains(#"eyhub_answers_total{method="GET",route="/list/{id}",status="200"} 50"#))
        #expect(figures.text.contains(#"eyhub_answers_total{method="GET",route="none",status="404"} 50"#))
        #expect(figures.text.contains(#"eyhub_answers_total{method="OTHER",route="none",status="501"} 50"#))
        #expect(figures.text.contains(#"eyhub_answer_seconds_count{route="/list/{id}"} 50"#))
        #expect(figures.text.contains("process_resident_memory_bytes "))
        #expect(figures.text.split(separator: "\n").count { $0.hasPrefix("eyhub_answers_total{") } == 3)
    }
}
