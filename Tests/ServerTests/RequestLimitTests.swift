import House
import Testing

@testable import Server

@Suite struct RequestLimitTests {
    /// Behind a proxy that says who asks, with three requests for an address and five for somebody signed in, and none that come back soon.
    private func house() async throws -> TestHouse {
        try await TestHouse.empty { configuration in
            configuration.isBehindProxy = true
            configuration.addressAllowance = RequestAllowance(burst: 3, perSecond: 0.001)
            configuration.sessionAllowance = RequestAllowance(burst: 5, perSecond: 0.001)
        }
    }

    private func statuses(_ house: TestHouse, _ count: Int, from address: String, _ path: String = "/list/7") async throws -> [Int] {
        var statuses: [Int] = []
        for _ in 0..<count { statuses.append(try await house.get(path, headers: [("X-Forwarded-For", address)]).status) }
        return statuses
    }

    @Test("Whoever asks too much is told when to come back, on a plain page that looks nobody up; other addresses are not touched")
    func limits() async throws {
        let house = try await house().asStranger
        #expect(try await statuses(house, 4, from: "192.0.2.7") == [200, 200, 200, 429])
        let refused = try await house.get("/list/7", headers: [("X-Forwarded-For", "192.0.2.7")])
        #expect(refused.status == 429)
        #expect((refused.header("Retry-After").flatMap { Int($0) } ?? 0) > 0)
        #expect(refused.text.contains("Too many requests at once"))
        #expect(refused.header("Content-Security-Policy") != nil)
        let json = try await house.get("/api/v1/fails/x", headers: [("X-Forwarded-For", "192.0.2.7")])
        #expect(json.status == 429)
        #expect(json.text.contains(#""status":429"#))
        #expect(try await statuses(house, 1, from: "192.0.2.8") == [200])
        // What an asker writes before our proxy's word does not make them another.
        #expect(try await statuses(house, 1, from: "198.51.100.1, 192.0.2.7") == [429])
    }

    @Test("Who is signed in is counted by their session: an office full of strangers does not shut them out, nor they the office")
    func countsSessions() async throws {
        let house = try await house()
        // The first is counted by address: nobody is known before they were looked up.
        #expect(try await statuses(house, 7, from: "192.0.2.7", "/staff/form") == [200, 200, 200, 200, 200, 200, 429])
        #expect(try await statuses(house.asStranger, 3, from: "192.0.2.7") == [200, 200, 429])
        // A cookie that is nobody's does not make a new counter.
        var liar = house
        liar.cookie = "made-up"
        #expect(try await statuses(liar, 1, from: "192.0.2.7") == [429])
    }

    @Test("This machine is never limited: health checks come from there")
    func sparesThisMachine() async throws {
        let house = try await house().asStranger
        for address in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            #expect(try await statuses(house, 5, from: address, "/health") == [200, 200, 200, 200, 200])
        }
        var direct: [Int] = []
        for _ in 0..<5 { direct.append(try await house.get("/health").status) }
        #expect(direct == [200, 200, 200, 200, 200])
    }

    @Test("Allowances fill again by themselves, and what is counted never grows beyond its bound")
    func fillsAgain() {
        let counter = RequestCounter(
            address: RequestAllowance(burst: 2, perSecond: 0.5), session: RequestAllowance(burst: 2, perSecond: 0.5))
        let start = ContinuousClock.now
        #expect(counter.take(address: "a", papers: nil, now: start) == nil)
        #expect(counter.take(address: "a", papers: nil, now: start) == nil)
        #expect(counter.take(address: "a", papers: nil, now: start) == 2)
        #expect(counter.take(address: "a", papers: nil, now: start + .seconds(2)) == nil)
        for number in 0...RequestCounter.most { #expect(counter.take(address: "\(number)", papers: nil, now: start) == nil) }
    }

    @Test("An IPv6 network counts as one, an IPv4 address as itself however it is written")
    func addresses() {
        #expect(NetworkAddress.counted("2001:db8:1:2:3:4:5:6") == NetworkAddress.counted("2001:DB8:1:2::9"))
        #expect(NetworkAddress.counted("2001:db8::1") == NetworkAddress.counted("2001:db8:0:0:ffff::1"))
        #expect(NetworkAddress.counted("2001:db8:1:2::1") != NetworkAddress.counted("2001:db8:1:3::1"))
        #expect(NetworkAddress.counted("::ffff:192.0.2.7") == "192.0.2.7")
        #expect(NetworkAddress.counted("192.0.2.7") == "192.0.2.7")
        for own in ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", ""] { #expect(NetworkAddress.counted(own).isEmpty) }
    }
}
