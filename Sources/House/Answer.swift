public import Page

/// What goes back.
public struct Answer: Sendable {
    public var status: Int
    public var contentType: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

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

    public var status: Int {
        switch self {
        case .notFound: 404
        case .badRequest: 400
        case .unavailable: 503
        }
    }

    public var message: String {
        switch self {
        case .notFound(let text), .badRequest(let text), .unavailable(let text): text
        }
    }
}
