internal import HTTPTypes
internal import House
internal import Hummingbird
internal import Identity
internal import Page
internal import Store

/// Turns what came over the wire into the house's own request, has it answered, and clears up behind it.
struct RequestReader: Sendable {
    /// The greatest size of uploaded files, in bytes.
    let uploadBytes: Int
    let limits: ConnectionLimits
    let gate: Gate

    func answer(_ request: WebRequest, _ context: WebContext, by route: Route) async throws -> WebResponse {
        let parameters = try read(context.parameters, of: route.pattern)
        let query = try FormData(query: request.uri.query ?? "")
        guard !query.hasNull else { throw Problem.nullCharacter }
        let body = route.method == .post ? try await FormBody.read(request, uploadBytes: uploadBytes, limits: limits) : FormBody()
        defer { body.folder?.remove() }
        guard !body.form.hasNull else { throw Problem.nullCharacter }
        let papers = gate.papers(of: request)
        if route.method == .post, !route.isProvenByAddress {
            do {
                try gate.checkForm(body.form, papers, request)
            } catch {
                // Nobody who is signed in loses what they wrote.
                let asker = try await gate.asker(papers)
                let look = await gate.look(for: asker)
                guard var question = StaleForm.question(body, to: request.uri.path, from: asker, look, gate.tools) else { throw error }
                gate.tie(&question, papers, request)
                question.headers.append(("Cache-Control", "no-store"))
                return question.onTheWire
            }
        }
        let unnamed = House.Request(
            method: route.method, path: request.uri.path, parameters: parameters, query: query, form: body.form,
            uploads: body.uploads, origin: gate.origin(of: request, context), route: route, wantsJSON: request.prefersJSON)
        let admitted = try await admit(papers, to: unnamed)
        let asker = admitted.asker
        var asked = unnamed.asked(by: asker)
        asked.look = admitted.look
        var answer: Answer
        do {
            // Asked here for every route, and again in each transaction of those that read or write.
            if let refusal = admitted.refusal { throw refusal }
            answer = try await route.answer(asked)
            try answer.checkRedirect()
        } catch let refusal as Refusal {
            answer = try await elsewhere(refusal, asked, request)
        } catch {
            throw Problem(error).told(to: asker)
        }
        gate.tie(&answer, papers, request)
        // What was asked for is answered even if this cannot be noted.
        try? await gate.doorkeeper.noteUse(asker, in: gate.tools.database)
        // What staff see must not stay in a browser that others use; what strangers see is asked for anew each time.
        if !answer.headers.contains(where: { $0.name.lowercased() == "cache-control" }) {
            answer.headers.append(("Cache-Control", route.audience == .staff ? "no-store" : "no-cache"))
        }
        return answer.onTheWire
    }

    /// Who asks, and whether they may. What everybody may read is read even while nobody can be known, because the database is away.
    private func admit(_ papers: Doorkeeper.Papers, to request: House.Request) async throws -> Gate.Admitted {
        do {
            return try await gate.admit(papers, to: request)
        } catch {
            if request.deed.isForEverybody && request.method == .get { return Gate.Admitted(asker: .stranger) }
            throw error
        }
    }

    /// A stranger is led to the sign-in, who owes the second step to that; everybody else is told why not.
    private func elsewhere(_ refusal: Refusal, _ asked: House.Request, _ request: WebRequest) async throws -> Answer {
        // A program with a token that opens nothing, or one that reads figures without any, is told so: a page to sign in on would be read
        // as figures.
        let isProgram = request.headers[.authorization] != nil || asked.deed.code == Deed.readMetrics.code
        if asked.method == .get, !asked.wantsJSON, !isProgram, asked.deed.code != Deed.arrive.code {
            let next = PageAddress("", [("next", request.uri.string)]).href
            switch refusal {
            case .signIn: return .redirect(to: "/sign-in\(next)")
            case .secondStep: return .redirect(to: "/second-step\(next)")
            default: break
            }
        }
        var problem = Problem(refusal)
        if case .forbidden(let words) = refusal, let allowed = asked.asker.tokenDeeds, !allowed.contains(asked.deed.code) {
            problem = .notOfToken(words)
        } else if case .signIn = refusal, isProgram || asked.wantsJSON {
            problem = .noToken(isBroken: isProgram)
        }
        problem = problem.told(to: asked.asker)
        problem.refused = await gate.refused(refusal, asked, isProgram: gate.papers(of: request).bearer != nil)
        throw problem
    }

    private func read(_ parameters: Parameters, of pattern: String) throws(Problem) -> [String: String] {
        var read: [String: String] = [:]
        for (index, name) in RouteTable.parameters(of: pattern).enumerated() {
            let raw = parameters.get(String(index + 1)) ?? ""
            // An address that is not text at all names nothing of ours.
            guard let value = percentDecoded(raw), !value.utf8.contains(0) else { throw Problem.notFound() }
            read[name] = value
        }
        return read
    }
}

extension WebRequest {
    /// True when the asker's `Accept` names JSON and not HTML, or the address is one of the API's.
    var prefersJSON: Bool {
        if uri.path.hasPrefix("/api/") || uri.path.hasSuffix(".json") { return true }
        let accept = headers[.accept] ?? ""
        return accept.contains("application/json") && !accept.contains("text/html")
    }
}

extension FormData {
    /// Neither database takes a null character, and no person types one.
    fileprivate var hasNull: Bool { pairs.contains { $0.name.utf8.contains(0) || $0.value.utf8.contains(0) } }
}

/// One segment of a path with its `%XX` read; nil when they are broken or do not make UTF-8.
func percentDecoded(_ segment: String) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(segment.utf8.count)
    var rest = Array(segment.utf8)[...]
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "%") else {
            bytes.append(byte)
            continue
        }
        guard rest.count >= 2, let high = hexValue(rest.removeFirst()), let low = hexValue(rest.removeFirst()) else {
            return nil
        }
        bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
}

private func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
