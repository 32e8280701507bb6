import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Server

@Suite struct CrawlTests {
    @Test(
        "Every link leads somewhere, and every page is well made: headings, labels, language, title",
        arguments: ["/", "/staff"])
    func crawls(start: String) async throws {
        let house = try await LoadedHouse.shared.value
        let visited = try await Crawl(house: house).from(start)
        #expect(visited.count > 3)
        let problems = house.log.all.filter { $0.hasPrefix("error") }
        #expect(problems.isEmpty, "\(problems.prefix(3))")
    }

    @Test(
        "The same pages stand on the other engine, and none is a fault of ours",
        arguments: TestEngine.all.filter { $0.engine != .sqlite })
    func crawlsOnPostgreSQL(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let house = try await LoadedHouse.empty(database)
            try await LoadedHouse.fill(house)
            for start in ["/", "/staff"] { _ = try await Crawl(house: house).from(start) }
            for route in house.routes where route.method == .get && !route.pattern.contains("{") {
                for query in ["", "?q=nur'sery&near=E16&miles=3&page=2&older=yes"] {
                    let status = try await house.get(route.pattern + query).status
                    #expect(status < 500, "\(route.pattern)\(query): \(status)")
                }
            }
            let problems = house.log.all.filter { $0.hasPrefix("error") }
            #expect(problems.isEmpty, "\(problems.prefix(3))")
        }
    }

    @Test("Every page with a fixed address is well made, linked to or not")
    func visitsFixedPages() async throws {
        let house = try await LoadedHouse.shared.value
        for route in house.routes where route.method == .get && !route.pattern.contains("{") {
            let answered = try await house.get(route.pattern)
            // A page that needs an answer of the page before it says so with 422; some are not the administrator's.
            let isNotTheirs = answered.status == 403 && !route.deed.isForEverybody && route.deed.reaches[.administrator] == nil
            #expect(answered.status < 400 || answered.status == 422 || isNotTheirs, "\(route.pattern): \(answered.status)")
            guard answered.header("Content-Type")?.hasPrefix("text/html") == true else { continue }
            let faults = PageCheck.faults(in: answered.text)
            #expect(faults.isEmpty, "\(route.pattern): \(faults.joined(separator: "; "))")
        }
    }

    @Test("A stranger's pages link to nothing of the staff's, apart from the way in")
    func strangersStayOutside() async throws {
        let house = try await LoadedHouse.shared.value
        let visited = try await Crawl(house: house.asStranger).from("/")
        for path in visited { #expect(!path.hasPrefix("/staff/"), "\(path)") }
    }

    @Test("Nothing under /staff is everybody's, and what is not under it is everybody's or one's own account")
    func audiencesFollowAddresses() async throws {
        let house = try await LoadedHouse.shared.value
        for route in house.routes {
            // `/own` is a setting's own people's.
            let isStaffs = route.pattern.split(separator: "/").contains("staff") || route.pattern.hasPrefix("/own")
            #expect(route.deed.isForEverybody || route.deed.isOwnAccount ? !isStaffs : isStaffs, "\(route.pattern)")
        }
    }

    @Test("Hostile words in every parameter of every page find nothing or are refused; none is a fault of ours")
    func survivesHostileParameters() async throws {
        let house = try await LoadedHouse.shared.value
        for route in house.routes where route.method == .get && route.pattern.contains("{") {
            for word in ["'", "%27%20or%201=1--", "%3Cscript%3E", "..%2F..", "%F0%9F%91%A9", "-1", "%E2%80%AE"] {
                let path = RouteTable.shape(of: route.pattern).split(separator: "/", omittingEmptySubsequences: false)
                    .map { $0.hasPrefix("{") ? word + $0.drop { $0 != "}" }.dropFirst() : String($0) }.joined(
                        separator: "/")
                let answered = try await house.get(path)
                #expect(answered.status < 500, "\(path): \(answered.status)")
                #expect(!answered.text.contains("<script>"), "\(path)")
            }
        }
    }

    @Test("Hostile queries on every page with a fixed address are answered or refused; none is a fault of ours")
    func survivesHostileQueries() async throws {
        let house = try await LoadedHouse.shared.value
        let queries = [
            "page=-1&size=999999999&sort=;drop", "q=%27%22%3Cscript%3E&postcode=%00",
            "q=" + String(repeating: "%C3%A9", count: 2_000),
            "near=E1&distance=NaN&type=&type=x&ward=%FF", "page=99999999999999999999&distance=-1e308",
            "q=%F0%9F%91%A9%E2%80%8D&sort=-",
        ]
        for route in house.routes where route.method == .get && !route.pattern.contains("{") {
            for query in queries {
                let answered = try await house.get("\(route.pattern)?\(query)")
                #expect(answered.status < 500, "\(route.pattern)?\(query.prefix(40)): \(answered.status)")
                #expect(!answered.text.contains("<script>"), "\(route.pattern)?\(query.prefix(40))")
            }
        }
    }

    @Test(
        "An empty form sent to every form address is refused with words or does what it says; none is a fault of ours")
    func survivesEmptyForms() async throws {
        let house = try await LoadedHouse.small()
        for route in house.routes where route.method == .post {
            let path = route.pattern.split(separator: "/").map { $0.hasPrefix("{") ? "nothing" : String($0) }.joined(
                separator: "/")
            for form in ["", "x=1", "id=%27&name=%3Cscript%3E&name=2&day=99/99/9999&count=-1"] {
                let answered = try await house.post("/" + path, form)
                #expect(answered.status < 500, "\(route.pattern): \(answered.status)")
                #expect(!answered.text.contains("<script>"), "\(route.pattern)")
            }
        }
    }
}
