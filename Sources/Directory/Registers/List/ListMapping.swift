/// Which of a list's columns is which of ours.
public struct ListMapping: Sendable, Equatable {
    /// Their column to our field.
    public var fields: [String: String]
    public init(fields: [String: String]) { self.fields = fields }
    var text: String { fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",") }
}
