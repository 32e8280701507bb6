internal import Directory
internal import HTTPTypes
internal import House
internal import Hummingbird
internal import Identity
internal import NIOCore
internal import Page
internal import Store

/// What stands before every route: who asks, whether their form is their own, and whether they may.
struct Gate: Sendable {
    let doorkeeper: Doorkeeper
    let tools: Tools
    /// Whether a proxy of ours stands in front, whose word about the asker's address counts.
    let proxy: Bool
    /// Is told who was found to be signed in, and counts them by themselves.
    var counter: RequestCounter?

    /// What a request brings to be known by.
    func papers(of request: WebRequest) -> Doorkeeper.Papers {
        let cookies = Cookies(request.headers)
        var bearer: String?
        if let written = request.headers[.authorization], written.lowercased().hasPrefix("bearer ") {
            bearer = String(written.dropFirst(7)).trimmingPrefix { $0 == " " }.description
        }
        return Doorkeeper.Papers(cookie: cookies[doorkeeper.cookieName], bearer: bearer)
    }

    /// What is known of a request before it is answered.
    struct Admitted {
        var asker: Asker
        /// What keeps them from what they ask for.
        var refusal: Refusal?
        /// How the hub looks whose page it is: the one the address names, else the one for which the asker works just now.
        var look: HubLook?
    }

    /// Who asks, whether they may, and whose page it is, in one look. Costs nothing where nothing was brought and everybody may.
    func admit(_ papers: Doorkeeper.Papers, to request: House.Request) async throws -> Admitted {
        if papers.isEmpty, request.deed.isForEverybody { return Admitted(asker: .stranger) }
        let admitted = try await tools.database.read { session -> Admitted in
            let asker = papers.isEmpty ? .stranger : try doorkeeper.asker(papers, in: session)
            do { try request.asked(by: asker).permit.check(in: session) } catch let refusal as Refusal {
                return Admitted(asker: asker, refusal: refusal)
            }
            return Admitted(asker: asker, look: try look(of: request, for: asker, session))
        }
        if !admitted.asker.isStranger, let mark = papers.mark { counter?.know(mark) }
        return admitted
    }

    private func look(of request: House.Request, for asker: Asker, _ session: any Session) throws -> HubLook? {
        if request.deed.isForEverybody || request.wantsJSON { return nil }
        if let slug = request.parameters["hub"] { return try Directory.look(ofSlug: slug, session) }
        return try asker.worn?.hubID.flatMap { try Directory.looks.look($0, session) }
    }

    /// How the hub looks for which somebody works just now, for a page that says why not. Nothing rests on it: where it cannot be read the
    /// page goes without.
    func look(for asker: Asker) async -> HubLook? {
        guard let hub = asker.worn?.hubID else { return nil }
        return try? await tools.database.read { try Directory.looks.look(hub, $0) }
    }

    /// Who asks, for what is asked of no route, such as a page that says it found nothing. Costs a read only when something was brought.
    func asker(_ papers: Doorkeeper.Papers) async throws -> Asker {
        if papers.isEmpty { return .stranger }
        return try await tools.database.read { try doorkeeper.asker(papers, in: $0) }
    }

    /// Whether the form carries the token of this browser. Programs with an API token have no browser to be misused.
    func checkForm(_ form: FormData, _ papers: Doorkeeper.Papers, _ request: WebRequest) throws(Problem) {
        if papers.bearer != nil { return }
        let cookie = papers.cookie ?? Cookies(request.headers)[doorkeeper.visitName]
        // A script of ours may say it in a header, which no other site's page can send.
        let token = form["token"] ?? HTTPField.Name("X-Form-Token").flatMap { request.headers[$0] }
        guard doorkeeper.isGood(formToken: token, for: cookie) else { throw Problem.staleForm }
    }

