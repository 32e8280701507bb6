/// What a walker sends.
public struct WalkRequest: Sendable {
    public var method: String
    /// With its query.
    public var path: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
}

/// What comes back.
public struct WalkResponse: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(status: Int, headers: [(String, String)], body: [UInt8]) {
        self.status = status
        self.headers = headers.map { (name: $0.0, value: $0.1) }
        self.body = body
    }

    /// A header by its name in any case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Why a walk could not go on; the test fails with these words.
public struct WalkError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// Walks through the pages as a person without scripts would: follows links by their words, fills forms by their
/// labels, presses buttons by theirs, keeps cookies, follows redirects.
///
///     let walker = Walker { request in try await app.answer(request) }
///     try await walker.open("/settings/new")
///     try walker.fill("Name of the setting", "Larkspur Lane Nursery")
///     try await walker.press("Add the setting")
public final class Walker {
    public typealias Send = @Sendable (WalkRequest) async throws -> WalkResponse

    private let send: Send
    /// Where the walker is, with the query.
    public private(set) var path = "/"
    public private(set) var response = WalkResponse(status: 0, headers: [], body: [])
    public private(set) var page = HTMLDocument("")
    public private(set) var cookies: [(name: String, value: String)] = []
    /// More headers with every request.
    public var headers: [(name: String, value: String)] = []
    /// What has been put into the forms of this page.
    var entries: [WalkEntry] = []

    public init(send: @escaping Send) { self.send = send }

    public var status: Int { response.status }

    /// The words of the page.
    public var text: String { page.text }

    /// What is wrong with the page by `PageCheck`.
    public var faults: [String] { PageCheck.faults(in: page) }

    /// Goes to an address.
    public func open(_ path: String) async throws { try await go("GET", path) }

    /// Follows the first link whose words are, or else contain, `words`.
    public func follow(_ words: String) async throws {
        let links = page.all("a").filter { $0.has("href") }
        guard let link = pick(links, words), let href = link["href"] else {
            throw WalkError("No link \"\(words)\" on \(path). There are: \(links.map(\.name).joined(separator: ", "))")
        }
        try await go("GET", resolved(href))
    }

    /// Every address on this site the page links to, without fragments, each once, in order.
    public func links() -> [String] {
        var seen: Set<String> = []
        return page.all("a").compactMap { $0["href"] }
            .filter { !$0.hasPrefix("#") && !$0.contains(":") && !$0.hasPrefix("//") }
            .map { resolved(String($0.prefix { $0 != "#" })) }
            .filter { seen.insert($0).inserted }
    }

    /// Sends anything at all, for what no form on the page would send.
    public func go(_ method: String, _ path: String, type: String? = nil, body: [UInt8] = []) async throws {
        var method = method
        var body = body
        var type = type
        var target = path
        for _ in 0..<10 {
            var all = headers
            if let type { all.append((name: "Content-Type", value: type)) }
            if !cookies.isEmpty {
                all.append((name: "Cookie", value: cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")))
            }
            response = try await send(WalkRequest(method: method, path: target, headers: all, body: body))
            self.path = target
            keepCookies()
            guard [301, 302, 303, 307, 308].contains(response.status), let next = response.header("Location") else {
                let isPage = (response.header("Content-Type") ?? "text/html").hasPrefix("text/html")
                page = HTMLDocument(isPage ? String(decoding: response.body, as: UTF8.self) : "")
                entries = []
                return
            }
            target = resolved(next)
            if ![307, 308].contains(response.status) {
                (method, body, type) = ("GET", [], nil)
            }
        }
        throw WalkError("\(path) redirects in a circle.")
    }

    private func keepCookies() {
        for header in response.headers where header.name.lowercased() == "set-cookie" {
            let parts = header.value.split(separator: ";")
            guard let pair = parts.first, let equals = pair.firstIndex(of: "=") else { continue }
            let name = String(pair[..<equals])
            cookies.removeAll { $0.name == name }
            let isGone = parts.contains { $0.lowercased().hasSuffix("max-age=0") }
            if !isGone { cookies.append((name: name, value: String(pair[pair.index(after: equals)...]))) }
        }
    }

    /// An address as it stands in a page, from where the walker is.
    func resolved(_ href: String) -> String {
        if href.hasPrefix("http://") || href.hasPrefix("https://") {
            let rest = href.drop { $0 != ":" }.dropFirst(3)
            return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
        }
        if href.hasPrefix("/") { return href }
        let here = path.prefix { $0 != "?" && $0 != "#" }
        if href.isEmpty { return path }
        if href.hasPrefix("?") { return here + href }
        let folder = here.lastIndex(of: "/").map { here[...$0] } ?? "/"
        return folder + href
    }

    /// The element named exactly so, else the first whose name contains it.
    func pick(_ elements: [Element], _ words: String) -> Element? {
        elements.first { $0.name == words || $0.text == words } ?? elements.first { $0.name.contains(words) }
    }
}
