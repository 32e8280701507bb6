import House
import Page
import Store

/// A room that does everything a room may do wrong, and echoes what it is sent.
struct OddRoom: Room {
    struct PrivateFault: Error { let name = "Aisha Example of 7 Acacia Avenue" }

    let name = "Odd"
    let migrations: [Migration] = []
    let doors: [Door] = []
    let deeds: [Deed] = [.odd]
    let holdings: [Holding] = []
    let dues: [Due] = []

    var routes: [Route] {
        [
            Route(.get, "/echo/{word}/{other}", .look, "Echo") { request in
                let pairs = request.query.pairs.map { "\($0.name)=\($0.value)" }
                return .json(
                    JSON.object([
                        ("word", .string(request.parameter("word"))), ("other", .string(request.parameter("other"))),
                        ("query", .array(pairs.map { .string($0) })), ("audience", .string(request.audience.rawValue)),
                        ("wants_json", .bool(request.wantsJSON)), ("path", .string(request.path)),
                    ]).bytes)
            },
            Route(.get, "/list.csv", .look, "A file with a suffix") { _ in
                .file(Array("a,b\r\n".utf8), name: "list.csv", contentType: "text/csv; charset=utf-8")
            },
            Route(.get, "/list/{id}", .look, "One") { .page("<p>\($0.parameter("id"))</p>") },
            Route(.get, "/list/new", .look, "New") { _ in .page("<p>the new one</p>") },
            Route(.post, "/list/{name}", .look, "Change one") { .redirect(to: "/list/\($0.parameter("name"))") },
            Route(.post, "/staff/form", .odd, "A form") { request in
                var all = request.form.pairs.map { "\($0.name)=\($0.value)" }
                for (field, upload) in request.uploads.sorted(by: { $0.key < $1.key }) {
                    all.append("\(field): \(upload.name) \(upload.size) \(upload.path)")
                }
                return .page("<pre>\(all.joined(separator: "\n"))</pre>")
            },
            Route(.get, "/staff/form", .odd, "The form") { _ in .page("<p>form</p>") },
            Route(.post, "/staff/only-post", .odd, "Takes forms only") { _ in .page("<p>done</p>") },
            Route(.get, "/fails/{how}", .look, "Fails") { try OddRoom.fail($0.parameter("how")) },
            Route(.get, "/api/v1/fails/{how}", .look, "Fails in JSON") { try OddRoom.fail($0.parameter("how")) },
        ]
    }

    private static func fail(_ how: String) throws -> Answer {
        switch how {
        case "missing": throw Refusal.notFound("There is no such setting. It may have closed.")
        case "bad": throw Refusal.badRequest("Write a whole postcode.")
        case "away": throw Refusal.unavailable("The register is being loaded.")
        case "busy": throw StoreError.busy("sqlite busy: secret detail")
        case "full": throw StoreError.full("no space")
        case "faulty": throw StoreError.faulty("no such column: secret_column")
        case "redirects": return .redirect(to: "https://elsewhere.example/")
        case "redirects-too": return .redirect(to: "//elsewhere.example/")
        default: throw PrivateFault()
        }
    }
}

extension Deed {
    static let odd = Deed("odd.do", "Do something odd", [.administrator: .anywhere])
}
