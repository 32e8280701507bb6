internal import HTTPTypes
internal import Hummingbird

/// Tells the meter of every answer.
struct CountAnswers: RouterMiddleware {
    typealias Context = WebContext

    let meter: Meter
    let table: RouteTable

    func handle(
        _ request: WebRequest, context: WebContext, next: (WebRequest, WebContext) async throws -> WebResponse
    ) async throws -> WebResponse {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let key = Meter.Key(
            method: knownMethod(request.method), route: table.label(ofEndpoint: context.endpointPath),
            status: response.status.code)
        meter.count(key, seconds: (ContinuousClock.now - start) / .seconds(1))
        return response
    }
}
