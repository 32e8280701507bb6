internal import Hummingbird

/// Says "too many" to whoever asks far more than people do. Comes before anything is read or looked up.
///
/// This machine itself is never limited: health checks, tests and programs of the operator come from there.
struct RequestLimit: RouterMiddleware {
    typealias Context = WebContext

    let counter: RequestCounter
    let gate: Gate

    func handle(
        _ request: WebRequest, context: WebContext, next: (WebRequest, WebContext) async throws -> WebResponse
    ) async throws -> WebResponse {
        let address = NetworkAddress.counted(gate.address(of: request, context))
        if !address.isEmpty, let seconds = counter.take(address: address, papers: gate.papers(of: request).mark) {
            throw Problem.tooManyRequests(seconds: seconds)
        }
        return try await next(request, context)
    }
}
