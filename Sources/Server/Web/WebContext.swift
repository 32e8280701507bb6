package import Hummingbird
package import Logging

// The house has a `Request` of its own; these are the ones of the wire.
package typealias WebRequest = Hummingbird.Request
package typealias WebResponse = Hummingbird.Response

/// What travels with a request through the middleware.
package struct WebContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The network address of whoever is connected to us.
    package let address: String

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? ""
    }

    /// For requests that come through no socket.
    package init(logger: Logger) { 
        coreContext = .init(source: WithoutSocket(logger: logger))
        address = ""
    }

    private struct WithoutSocket: RequestContextSource {
        let logger: Logger
    }
}
