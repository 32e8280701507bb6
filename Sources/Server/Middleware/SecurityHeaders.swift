internal import HTTPTypes
internal import Hummingbird

/// What tells browsers to trust nothing but us, on every answer, those that say what went wrong included.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = WebContext

    /// Reached over https only: browsers are told never to try anything else.
    let isSecure: Bool

    static let all: [(name: String, value: String)] = [
        (
            "Content-Security-Policy",
            """
            default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
            frame-ancestors 'none'
            """
        ),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        // Forms say where they come from (see CrossSiteGuard); other sites learn nothing of where a person came from.
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Permitted-Cross-Domain-Policies", "none"),
    ]

    private static let fields: [HTTPField] = all.compactMap { header in
        HTTPField.Name(header.name).map { HTTPField(name: $0, value: header.value) }
    }

    func handle(
        _ request: WebRequest, context: WebContext, next: (WebRequest, WebContext) async throws -> WebResponse
    ) async throws -> WebResponse {
        var response = try await next(request, context)
        for field in SecurityHeaders.fields { response.headers[field.name] = field.value }
        if isSecure, let name = HTTPField.Name("Strict-Transport-Security") {
            response.headers[name] = "max-age=31536000; includeSubDomains"
        }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        // The router makes HEAD from GET only for pages that exist.
        return request.method == .head ? response.createHeadResponse() : response
    }
}
