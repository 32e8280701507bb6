public import Page

/// What goes back.
public struct Answer: Sendable {
    public var status: Int
    public var contentType: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// What comes after the body, for a file too long to be held whole.
    public var further: Piece.Maker?

    /// A part of a long file, and how the next is made: only when this one has left, so that no more than one is held for a slow reader.
    public struct Piece: Sendable {
        public typealias Maker = @Sendable () async throws -> Piece

        public let bytes: [UInt8]
        /// Nil at the end.
        public let next: Maker?

        public init(_ bytes: [UInt8], next: Maker? = nil) {
            self.bytes = bytes
            self.next = next
        }
    }

    public init(
        status: Int = 200, contentType: String, headers: [(name: String, value: String)] = [], body: [UInt8]
    ) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }

    /// A page. A form that was refused comes back with 422 and what was typed.
    public static func page(_ html: HTML, status: Int = 200) -> Answer {
        Answer(status: status, contentType: "text/html; charset=utf-8", body: html.bytes)
    }

    /// An answer for programs; `bytes` is JSON already.
    public static func json(_ bytes: [UInt8], status: Int = 200) -> Answer {
        Answer(status: status, contentType: "application/json; charset=utf-8", body: bytes)
    }

    /// A file to keep, under a name of ours made of letters, digits, dots and hyphens.
    public static func file(_ bytes: [UInt8], name: String, contentType: String) -> Answer {
        let safe = String(name.unicodeScalars.map { $0.isFileNameSafe ? Character($0) : "-" })
        return Answer(
            contentType: contentType,
            headers: [("Content-Disposition", "attachment; filename=\"\(safe)\"")], body: bytes)
    }

    /// On to another page of ours after a form was taken (303, so that reloading does not send it again).
    public static func redirect(to path: String) -> Answer {
        Answer(status: 303, contentType: "text/plain; charset=utf-8", headers: [("Location", path)], body: [])
    }
}

extension Unicode.Scalar {
    fileprivate var isFileNameSafe: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "-": true
        default: false
        }
    }
}

/// Something asked for that cannot be given, in words for the person who asked.
public enum Refusal: Error, Sendable {
    /// There is nothing here, or nothing this asker may know of.
    case notFound(String)
    /// The request cannot be understood.
    case badRequest(String)
    /// Something needed is not there just now.
    case unavailable(String)
    /// Only somebody signed in may ask.
    case signIn
    /// Their role asks for the second step of signing in first.
    case secondStep
    /// They are known, but this is not theirs to do: the deed in words.
    case forbidden(String)
    /// Asked too often; try again after so many seconds.
    case tooMany(seconds: Int)

    public var status: Int {
        switch self {
        case .notFound: 404
        case .badRequest: 400
        case .unavailable: 503
        case .signIn: 401
        case .secondStep, .forbidden: 403
        case .tooMany: 429
        }
    }

    public var message: String {
        switch self {
        case .notFound(let text), .badRequest(let text), .unavailable(let text): text
        case .signIn: "Sign in to see this."
        case .secondStep: "This needs the second step of signing in. Enter the code from your authenticator first."
        case .forbidden(let deed): "Your role does not include this: \(deed). Ask your hub lead if you think it should."
        case .tooMany(let seconds):
            "That was tried too often. Wait \(seconds < 90 ? "a minute" : "\((seconds + 59) / 60) minutes") and try again."
        }
    }
}
