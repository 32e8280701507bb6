internal import House
internal import Identity

/// Something that cannot be answered as asked, in words for the person who asked.
struct Problem: Error, Sendable {
    var status: Int
    /// The heading of the page that says so.
    var heading: String
    /// What is wrong and how to mend it.
    var message: String
    var headers: [(name: String, value: String)] = []
    /// For the technician's log, set only for what is our own fault. Never people's data.
    var detail: String?
    /// Whom it is told to: the page keeps the way to their rooms.
    var asker = Asker.stranger
    /// Set where somebody was refused something: it is written in the trail.
    var refused: Refused?
    /// Answered without looking up who asks: it must cost next to nothing.
    var isAnonymous = false
    /// Set when the connection is not worth keeping.
    var closesConnection = false
}

extension Problem {
    func told(to asker: Asker) -> Problem {
        var problem = self
        problem.asker = asker
        return problem
    }

    /// Its token is of another session: somebody signed in or out meanwhile, or the page lay open very long.
    static let staleForm = Problem(
        status: 403, heading: "This page has grown old",
        message: """
            You signed in or out since it was opened, or cookies are turned off, so nothing was changed. Go back, load the page again and \
            send it once more.
            """, refused: .form)

    static func notFound(_ message: String? = nil) -> Problem {
        Problem(
            status: 404, heading: "We cannot find this page",
            message: message ?? "Check the address, or start again from the list of rooms or the search box.")
    }

    /// Its owner may perhaps do it, but made the token for something else.
    static func notOfToken(_ deed: String) -> Problem {
        Problem(
            status: 403, heading: "This token was not made for this",
            message:
                "The token does not allow: \(deed). Its owner makes another that does, under “Tokens for programs” on the account page.")
    }

    /// For a program: what is a sign-in for people is a token for it.
    static func noToken(isBroken: Bool) -> Problem {
        var problem = Problem(Refusal.signIn)
        problem.message =
            isBroken
            ? "This token is not known here: it was taken back, has run out, or was not copied whole. Its owner makes another under “Tokens for programs” on the account page."
            : "This needs a token, sent as “Authorization: Bearer …”. One makes it under “Tokens for programs” on the account page."
        return problem
    }

    static func badRequest(_ message: String) -> Problem {
        Problem(status: 400, heading: "We could not read this request", message: message)
    }

    static let nullCharacter = badRequest(
        "The request holds a null character, which we cannot take. Remove it and try again.")

    static let cutOff = badRequest("The request stopped before its end. Check your connection and send it again.")

    static let crossSite = Problem(
        status: 403, heading: "This form did not come from here",
        message: """
            For your safety we only take forms that were sent from our own pages. Open the page again and send it from there. \
            (A script says so with the header Sec-Fetch-Site: same-origin.)
            """, refused: .otherSite)

    static func methodNotAllowed(allowed: [String]) -> Problem {
        Problem(
            status: 405, heading: "This address does not take that",
            message:
                "What you tried cannot be done at this address. Go back and try again from the page you came from.",
            headers: [("Allow", allowed.joined(separator: ", "))])
    }

    static let tooSlow = Problem(
        status: 408, heading: "The request took too long",
        message: "It came so slowly that we stopped waiting. Check your connection and send it again.",
        closesConnection: true)

    static func tooLarge(limit: Int) -> Problem {
        Problem(
            status: 413, heading: "This is too large",
            message: """
                We take up to \(limit / 1_000_000) MB at once. Send it in smaller pieces, compress it with gzip, or load it on the \
                machine itself with “eyhub import”.
                """)
    }

    static let unsupportedBody = Problem(
        status: 415, heading: "We could not read this request",
        message: "We take forms (application/x-www-form-urlencoded or multipart/form-data). Send it as one of these.")

    static func wrongHost(_ allowed: String) -> Problem {
        Problem(
            status: 421, heading: "This address is not served here",
            message: """
                Open \(allowed) instead. If this program is meant to be reached by the name you used, start it with \
                --host-name and that name.
                """)
    }

    static func tooManyRequests(seconds: Int) -> Problem {
        Problem(
            status: 429, heading: "Too many requests at once",
            message: """
                More was asked from your connection in a short time than we answer. Nothing was changed. \
                Wait \(seconds == 1 ? "a second" : "\(seconds) seconds"), then load the page again.
                """,
            headers: [("Retry-After", String(seconds))], isAnonymous: true)
    }

    /// After CONNECT the parser takes what follows for somebody else's: on that connection nothing would be answered any more.
    static let unknownMethod = Problem(
        status: 501, heading: "We do not know how to do that", message: "Use GET, HEAD or POST.", closesConnection: true)

    static func failed(detail: String) -> Problem {
        Problem(
            status: 500, heading: "Something went wrong here",
            message:
                "It is our fault, not yours. Try again; if it happens again, tell your technician the reference below.",
            detail: detail)
    }
}
