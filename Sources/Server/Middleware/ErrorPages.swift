internal import Civil
internal import House
internal import Hummingbird
internal import Identity
internal import Logging

/// Turns whatever was thrown into a page (or JSON) that says what is wrong and how to mend it.
///
/// What is our own fault gets a reference number that stands in the log too; nothing else of it is shown.
struct ErrorPages: RouterMiddleware {
    typealias Context = WebContext

    let tools: Tools
    let logger: Logger
    let table: RouteTable
    let gate: Gate

    func handle(
        _ request: WebRequest, context: WebContext, next: (WebRequest, WebContext) async throws -> WebResponse
    ) async throws -> WebResponse {
        do {
            return try await next(request, context)
        } catch {
            var problem = Problem(error)
            // An address nobody has never came to a route: whoever asked keeps the way to their rooms all the same.
            if problem.asker.isStranger, !problem.isAnonymous, let asker = try? await gate.asker(gate.papers(of: request)) {
                problem.asker = asker
            }
            if let refused = problem.refused { await note(refused, problem.asker, request, context) }
            // Where we ourselves failed, nothing more is asked of the database.
            let look = problem.status < 500 && !request.prefersJSON ? await gate.look(for: problem.asker) : nil
            return answer(to: problem, look, request, context)
        }
    }

    /// Nobody waits for a second answer because their refusal could not be written down; the log says that it was not.
    private func note(_ refused: Refused, _ asker: Asker, _ request: WebRequest, _ context: WebContext) async {
        let label = "\(knownMethod(request.method)) \(table.label(ofEndpoint: context.endpointPath))"
        let deed = table.route(ofEndpoint: context.endpointPath, request.method)?.deed
        do {
            try await gate.doorkeeper.refusals.note(
                refused, asker, deed: deed, route: label, at: tools.clock.now, in: tools.database)
        } catch {
            logger.error("refusal not written", metadata: ["route": "\(label)", "error": "\(Problem.name(of: error))"])
        }
    }

    private func answer(to problem: Problem, _ look: HubLook?, _ request: WebRequest, _ context: WebContext) -> WebResponse {
        let reference = problem.detail.map { log($0, problem.status, context) }
        let path = request.uri.path
        let isStaff = !problem.asker.isStranger
        var answer =
            request.prefersJSON
            ? problem.json(reference: reference)
            : problem.page(
                reference: reference, tools: tools.serving(problem.asker), audience: isStaff ? .staff : .stranger, path: path, look: look)
        // The way out, and the other hats, are forms here as on every page.
        gate.tie(&answer, gate.papers(of: request), request)
        var response = answer.onTheWire
        if problem.closesConnection {
            response.headers[.connection] = "close"
            response.body = closing(answer.body)
        }
        return response
    }

    private func log(_ detail: String, _ status: Int, _ context: WebContext) -> String {
        let reference = ErrorPages.newReference()
        logger.error(
            "failed",
            metadata: [
                "reference": "\(reference)", "status": "\(status)",
                "route": "\(table.label(ofEndpoint: context.endpointPath))", "error": "\(detail)",
            ])
        return reference
    }

    /// Eight letters and digits that are not mistaken for one another when read out on the telephone.
    static func newReference() -> String {
        let alphabet = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ")
        return String((0..<8).compactMap { _ in alphabet.randomElement() })
    }

    /// Sends the bytes and then lets the connection go.
    private func closing(_ bytes: [UInt8]) -> ResponseBody {
        ResponseBody(contentLength: bytes.count) { writer in
            try await writer.write(ByteBuffer(bytes: bytes))
            try await writer.finish(nil)
            throw Closed()
        }
    }

    private struct Closed: Error {}
}
