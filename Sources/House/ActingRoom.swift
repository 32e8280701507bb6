package import Store

/// A room whose routes act for whoever asks.
package protocol ActingRoom: Room {
    /// What the room works with: the house's own tools, or while it answers a request those of that request.
    var tools: Tools { get set }
}

extension ActingRoom {
    /// A route of this room. What answers it is a room of its own: one that works for the asker, and whose database asks for
    /// the permit in every transaction.
    package func route(
        _ method: Route.Method, _ pattern: String, _ deed: Deed, _ summary: String, api: APIDescription? = nil,
        at place: @escaping @Sendable (Request, any Session) throws -> Whereabouts = { _, _ in .several },
        _ answer: @escaping @Sendable (Self, Request) async throws -> Answer
    ) -> Route {
        Route(method, pattern, deed, summary, api: api, at: place) { request in
            var room = self
            room.tools = tools.acting(on: request)
            return try await answer(room, request)
        }
    }
}
