import Hummingbird
import NIOCore
import Testing

@testable import Server

@Suite struct GuardTests {
    @Test(
        "A form sent from a page of ours is taken",
        arguments: [
            [("Sec-Fetch-Site", "same-origin")],
            [("Origin", "http://127.0.0.1:8080")],
            [("Referer", "http://127.0.0.1:8080/staff/form?x=1")],
            [("Sec-Fetch-Site", "same-origin"), ("Origin", "null")],
        ])
    func takesOurOwn(headers: [(String, String)]) async throws {
        let house = try await TestHouse.empty()
        #expect(try await house.post("/staff/form", "a=1", headers: headers).status == 200)
    }

    @Test(
        "A form sent from anywhere else is refused, and so is one that does not say where it comes from",
        arguments: [
            [],
            [("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")], [("Sec-Fetch-Site", "none")],
            [("Sec-Fetch-Site", "cross-site"), ("Origin", "http://127.0.0.1:8080")],
            [("Origin", "null")], [("Origin", "http://evil.example")], [("Origin", "http://127.0.0.1:8081")],
            [("Origin", "http://127.0.0.1:8080.evil.example")], [("Origin", "http://127.0.0.1:8080@evil.example")],
            [("Referer", "http://evil.example/127.0.0.1:8080")],
            [("Referer", "http://evil.example/?http://127.0.0.1:8080/")],
            [("Referer", "")],
        ] as [[(String, String)]])
    func refusesOthers(headers: [(String, String)]) async throws {
        let house = try await TestHouse.empty()
        for path in ["/staff/form", "/list/7", "/nothing"] {
            let answered = try await house.post(path, "a=1", headers: headers)
            #expect(answered.status == 403)
        }
    }

    @Test("Pages can be opened from anywhere: a link to us works")
    func takesLinks() async throws {
        let house = try await TestHouse.empty()
        #expect(try await house.get("/list/7", headers: [("Sec-Fetch-Site", "cross-site")]).status == 200)
    }

    @Test(
        "Names of this machine with our port are answered",
        arguments: ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080"])
    func takesOurNames(host: String) async throws {
        let house = try await TestHouse.empty()
        #expect(try await house.send("GET", "/list/7", host: host).status == 200)
    }

    @Test(
        "Any other name is refused: a page of another site may have its name point here",
        arguments: [
            "evil.example", "evil.example:8080", "127.0.0.1", "localhost", "localhost:80",
            "localhost.evil.example:8080",
            "127.0.0.1.evil.example:8080", "10.0.0.1:8080", "0.0.0.0:8080", "[::]:8080", "", "localhost:8080:8080",
            "localhost:", "user@localhost:8080",
        ])
    func refusesOtherNames(host: String) async throws {
        let house = try await TestHouse.empty()
        for path in ["/list/7", "/health", "/staff/form", "/nothing"] {
            #expect(try await house.send("GET", path, host: host).status == 421)
        }
    }

    @Test("A request with no name at all is refused")
    func refusesNoName() async throws {
        let house = try await TestHouse.empty()
        #expect(try await house.send("GET", "/list/7", host: nil).status == 421)
    }

    @Test("A name given with --host-name is answered, with its port if it was given one")
    func takesNamesGiven() async throws {
        let house = try await TestHouse.empty(hostNames: ["hub.test", "localhost:9000"])
        for host in ["hub.test", "HUB.test:80", "hub.test:8080", "localhost:9000", "localhost:8080"] {
            #expect(try await house.send("GET", "/list/7", host: host).status == 200)
        }
        for host in ["localhost:9001", "other.test", "hub.test.evil.example"] {
            #expect(try await house.send("GET", "/list/7", host: host).status == 421)
        }
    }

    @Test("Only addresses of this machine can be listened on; any other is refused with the reason")
    func listensHereOnly() throws {
        for address in ["127.0.0.1", "::1", "[::1]", "localhost", "LocalHost"] {
            #expect(throws: Never.self) { try LoopbackAddress(address) }
        }
        for address in [
            "0.0.0.0", "::", "192.168.1.2", "127.0.0.2", "example.org", "", "127.0.0.1 ", "localhost.example",
        ] {
            let refusal = #expect(throws: ServeRefusal.self) { try LoopbackAddress(address) }
            #expect(refusal?.description.contains("no sign-in yet") == true)
        }
    }
}
