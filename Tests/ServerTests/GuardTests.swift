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

    @Test("Numbers can be listened on, names cannot: they may mean something else tomorrow")
    func listensOnNumbers() throws {
        for address in ["127.0.0.1", "::1", "[::1]", "localhost", "LocalHost", "0.0.0.0", "::", "192.168.1.2"] {
            #expect(throws: Never.self) { try ServingAddress(address) }
        }
        for address in ["example.org", "", "127.0.0.1 ", "localhost.example", "hub"] {
            #expect(throws: ServeRefusal.self) { try ServingAddress(address) }
        }
    }

    @Test("Nobody else reaches the program before it has a secret key, an administrator and an https address")
    func opensOnlyWhenReady() throws {
        let here = try ServingAddress("127.0.0.1")
        let outside = try ServingAddress("0.0.0.0")
        #expect(throws: Never.self) {
            try PublicServing.check(here, publicURL: nil, hasSecretKey: false, hasAdministrator: false)
        }
        let url = "https://hub.example.org"
        for (key, administrator, address, word) in [
            (false, true, url, "secret key"), (true, false, url, "administrator"), (true, true, nil, "--public-url"),
            (true, true, "http://hub.example.org", "https://"),
        ] as [(Bool, Bool, String?, String)] {
            let refusal = #expect(throws: ServeRefusal.self) {
                try PublicServing.check(outside, publicURL: address, hasSecretKey: key, hasAdministrator: administrator)
            }
            #expect(refusal?.description.contains(word) == true, "\(word)")
        }
        #expect(throws: Never.self) {
            try PublicServing.check(outside, publicURL: url, hasSecretKey: true, hasAdministrator: true)
        }
        // Behind a proxy on this machine the same is asked for.
        #expect(throws: ServeRefusal.self) {
            try PublicServing.check(here, publicURL: url, hasSecretKey: true, hasAdministrator: false)
        }
    }
}
