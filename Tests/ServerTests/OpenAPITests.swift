import Foundation
import House
import Store
import Testing

@testable import Server

@Suite struct OpenAPITests {
    private typealias Object = [String: Any]

    private func document(_ house: TestHouse) async throws -> Object {
        try #require(try JSONShape.read(try await house.get("/api/openapi.json").body) as? Object)
    }

    private func paths(_ house: TestHouse) async throws -> [String: Object] {
        try #require(try await document(house)["paths"] as? [String: Object])
    }

    @Test("Every address under /api is described, and every address described is served")
    func describesEveryRoute() async throws {
        let house = try await LoadedHouse.shared.value
        let paths = try await paths(house)
        for route in house.routes where route.pattern.hasPrefix("/api/") {
            #expect(route.api != nil, "\(route.pattern) has no description")
        }
        for route in house.routes where route.api != nil {
            #expect(
                paths[route.pattern]?[route.method.rawValue.lowercased()] != nil, "\(route.pattern) is not described")
        }
        let served = Set(house.routes.filter { $0.api != nil }.map(\.pattern) + ["/api/v1"])
        #expect(Set(paths.keys) == served)
        for (path, operations) in paths {
            for method in operations.keys { #expect(["get", "post"].contains(method), "\(method) \(path)") }
        }
    }

    @Test("It says which addresses take a token, and a program without a good one is told what to do")
    func saysWhereTokensAreTaken() async throws {
        let house = try await LoadedHouse.shared.value
        let document = try await document(house)
        let schemes = try #require((document["components"] as? Object)?["securitySchemes"] as? Object)
        #expect((schemes["token"] as? Object)?["scheme"] as? String == "bearer")
        for route in house.routes where route.api != nil {
            let operation = try await paths(house)[route.pattern]?[route.method.rawValue.lowercased()] as? Object
            let security = try #require(operation?["security"] as? [Object])
            let responses = try #require(operation?["responses"] as? Object)
            #expect((security.first?["token"] == nil) == route.deed.isForEverybody, "\(route.pattern)")
            #expect((responses["401"] == nil) == route.deed.isForEverybody, "\(route.pattern)")
        }
        let none = try await house.asStranger.get("/api/v1/staff/faults")
        #expect(none.status == 401 && none.text.contains("This needs a token"))
        let broken = try await house.asStranger.get("/api/v1/staff/faults", headers: [("Authorization", "Bearer made-up")])
        #expect(broken.status == 401 && broken.text.contains("This token is not known here"))
    }

    @Test("The description names every parameter of a path and is complete in what OpenAPI asks for")
    func isWellFormed() async throws {
        let house = try await LoadedHouse.shared.value
        let document = try await document(house)
        #expect(document["openapi"] as? String == "3.1.0")
        let info = try #require(document["info"] as? Object)
        #expect(info["title"] is String && info["version"] is String)
        var operationIDs: Set<String> = []
        for (path, operations) in try await paths(house) {
            for (method, operation) in operations {
                let operation = try #require(operation as? Object)
                #expect((operation["summary"] as? String)?.isEmpty == false, "\(method) \(path)")
                let id = try #require(operation["operationId"] as? String)
                #expect(operationIDs.insert(id).inserted, "\(id) names two operations")
                let parameters = try #require(operation["parameters"] as? [Object])
                let inPath = parameters.filter { $0["in"] as? String == "path" }.compactMap { $0["name"] as? String }
                #expect(inPath == RouteTable.parameters(of: path))
                let names = parameters.compactMap { $0["name"] as? String }
                #expect(Set(names).count == names.count)
                let responses = try #require(operation["responses"] as? Object)
                #expect(responses["200"] != nil && responses["404"] != nil)
            }
        }
    }

    @Test("Answers have the fields described, of the types described, and no others")
    func answersAsDescribed() async throws {
        let house = try await LoadedHouse.shared.value
        let examples = try await examples(house)
        for (path, operations) in try await paths(house) {
            guard let operation = operations["get"] as? Object else { continue }
            let asked = examples.reduce(path) { $0.replacing($1.key, with: $1.value) }
            #expect(!asked.contains("{"), "\(path) needs an example in this test")
            let answered = try await house.get(asked)
            #expect(answered.status == 200, "\(asked)")
            let responses = operation["responses"] as? Object
            let content = (responses?["200"] as? Object)?["content"] as? Object
            let schema = try #require((content?["application/json"] as? Object)?["schema"] as? Object)
            let faults = Set(JSONShape.faults(try JSONShape.read(answered.body), schema))
            #expect(faults.isEmpty, "\(path): \(faults.sorted().prefix(5).joined(separator: "; "))")
        }
    }

    /// Something real for each parameter of a path.
    private func examples(_ house: TestHouse) async throws -> [String: String] {
        try await house.tools.database.read { session in
            func one(_ sql: SQL) throws -> String { try session.first(sql)?.text("value") ?? "" }
            return [
                "/settings/{id}": "/settings/"
                    + (try one(
                        "select id as value from setting where type = 'day-nursery' and hub_id is null and outcome is not null limit 1"
                    )),
                "{slug}": try one("select slug as value from hub where is_sample = 1"),
                "/plans/{id}": "/plans/" + (try one("select id as value from plan where status = 'published' limit 1")),
                "{load}": try one("select id as value from load where kind = 'ofsted'"),
            ]
        }
    }

    @Test("An address of the API that names nothing answers 404 in JSON, whatever stands in it")
    func answersNothingInJSON() async throws {
        let house = try await LoadedHouse.shared.value
        for path in try await paths(house).keys where path.contains("{") {
            for word in [
                "no-such-thing", "%00", "%FF", "..%2F..%2Fetc", "'%20or%201=1", String(repeating: "x", count: 3_000),
            ] {
                let asked = path.split(separator: "/").map { $0.hasPrefix("{") ? Substring(word) : $0 }.joined(
                    separator: "/")
                let answered = try await house.get("/" + asked)
                #expect(answered.status == 404, "\(path) with \(word.prefix(20)): \(answered.status)")
                #expect(answered.text.hasPrefix("{\"error\":{\"status\":404"))
            }
        }
    }

    @Test("The index lists the same addresses as the description")
    func indexAgrees() async throws {
        let house = try await LoadedHouse.shared.value
        let index = try #require(try JSONShape.read(try await house.get("/api/v1").body) as? Object)
        let addresses = try #require(index["addresses"] as? [Object]).compactMap { $0["path"] as? String }
        #expect(Set(addresses) == Set(try await paths(house).keys))
    }
}