    /// Ties the forms of a page to this browser, giving it a cookie for that if it has none.
    func tie(_ answer: inout Answer, _ papers: Doorkeeper.Papers, _ request: WebRequest) {
        guard answer.contentType.hasPrefix("text/html"), FormTokens.hasForms(answer.body) else { return }
        var cookie = papers.cookie ?? Cookies(request.headers)[doorkeeper.visitName]
        // A cookie set with this very answer takes the place of the one that came.
        for header in answer.headers where header.name == "Set-Cookie" && header.value.hasPrefix(doorkeeper.cookieName + "=") {
            cookie = String(header.value.dropFirst(doorkeeper.cookieName.count + 1).prefix { $0 != ";" })
        }
        if cookie?.isEmpty != false {
            let visit = doorkeeper.newVisit()
            answer.headers.append(doorkeeper.setCookie(doorkeeper.visitName, visit))
            cookie = visit
        }
        guard let cookie else { return }
        answer.body = FormTokens.put(doorkeeper.formToken(cookie), into: answer.body)
    }

    /// Where the request comes from, and with what.
    func origin(of request: WebRequest, _ context: WebContext) -> Origin {
        Origin(address: address(of: request, context), device: Device.words(request.headers[.userAgent] ?? ""))
    }

    /// The network address of whoever asks, behind a proxy we trust or not.
    func address(of request: WebRequest, _ context: WebContext) -> String {
        guard proxy, let told = HTTPField.Name("X-Forwarded-For").flatMap({ request.headers[$0] }) else { return context.address }
        // The last is what our own proxy saw; those before it are what the asker claims.
        return told.split(separator: ",").last.map { String($0.drop { $0 == " " }) } ?? context.address
    }
}

extension Doorkeeper.Papers {
    /// A number for these papers that says nothing of them, other in each run of the program; nil when there are none.
    var mark: Int? {
        if isEmpty { return nil }
        var hasher = Hasher()
        hasher.combine(cookie)
        hasher.combine(bearer)
        return hasher.finalize()
    }
}

/// The cookies of a request, by name.
struct Cookies {
    private var values: [String: String] = [:]

    init(_ headers: HTTPFields) {
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else { continue }
                let name = parts[0].drop { $0 == " " }
                if values[String(name)] == nil { values[String(name)] = String(parts[1]) }
            }
        }
    }

    subscript(name: String) -> String? { values[name] }
}

/// Puts the token of a browser into every form of a page that changes something.
///
/// Pages are made of literals of ours and escaped data, so the bytes ` method="post"` inside a tag are always one of our own forms.
enum FormTokens {
    private static let mark = Array(" method=\"post\"".utf8)

    static func hasForms(_ body: [UInt8]) -> Bool { next(in: body, from: 0) != nil }

    static func put(_ token: String, into body: [UInt8]) -> [UInt8] {
        let field = Array("<input type=\"hidden\" name=\"token\" value=\"\(token)\">".utf8)
        var out: [UInt8] = []
        out.reserveCapacity(body.count + 8 * field.count)
        var done = 0
        while let found = next(in: body, from: done), let end = body[found...].firstIndex(of: UInt8(ascii: ">")) {
            out += body[done...end]
            out += field
            done = end + 1
        }
        out += body[done...]
        return out
    }

    private static func next(in body: [UInt8], from start: Int) -> Int? {
        body.withUnsafeBufferPointer { bytes in
            guard bytes.count >= mark.count + start else { return nil }
            var at = start
            while at <= bytes.count - mark.count {
                if bytes[at] == mark[0], bytes[at + 1] == mark[1], (2..<mark.count).allSatisfy({ bytes[at + $0] == mark[$0] }) { return at }
                at += 1
            }
            return nil
        }
    }
}

/// The kind of browser in a few words, for a person to know their own devices by. No more of it is kept.
enum Device {
    static func words(_ userAgent: String) -> String {
        let browser =
            [
                ("Firefox/", "Firefox"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
                ("Chrome/", "Chrome"), ("Safari/", "Safari"),
            ]
            .first { userAgent.contains($0.0) }?.1 ?? "A browser"
        let system =
            [
                ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
                ("CrOS", "Chromebook"), ("Linux", "Linux"),
            ]
            .first { userAgent.contains($0.0) }?.1
        return system.map { "\(browser) on \($0)" } ?? browser
    }
}
