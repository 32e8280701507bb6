internal import HTTPTypes
internal import Hummingbird
internal import Store

/// Answers only to names of our own. A page of another site can have its name point to this machine ("DNS rebinding") and
/// would then be taken for ours by the browser; what it cannot change is the name the browser asks for.
struct HostGuard: RouterMiddleware {
    typealias Context = WebContext

    let hostNames: [String]
    let port: BoundPort
    /// Whether browsers leave out 443, not 80.
    var isTLS = false

    func handle(
        _ request: WebRequest, context: WebContext, next: (WebRequest, WebContext) async throws -> WebResponse
    ) async throws -> WebResponse {
        guard let host = request.head.authority, allows(host) else {
            throw Problem.wrongHost("\(isTLS ? "https" : "http")://localhost:\(port.number)")
        }
        return try await next(request, context)
    }

    func allows(_ host: String) -> Bool {
        let host = host.lowercased()
        let (name, number) = HostGuard.split(host)
        if HostGuard.loopbackNames.contains(name), (number ?? (isTLS ? 443 : 80)) == port.number { return true }
        return hostNames.contains { allowed in
            let allowed = allowed.lowercased()
            return allowed == host || allowed == name
        }
    }

    static let loopbackNames = ["localhost", "127.0.0.1", "[::1]"]

    /// `[::1]:8080` into `[::1]` and 8080. A port that is no number makes a name nobody has.
    static func split(_ host: String) -> (name: String, port: Int?) {
        guard let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") else { return (host, nil) }
        guard let port = Int(host[host.index(after: colon)...]) else { return (host, nil) }
        return (String(host[..<colon]), port)
    }
}

/// The port we listen on, known once the server runs when it was asked to take any.
package final class BoundPort: Sendable {
    private let held: Locked<Int>

    package init(_ number: Int) { held = Locked(number) }

    package var number: Int {
        get { held.withLock { $0 } }
        set { held.withLock { $0 = newValue } }
    }
}
