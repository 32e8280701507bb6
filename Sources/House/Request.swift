public import Page

/// What somebody asked for, already read within its limits.
public struct Request: Sendable {
    public let method: Route.Method
    /// The path as asked for, percent-encoded.
    public let path: String
    /// The parameters of the route's pattern, percent-decoded.
    public let parameters: [String: String]
    public let query: FormData
    /// The fields of a posted form; empty for anything else.
    public private(set) var form: FormData
    /// The files of a posted form, by field name, each in a file of its own that goes when the request is answered.
    public let uploads: [String: Upload]
    public let audience: Audience
    /// Who asks.
    public private(set) var asker: Asker
    private let route: Route
    /// Where it comes from.
    public let origin: Origin
    /// What they ask to do, for the store to check.
    public private(set) var permit: Permit
    public var deed: Deed { permit.deed }
    /// How the hub looks whose page it is; nil for pages of no one hub.
    public var look: HubLook?
    /// True when the asker prefers JSON to HTML.
    public let wantsJSON: Bool

    public init(
        method: Route.Method, path: String, parameters: [String: String] = [:], query: FormData = FormData(),
        form: FormData = FormData(), uploads: [String: Upload] = [:], asker: Asker = .stranger, origin: Origin = Origin(), route: Route,
        wantsJSON: Bool = false
    ) {
        self.method = method
        self.path = path
        self.parameters = parameters
        self.query = query
        self.form = form
        self.uploads = uploads
        audience = route.audience
        self.asker = asker
        self.route = route
        self.origin = origin
        self.wantsJSON = wantsJSON
        // Only until the request is whole: the place of the deed is read from it.
        permit = Permit(asker, route.deed)
        permit = route.permit(asker, self)
    }

    /// The same request of somebody else, with the permit that they would need.
    public func asked(by asker: Asker) -> Request {
        var copy = self
        copy.asker = asker
        copy.permit = route.permit(asker, copy)
        return copy
    }

    /// The same request with other fields, for what one form does by way of another.
    public func with(form: FormData) -> Request {
        var copy = self
        copy.form = form
        return copy
    }

    /// A parameter of the route's pattern; empty when the pattern has none of that name.
    public func parameter(_ name: String) -> String { parameters[name] ?? "" }
}

/// Where a request comes from.
public struct Origin: Sendable {
    /// The network address, for counting tries; never kept as it is.
    public let address: String
    /// The kind of browser in a few words, such as "Firefox on Android", for a person to know their own devices by.
    public let device: String

    public init(address: String = "", device: String = "A browser") {
        self.address = address
        self.device = device
    }
}

/// A file that came with a form.
public struct Upload: Sendable {
    /// The name it had on the sender's machine. For showing only; never part of a path.
    public let name: String
    /// Where it lies on this machine until the request is answered.
    public let path: String
    public let size: Int

    public init(name: String, path: String, size: Int) {
        self.name = name
        self.path = path
        self.size = size
    }
}
