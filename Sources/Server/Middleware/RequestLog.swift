internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// One line for each request: what kind of page, how it went, how long it took. Never the address itself nor its query,
/// which can hold a family's postcode or a person's name.
struct RequestLog: RouterMiddleware {
    typealias Context = WebContext

    let logger: Logger
    let table: RouteTable

    func handle(
        _ request: WebRequest, context: WebContext, next: (WebRequest, WebContext) async throws -> WebResponse
    ) async throws -> WebResponse {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let tenths = (ContinuousClock.now - start) / .microseconds(100)
        logger.info(
            "request",
            metadata: [
                "method": "\(knownMethod(request.method))", "route": "\(table.label(ofEndpoint: context.endpointPath))",
                "status": "\(response.status.code)", "ms": "\(tenths.rounded() / 10)",
            ])
        return response
    }
}

/// The method's name, or OTHER: a client may send any word.
func knownMethod(_ method: HTTPRequest.Method) -> String {
    switch method {
    case .get, .head, .post, .put, .patch, .delete, .options, .trace: method.rawValue
    default: "OTHER"
    }
}
