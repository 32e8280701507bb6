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
    public let form: FormData
    /// The files of a posted form, by field name, each in a file of its own that goes when the request is answered.
    public let uploads: [String: Upload]
    public let audience: Audience
    /// True when the asker prefers JSON to HTML.
    public let wantsJSON: Bool

    public init(
        method: Route.Method, path: String, parameters: [String: String] = [:], query: FormData = FormData(),
        form: FormData = FormData(), uploads: [String: Upload] = [:], audience: Audience = .stranger,
        wantsJSON: Bool = false
    ) {
        self.method = method
        self.path = path
        self.parameters = parameters
        self.query = query
        self.form = form
        self.uploads = uploads
        self.audience = audience
        self.wantsJSON = wantsJSON
    }

    /// A parameter of the route's pattern; empty when the pattern has none of that name.
    public func parameter(_ name: String) -> String { parameters[name] ?? "" }
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
