public import Store

extension StoreError {
    /// For whoever runs the machine: the plain words, with what the database said.
    public var forTechnician: String {
        let said = "(\(detail.split(separator: "\n").joined(separator: " ")))"
        return switch self {
        case .badAddress, .unguarded: publicMessage
        // What people are told of a full disk would send a technician looking for room.
        case .full(let text) where text.contains("readonly database"):
            """
            The database cannot be written to, so nothing was saved: its file or folder belongs to another user (look with “ls -l”), or the \
            disk is mounted read-only. \(said)
            """
        default: "\(publicMessage) \(said)"
        }
    }
}
