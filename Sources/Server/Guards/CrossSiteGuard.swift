internal import HTTPTypes
internal import Hummingbird

/// Takes a form only when it was sent from a page of ours, so that no other site can make a person's browser send one.
///
/// Browsers say where a form comes from in `Sec-Fetch-Site`, older ones in `Origin` or `Referer`. One that says nothing is
/// refused: it may be a browser that was made to hold its tongue.
struct CrossSiteGuard: RouterMiddleware {
    typealias Context = WebContext

    let table: RouteTable

    func handle(
        _ request: WebRequest, context: WebContext, next: (WebRequest, WebContext) async throws -> WebResponse
    ) async throws -> WebResponse {
        switch request.method {
        case .post:
            guard isFromHere(request) || table.isProvenByAddress(request.uri.path) else { throw Problem.crossSite }
        // Nothing of ours takes the others; the router says so.
        case .get, .head, .put, .patch, .delete, .options, .trace: break
        default: throw Problem.unknownMethod
        }
        return try await next(request, context)
    }

    private func isFromHere(_ request: WebRequest) -> Bool {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }) { return site == "same-origin" }
        guard let host = request.head.authority?.lowercased() else { return false }
        if let origin = request.headers[.origin] { return CrossSiteGuard.host(of: origin) == host }
        if let referer = request.headers[.referer] { return CrossSiteGuard.host(of: referer) == host }
        return false
    }

    /// The host and port of a web address.
    static func host(of address: String) -> String? {
        let address = address.lowercased()
        for scheme in ["http://", "https://"] where address.hasPrefix(scheme) {
            return String(address.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" })
        }
        return nil
    }
}
