public import Store

/// Whose eyes a page is made for.
public enum Audience: String, Sendable, CaseIterable {
    /// Anybody: sees public facts only.
    case stranger
    /// Somebody of the network who is signed in.
    case staff
}

/// One address the house answers.
public struct Route: Sendable {
    /// What forms and links can send.
    public enum Method: String, Sendable { case get = "GET", post = "POST" }

    public let method: Method
    /// The path with its parameters in braces, such as `/settings/{id}`.
    public let pattern: String
    /// What asking for it amounts to; who may is in the deed.
    public let deed: Deed
    /// Where the deed is done.
    public let place: @Sendable (Request, any Session) throws -> Whereabouts
    /// What it does, in a few words, for the API description and the list of routes.
    public let summary: String
    /// Set for routes of the JSON API, which `/api/openapi.json` describes.
    public let api: APIDescription?
    public let answer: @Sendable (Request) async throws -> Answer
    /// The address itself holds a key nobody can guess, and whoever has it may do the deed from anywhere: so the form needs neither
    /// the browser's token nor to come from a page of ours. For mail programs that end letters with one click (RFC 8058).
    public private(set) var isProvenByAddress = false

    public init(
        _ method: Method, _ pattern: String, _ deed: Deed, _ summary: String, api: APIDescription? = nil,
        at place: @escaping @Sendable (Request, any Session) throws -> Whereabouts = { _, _ in .several },
        _ answer: @escaping @Sendable (Request) async throws -> Answer
    ) {
        self.method = method
        self.pattern = pattern
        self.deed = deed
        self.place = place
        self.summary = summary
        self.api = api
        self.answer = answer
    }

    /// The same route, open to whoever has its address.
    public func provenByAddress() -> Route {
        var route = self
        route.isProvenByAddress = true
        return route
    }

    public var audience: Audience { deed.isForEverybody ? .stranger : .staff }

    /// The permit for one request of this route.
    public func permit(_ asker: Asker, _ request: Request) -> Permit {
        Permit(asker, deed) { [place] in try place(request, $0) }
    }
}

/// What the API description says of a route: its query parameters and the fields of its answer.
public struct APIDescription: Sendable {
    /// One parameter of the query.
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

    /// One field of the answer.
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
