/// Who may ask for a route. A table of roles takes this place when sign-in exists.
public enum Audience: String, Sendable, CaseIterable {
    /// Anybody: sees public facts only.
    case stranger
    /// The hub's team. Until sign-in exists, staff pages are served on the loopback address only.
    case staff
}

/// One address the house answers.
public struct Route: Sendable {
    public enum Method: String, Sendable { case get = "GET", post = "POST" }

    public let method: Method
    /// The path with its parameters in braces, such as `/settings/{id}`.
    public let pattern: String
    public let audience: Audience
    /// What it does, in a few words, for the API description and the list of routes.
    public let summary: String
    /// Set for routes of the JSON API, which `/api/openapi.json` describes.
    public let api: APIDescription?
    public let answer: @Sendable (Request) async throws -> Answer

    public init(
        _ method: Method, _ pattern: String, _ audience: Audience, _ summary: String, api: APIDescription? = nil,
        _ answer: @escaping @Sendable (Request) async throws -> Answer
    ) {
        self.method = method
        self.pattern = pattern
        self.audience = audience
        self.summary = summary
        self.api = api
        self.answer = answer
    }
}

/// What the API description says of a route: its query parameters and the fields of its answer.
public struct APIDescription: Sendable {
    public struct Parameter: Sendable {
        public let name: String
        public let meaning: String
        /// The values allowed, when they are a closed list.
        public let values: [String]

        public init(_ name: String, _ meaning: String, values: [String] = []) {
            self.name = name
            self.meaning = meaning
            self.values = values
        }
    }

    public struct Property: Sendable {
        /// JSON Schema's word: `string`, `integer`, `number`, `boolean`, `array`, `object`.
        public let type: String
        public let name: String
        public let meaning: String
        public let isRequired: Bool
        /// The fields of an object, or of an array's items.
        public let fields: [Property]

        public init(_ name: String, _ type: String, _ meaning: String, required: Bool = false, fields: [Property] = []) {
            self.name = name
            self.type = type
            self.meaning = meaning
            isRequired = required
            self.fields = fields
        }
    }

    public let parameters: [Parameter]
    public let answer: [Property]

    public init(parameters: [Parameter] = [], answer: [Property]) {
        self.parameters = parameters
        self.answer = answer
    }
}
