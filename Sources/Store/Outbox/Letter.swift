public import Civil

/// A letter to one person, as a room writes it.
public struct Letter: Sendable {
    /// What the letter is, which decides how it is treated.
    public var kind: LetterKind
    /// The person it goes to, if the hub knows them: for their export and their erasure.
    public var personID: String?
    /// Where it goes, such as `ann@example.org`.
    public var address: String
    /// Whom it goes to, as it stands before the address; may be empty.
    public var name: String
    public var subject: String
    /// The plain text; every letter has one.
    public var text: String
    /// The same as a complete HTML document, for those who show it.
    public var html: String?
    /// A page that ends letters of this kind with one click, as RFC 8058 asks. An https address for mail programs to offer it.
    public var unsubscribe: String?
    /// Set for a letter whose text opens a door, such as a sign-in link: until when it does. Such a text is shown to nobody, is
    /// not sent later than this, and is wiped as soon as it was sent, failed or ran out.
    public var secretUntil: Instant?
    /// Not to be sent before; at once when nil.
    public var dueAt: Instant?

    public init(
        _ kind: LetterKind, to address: String, name: String = "", personID: String? = nil, subject: String, text: String,
        html: String? = nil, unsubscribe: String? = nil, secretUntil: Instant? = nil, dueAt: Instant? = nil
    ) {
        self.kind = kind
        self.personID = personID
        self.address = address
        self.name = name
        self.subject = subject
        self.text = text
        self.html = html
        self.unsubscribe = unsubscribe
        self.secretUntil = secretUntil
        self.dueAt = dueAt
    }

    /// The letter with its headers on one line each, or what is wrong with it.
    func checked() throws(LetterProblem) -> Letter {
        guard MailAddress.isGood(address) else { throw .badAddress }
        var checked = self
        checked.name = HeaderLine.tidy(name)
        checked.subject = HeaderLine.tidy(subject)
        if checked.subject.isEmpty { throw .noSubject }
        if text.allSatisfy(\.isWhitespace) { throw .noText }
        if let unsubscribe, !HeaderLine.isLink(unsubscribe) { throw .badUnsubscribe }
        if kind.isSecret, secretUntil == nil { throw .secretWithoutEnd }
        return checked
    }
}

/// Why a letter cannot be posted.
public enum LetterProblem: Error, Sendable, Equatable {
    case badAddress, noSubject, noText, badUnsubscribe
    /// A letter of this kind holds a key, so it must say until when the key opens.
    case secretWithoutEnd

    /// One sentence for the person who asked; it repeats nothing of what they typed.
    public var publicMessage: String {
        switch self {
        case .badAddress: "This is not an e-mail address we can send to. Write one like name@example.org, without spaces or accents."
        case .noSubject: "The letter has no subject. Write a few words."
        case .noText: "The letter has no text."
        case .badUnsubscribe: "The address to end these letters is not a web address."
        case .secretWithoutEnd: "A letter with a personal link must say until when the link works."
        }
    }
}
