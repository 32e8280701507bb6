internal import House

/// The way into the JSON API and its description.
struct APIRoutes: Sendable {
    let site: String

    func routes(describing rooms: [Route]) -> [Route] {
        let described = (rooms + [index([])]).filter { $0.api != nil }
        let document = OpenAPI(title: "\(site): JSON API", routes: described).document.bytes
        return [
            index(described),
            Route(.get, "/api/openapi.json", .look, "The description of the API (OpenAPI 3.1)") { _ in
                .json(document)
            },
        ]
    }

    private func index(_ routes: [Route]) -> Route {
        let list = JSON.object([
            ("description", "/api/openapi.json"),
            (
                "addresses",
                .array(
                    routes.map { route in
                        .object([
                            ("method", .string(route.method.rawValue)), ("path", .string(route.pattern)),
                            ("summary", .string(route.summary)), ("audience", .string(route.audience.rawValue)),
                        ])
                    })
            ),
        ])
        return Route(.get, "/api/v1", .look, "The addresses of the API", api: APIRoutes.indexDescription) { _ in
            .json(list.bytes)
        }
    }

    private static let indexDescription = APIDescription(answer: [
        .init("description", "string", "Where the API is described", required: true),
        .init(
            "addresses", "array", "Every address", required: true,
            fields: [
                .init("method", "string", "GET or POST", required: true),
                .init("path", "string", "The path, its parameters in braces", required: true),
                .init("summary", "string", "What it does", required: true),
                .init("audience", "string", "Who may ask: stranger or staff", required: true),
            ]),
    ])
}
