internal import House

/// Describes the JSON routes as OpenAPI 3.1 does (https://spec.openapis.org/oas/v3.1.0).
struct OpenAPI {
    let title: String
    let routes: [Route]

    var document: JSON {
        .object([
            ("openapi", "3.1.0"),
            (
                "info",
                .object([
                    ("title", .string(title)), ("version", "1"),
                    (
                        "description",
                        """
                        What the pages show, for programs. Unknown values are null or left out. Addresses under /api/v1/staff are \
                        for the hub's team: they take a token, which its owner makes under "Tokens for programs" on the account page, and \
                        answer what its owner's roles may see and the token was made for.
                        """
                    ),
                ])
            ),
            ("paths", .object(paths)),
            (
                "components",
                .object([
                    ("schemas", .object([("Error", OpenAPI.errorSchema)])),
                    ("securitySchemes", .object([("token", .object([("type", "http"), ("scheme", "bearer")]))])),
                ])
            ),
        ])
    }

    private var paths: [(String, JSON)] {
        var order: [String] = []
        var operations: [String: [(String, JSON)]] = [:]
        for route in routes {
            guard let api = route.api else { continue }
            if operations[route.pattern] == nil { order.append(route.pattern) }
            operations[route.pattern, default: []].append((route.method.rawValue.lowercased(), operation(route, api)))
        }
        return order.map { ($0, .object(operations[$0] ?? [])) }
    }

    private func operation(_ route: Route, _ api: APIDescription) -> JSON {
        let isOpen = route.deed.isForEverybody
        let refusals: [(String, JSON)] =
            isOpen
            ? []
            : [
                ("401", OpenAPI.response("No token, or one that is not known here", OpenAPI.errorReference)),
                ("403", OpenAPI.response("The token, or its owner's roles, do not allow it", OpenAPI.errorReference)),
            ]
        return .object([
            ("summary", .string(route.summary)),
            ("tags", .array([.string(route.audience.rawValue)])),
            ("operationId", .string(OpenAPI.operationID(route))),
            ("parameters", .array(OpenAPI.pathParameters(route) + api.parameters.map(OpenAPI.queryParameter))),
            (
                "responses",
                .object(
                    [
                        ("200", OpenAPI.response("The answer", OpenAPI.schema(ofFields: api.answer))),
                        ("400", OpenAPI.response("The request cannot be read", OpenAPI.errorReference)),
                    ] + refusals + [
                        ("404", OpenAPI.response("There is no such thing", OpenAPI.errorReference)),
                        ("default", OpenAPI.response("It did not go well", OpenAPI.errorReference)),
                    ])
            ),
            ("security", .array(isOpen ? [] : [.object([("token", .array([]))])])),
        ])
    }

    private static func operationID(_ route: Route) -> String {
        let words = route.pattern.split { !$0.isLetter && !$0.isNumber }
        return ([route.method.rawValue.lowercased()] + words.map(String.init)).joined(separator: "-")
    }

    private static func pathParameters(_ route: Route) -> [JSON] {
        RouteTable.parameters(of: route.pattern).map { name in
            .object([
                ("name", .string(name)), ("in", "path"), ("required", true), ("schema", .object([("type", "string")])),
            ])
        }
    }

    private static func queryParameter(_ parameter: APIDescription.Parameter) -> JSON {
        var schema: [(String, JSON)] = [("type", "string")]
        if !parameter.values.isEmpty { schema.append(("enum", .array(parameter.values.map { .string($0) }))) }
        return .object([
            ("name", .string(parameter.name)), ("in", "query"), ("description", .string(parameter.meaning)),
            ("schema", .object(schema)),
        ])
    }

    private static func response(_ description: String, _ schema: JSON) -> JSON {
        .object([
            ("description", .string(description)),
            ("content", .object([("application/json", .object([("schema", schema)]))])),
        ])
    }

    private static func schema(ofFields fields: [APIDescription.Property]) -> JSON {
        var members: [(String, JSON)] = [
            ("type", "object"), ("properties", .object(fields.map { ($0.name, schema(of: $0)) })),
        ]
        let required = fields.filter(\.isRequired).map { JSON.string($0.name) }
        if !required.isEmpty { members.append(("required", .array(required))) }
        return .object(members)
    }

    private static func schema(of property: APIDescription.Property) -> JSON {
        let meaning = JSON.string(property.meaning)
        switch property.type {
        case "array":
            let items = property.fields.isEmpty ? JSON.object([]) : schema(ofFields: property.fields)
            return .object([("type", "array"), ("description", meaning), ("items", items)])
        case "object":
            return .object([("allOf", .array([schema(ofFields: property.fields)])), ("description", meaning)])
        default:
            // What is not known is null, unless the field is always there.
            let type: JSON = property.isRequired ? .string(property.type) : .array([.string(property.type), "null"])
            return .object([("type", type), ("description", meaning)])
        }
    }

    private static let errorReference = JSON.object([("$ref", "#/components/schemas/Error")])

    private static let errorSchema = JSON.object([
        ("type", "object"), ("required", .array(["error"])),
        (
            "properties",
            .object([
                (
                    "error",
                    .object([
                        ("type", "object"), ("required", .array(["status", "message"])),
                        (
                            "properties",
                            .object([
                                ("status", .object([("type", "integer")])),
                                ("message", .object([("type", "string")])),
                                (
                                    "reference",
                                    .object([
                                        ("type", "string"),
                                        ("description", "Stands in the log too; only when the fault is ours"),
                                    ])
                                ),
                            ])
                        ),
                    ])
                )
            ])
        ),
    ])
}
