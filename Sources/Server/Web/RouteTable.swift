internal import HTTPTypes
internal import House
internal import Hummingbird

/// The routes of every room, checked and ready to be given to the router.
struct RouteTable: Sendable {
    /// The routes that share one shape of address.
    private struct Entry {
        /// The pattern of the first of them, which names them all in the log and the figures.
        let label: String
        var routes: [Route]
    }

    private var entries: [String: Entry] = [:]
    let routes: [Route]

    /// Throws when two routes want the same address.
    init(_ routes: [Route]) throws(RouteClash) {
        self.routes = routes
        for route in routes {
            let shape = RouteTable.shape(of: route.pattern)
            if let taken = entries[shape]?.routes.first(where: { $0.method == route.method }) {
                throw RouteClash(method: route.method.rawValue, first: taken.pattern, second: route.pattern)
            }
            entries[shape, default: Entry(label: route.pattern, routes: [])].routes.append(route)
        }
    }

    /// What the log and the figures call a route the router found. Only names of ours come out, so there are never many.
    func label(ofEndpoint path: String?) -> String { path.flatMap { entries[$0]?.label } ?? "none" }

    /// The route the router found, if it takes this method.
    func route(ofEndpoint path: String?, _ method: HTTPRequest.Method) -> Route? {
        let isForm = method == .post
        return path.flatMap { entries[$0]?.routes.first { ($0.method == .post) == isForm } }
    }

    /// Whether a form sent to this path may come from anywhere (see `Route.isProvenByAddress`).
    func isProvenByAddress(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        return routes.contains { route in
            guard route.method == .post, route.isProvenByAddress else { return false }
            let pattern = route.pattern.split(separator: "/", omittingEmptySubsequences: true)
            return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
    }

    func add(to router: Router<WebContext>, reader: RequestReader) {
        for (shape, entry) in entries {
            let allowed = RouteTable.methods(of: entry.routes)
            for route in entry.routes {
                router.on(RouterPath(shape), method: route.method.onTheWire) { request, context in
                    try await reader.answer(request, context, by: route)
                }
            }
            for method in RouteTable.common where !allowed.contains(method) {
                router.on(RouterPath(shape), method: method) { _, _ -> WebResponse in
                    throw Problem.methodNotAllowed(allowed: allowed.map(\.rawValue))
                }
            }
        }
    }

    private static func methods(of routes: [Route]) -> [HTTPRequest.Method] {
        var methods: [HTTPRequest.Method] = []
        if routes.contains(where: { $0.method == .get }) { methods += [.get, .head] }
        if routes.contains(where: { $0.method == .post }) { methods.append(.post) }
        return methods
    }

    private static let common: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace]

    /// The pattern with its parameters numbered, so that `/hubs/{slug}` and `/hubs/{hub}/areas` can stand side by side.
    static func shape(of pattern: String) -> String {
        var shape = ""
        var count = 0
        var isInside = false
        for character in pattern {
            switch character {
            case "{":
                isInside = true
                count += 1
                shape += "{\(count)}"
            case "}": isInside = false
            default: if !isInside { shape.append(character) }
            }
        }
        return shape.count > 1 && shape.hasSuffix("/") ? String(shape.dropLast()) : shape
    }

    /// The names of a pattern's parameters, in order.
    static func parameters(of pattern: String) -> [String] {
        pattern.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map { piece in
            String(piece.prefix { $0 != "}" })
        }
    }
}

/// Two routes that want the same address: a fault of the program, found when it starts.
struct RouteClash: Error, CustomStringConvertible {
    let method: String
    let first: String
    let second: String
    var description: String { "Two routes want the same address: \(method) \(first) and \(second)." }
}

extension Route.Method {
    var onTheWire: HTTPRequest.Method { self == .get ? .get : .post }
}
