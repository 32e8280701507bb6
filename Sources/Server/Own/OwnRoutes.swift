internal import House
internal import Identity
internal import Page
internal import Store

/// What the server answers by itself, whatever rooms there are.
struct OwnRoutes: Sendable {
    let tools: Tools
    let migrations: [Migration]
    let meter: Meter
    let fonts: Fonts

    /// All of them, with a description of the API that the rooms' routes and these make.
    func all(describing rooms: [Route]) -> [Route] {
        let readiness = Readiness(database: tools.database, migrations: migrations)
        let own = [
            Route(.get, "/health", .look, "Says that the program runs") { _ in
                .json(JSON.object([("status", "ok")]).bytes)
            },
            Route(.get, "/ready", .look, "Says whether the database can be used") { _ in
                try await readiness.answer()
            },
            Route(.get, "/metrics", .readMetrics, "Figures for a monitoring program") { [meter] _ in
                let text = meter.text(residentBytes: Meter.residentBytes())
                return Answer(contentType: "text/plain; version=0.0.4; charset=utf-8", body: Array(text.utf8))
            },
            Route(.get, "/assets/{name}", .look, "Stylesheets, scripts and fonts") { [fonts] in try asset($0, fonts)
            },
            Route(.get, "/robots.txt", .look, "What search engines may list") { _ in
                Answer(contentType: "text/plain; charset=utf-8", body: Array("User-agent: *\nDisallow: /staff\n".utf8))
            },
        ]
        return own + APIRoutes(site: tools.site.name).routes(describing: rooms)
    }
}

/// A file of the pages. Its address changes with its content, so browsers may keep it for good.
private func asset(_ request: Request, _ fonts: Fonts) throws(Problem) -> Answer {
    if let asset = Assets.asset(at: request.path) {
        return Answer(
            contentType: asset.contentType, headers: [("Cache-Control", "public, max-age=31536000, immutable")],
            body: asset.bytes)
    }
    guard let font = fonts.font(named: request.parameter("name")) else { throw Problem.notFound() }
    return Answer(contentType: "font/woff2", headers: [("Cache-Control", "public, max-age=604800")], body: font)
}
