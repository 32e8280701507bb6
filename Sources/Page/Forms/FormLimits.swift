/// How much a form may hold before it is refused. Every figure is a count of bytes unless it says otherwise.
public struct FormLimits: Sendable, Equatable {
    /// The whole body of a plain form, or all the plain fields of a form with files.
    public var bytes: Int
    /// How many fields.
    public var fields: Int
    /// The longest field name.
    public var nameBytes: Int
    /// The longest value of a plain field.
    public var valueBytes: Int
    /// The largest single file.
    public var fileBytes: Int
    /// How many parts, fields and files together.
    public var parts: Int

    public init(
        bytes: Int = 1_000_000, fields: Int = 1_000, nameBytes: Int = 200, valueBytes: Int = 1_000_000,
        fileBytes: Int = 200_000_000, parts: Int = 1_000
    ) {
        self.bytes = bytes
        self.fields = fields
        self.nameBytes = nameBytes
        self.valueBytes = valueBytes
        self.fileBytes = fileBytes
        self.parts = parts
    }
}

/// Why a form could not be read at all; a wrong *value* is a `FieldErrors` matter.
public struct FormProblem: Error, Sendable, Equatable {
    /// What was wrong with it.
    public enum Kind: Sendable, Equatable { case tooLarge, tooManyFields, nameTooLong, malformed, unfinished }

    public let kind: Kind

    init(_ kind: Kind) { self.kind = kind }

    /// What to tell the person.
    public var publicMessage: String {
        switch kind {
        case .tooLarge: "What you sent is larger than we can take. Send it in smaller pieces."
        case .tooManyFields: "The form has more fields than we can take. Send it in smaller pieces."
        case .nameTooLong, .malformed: "We could not read the form. Go back, reload the page and send it again."
        case .unfinished: "The upload stopped before the end. Check your connection and send it again."
        }
    }

    /// The HTTP status that fits.
    public var status: Int { kind == .tooLarge || kind == .tooManyFields ? 413 : 400 }
}
