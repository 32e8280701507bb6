import House
import Testing

@testable import Server

@Suite struct RoutingTests {
    @Test("What stands in a path arrives as it was written, percent-encoding undone, a plus left alone")
    func decodesParameters() async throws {
        let house = try await TestHouse.empty()
        let answered = try await house.get("/echo/caf%C3%A9%20%2F%20bar/a+b%2B")
        #expect(answered.status == 200)
        #expect(answered.text.contains(#""word":"café / bar","other":"a+b+""#))
    }

    @Test("The query arrives with pluses as spaces, repeated names kept and in order")
    func decodesQuery() async throws {
        let house = try await TestHouse.empty()
        let answered = try await house.get("/echo/a/b?type=nursery&q=two+words&type=sch%C3%B6ol&empty=&bare")
        #expect(answered.text.contains(#""query":["type=nursery","q=two words","type=schöol","empty=","bare="]"#))
    }

    @Test(
        "A path that is not text names nothing: 404, not a fault",
        arguments: ["/echo/%FF/b", "/echo/%C3%28/b", "/echo/a%00b/c", "/echo/%/b", "/echo/%zz/b", "/echo/%2/b"])
    func refusesBrokenPaths(path: String) async throws {
        let house = try await TestHouse.empty()
        #expect(try await house.get(path).status == 404)
    }

    @Test(
        "Hostile query strings are answered, never with a fault of ours",
        arguments: [
            "?%", "?%%%", "?q=%FF%FE", "?a=1&a=2&a[]=3&a[b][c]=4", "?&&&&===", "?q='%20or%201=1--",
            "?q=%3Cscript%3Ealert(1)%3C/script%3E", "?q=%F0%9F%91%A9%E2%80%8D%F0%9F%91%A9", "?q=../../etc/passwd", "?=",
        ])
    func survivesQueries(query: String) async throws {
        let house = try await TestHouse.empty()
        #expect(try await house.get("/echo/a/b" + query).status == 200)
    }

    @Test("A null character or too long a query is refused with 400 or 413")
    func refusesQueries() async throws {
        let house = try await TestHouse.empty()
        #expect(try await house.get("/echo/a/b?q=a%00b").status == 400)
        let many = (0..<5_000).map { "a\($0)=1" }.joined(separator: "&")
        #expect(try await house.get("/echo/a/b?" + many).status == 413)
        #expect(try await house.get("/echo/a/b?" + String(repeating: "n", count: 100_000)).status == 400)
    }

    @Test(
        "Fixed names win over parameters, suffixes are their own pages, and patterns may name the same place differently"
    )
    func findsTheRightRoute() async throws {
        let house = try await TestHouse.empty()
        #expect(try await house.get("/list/new").text.contains("the new one"))
        #expect(try await house.get("/list/7").text.contains("7"))
        let file = try await house.get("/list.csv")
        #expect(file.text == "a,b\r\n")
        #expect(file.header("Content-Disposition") == #"attachment; filename="list.csv""#)
        let changed = try await house.post("/list/7", "")
        #expect(changed.status == 303)
        #expect(changed.header("Location") == "/list/7")
    }

    @Test("HEAD answers as GET does, with the length and without the body, also where there is nothing")
    func answersHead() async throws {
        let house = try await TestHouse.empty()
        for path in ["/list/7", "/nothing", "/assets/nothing.css", "/fails/badly"] {
            let get = try await house.get(path)
            let head = try await house.send("HEAD", path)
            #expect(head.status == get.status)
            #expect(head.body.isEmpty)
            #expect(head.header("Content-Length") == get.header("Content-Length"))
            #expect(head.header("Content-Type") == get.header("Content-Type"))
        }
    }

    @Test("A known address asked in the wrong way says which ways it takes")
    func answersWrongMethods() async throws {
        let house = try await TestHouse.empty()
        for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
            let answered = try await house.send(method, "/list/7")
            #expect(answered.status == 405)
            #expect(answered.header("Allow") == "GET, HEAD, POST")
        }
        let posted = try await house.post("/list/new", "")
        #expect(posted.status == 405)
        #expect(posted.header("Allow") == "GET, HEAD")
        for method in ["GET", "HEAD"] {
            let got = try await house.send(method, "/staff/only-post")
            #expect(got.status == 405)
            #expect(got.header("Allow") == "POST")
        }
        #expect(try await house.send("TRACE", "/list/7").status == 405)
        for method in ["PROPFIND", "CONNECT"] { #expect(try await house.send(method, "/list/7").status == 501) }
    }

    @Test("After CONNECT the connection is let go: on it nothing would be answered any more")
    func closesAfterConnect() async throws {
        let house = try await TestHouse.empty()
        let answered = try await house.send("CONNECT", "/list/7")
        #expect(answered.status == 501 && answered.header("Connection") == "close")
        #expect(answered.text.contains("Use GET, HEAD or POST."))
    }

    @Test("An address nobody has answers 404 with a page that leads on; staff keep their list of rooms")
    func answersNothing() async throws {
        let house = try await TestHouse.empty()
        let stranger = try await house.asStranger.get("/no/such/page")
        #expect(stranger.status == 404)
        #expect(stranger.text.contains("We cannot find this page"))
        #expect(!stranger.text.contains("href=\"/staff"))
        let staff = try await house.get("/staff/no-such-page")
        #expect(staff.status == 404)
        for door in Rooms.doors where door.audience == .staff && (door.deed.isOwnAccount || door.deed.reaches[.administrator] != nil) {
            #expect(staff.text.contains("href=\"\(door.path)\""))
        }
    }

    @Test("Two rooms that want the same address are told so before anything is served")
    func refusesClashes() {
        let route = { (pattern: String) in Route(.get, pattern, .look, "x") { _ in .json([]) } }
        #expect(throws: RouteClash.self) { try RouteTable([route("/a/{b}/c"), route("/a/{d}/c")]) }
        #expect(throws: Never.self) { try RouteTable([route("/a/{b}"), route("/a/{d}/c"), route("/a/{b}.csv")]) }
    }

    @Test("A redirect never leads to another site")
    func refusesRedirectsAway() async throws {
        let house = try await TestHouse.empty()
        for path in ["/fails/redirects", "/fails/redirects-too"] {
            let answered = try await house.get(path)
            #expect(answered.status == 500)
            #expect(answered.header("Location") == nil)
        }
    }
}
