internal import Store

/// What a postman tells the log and the figures. It holds kinds and numbers, never an address, a text or a server's words, which
/// like to repeat the address.
public enum MailEvent: Sendable, Equatable, CustomStringConvertible {
    case sent(kind: String, attempt: Int)
    /// Will be tried again.
    case postponed(kind: String, attempt: Int)
    case failed(kind: String, attempt: Int, bounced: Bool)
    /// Nobody knows whether it left, and it is not sent again.
    case leftInDoubt(kind: String, attempt: Int)
    /// Due letters that are kept because there is no way to send.
    case kept(Int)
    /// Letters left behind by a postman that died, and secrets that ran out, dealt with.
    case settled(Int)
    /// The database could not be used; the detail is for a technician.
    case storeTrouble(String)

    init(_ letter: ClaimedLetter, _ delivery: Delivery, _ state: LetterState?) {
        switch (delivery, state) {
        case (.accepted, _): self = .sent(kind: letter.kind, attempt: letter.attempt)
        case (_, .queued?): self = .postponed(kind: letter.kind, attempt: letter.attempt)
        case (.inDoubt, _): self = .leftInDoubt(kind: letter.kind, attempt: letter.attempt)
        case (.refused(_, let bounced), _): self = .failed(kind: letter.kind, attempt: letter.attempt, bounced: bounced)
        case (.later, _): self = .failed(kind: letter.kind, attempt: letter.attempt, bounced: false)
        }
    }

    /// Whether somebody should look.
    public var isTrouble: Bool {
        switch self {
        case .sent, .postponed, .kept, .settled: false
        case .failed, .leftInDoubt, .storeTrouble: true
        }
    }

    public var description: String {
        switch self {
        case .sent(let kind, let attempt): "Mail sent: \(kind), attempt \(attempt)"
        case .postponed(let kind, let attempt): "Mail postponed: \(kind), attempt \(attempt)"
        case .failed(let kind, let attempt, let bounced): "Mail failed: \(kind), attempt \(attempt)\(bounced ? ", bounced" : "")"
        case .leftInDoubt(let kind, let attempt): "Mail perhaps sent: \(kind), attempt \(attempt)"
        case .kept(let count): "Mail kept, since no mail server is set: \(count)"
        case .settled(let count): "Mail settled after its time: \(count)"
        case .storeTrouble(let detail): "Mail waits for the database: \(detail)"
        }
    }
}
