/// What is wrong with a form, in the order of its fields; one message for each field.
public struct FieldErrors: Sendable, Equatable {
    /// One field and what to do about it.
    public struct FieldError: Sendable, Equatable {
        /// The field's name; its control has the same id.
        public let field: String
        /// A full sentence that says how to mend it.
        public let message: String
    }

    /// All of them, first found first.
    public private(set) var all: [FieldError] = []

    public init() {}

    public var isEmpty: Bool { all.isEmpty }

    /// Adds a message. A field keeps the first thing said about it: two messages under one field help nobody.
    public mutating func add(_ field: String, _ message: String) {
        guard self[field] == nil else { return }
        all.append(FieldError(field: field, message: message))
    }

    /// Takes in the errors of another reader.
    public mutating func add(_ others: FieldErrors) {
        for error in others.all { add(error.field, error.message) }
    }

    /// The message for a field.
    public subscript(field: String) -> String? {
        all.first { $0.field == field }?.message
    }
}
