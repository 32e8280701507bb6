internal import House
internal import Store

extension Directory {
    /// A route of this room. What answers it is a room of its own: one that works for the asker, and whose database asks for
    /// the permit in every transaction.
    func route(
        _ method: Route.Method, _ pattern: String, _ deed: Deed, _ summary: String, api: APIDescription? = nil,
        at place: @escaping @Sendable (Request, any Session) throws -> Whereabouts = { _, _ in .several },
        _ answer: @escaping @Sendable (Directory, Request) async throws -> Answer
    ) -> Route {
        Route(method, pattern, deed, summary, api: api, at: place) { request in
            var room = self
            room.tools = tools.acting(on: request)
            return try await answer(room, request)
        }
    }
}
