public import Store

/// Whether a key is the one that a database's secrets were sealed with: another one lets nobody's second step through.
public struct KeyFit: Sendable, Equatable {
    /// How many secrets the key opens, and how many it does not.
    public let opened: Int
    public let closed: Int

    public init(opened: Int, closed: Int) {
        self.opened = opened
        self.closed = closed
    }

    public var all: Int { opened + closed }

    /// Tries every secret; without a key none is opened.
    public static func look(_ key: SecretBox?, _ columns: [SealedColumn], in session: any Session) throws -> KeyFit {
        var (opened, closed) = (0, 0)
        for each in columns {
            for row in try session.all("select \(each.column) as sealed from \(each.table) where \(each.column) is not null") {
                if let key, (try? key.open(row.text("sealed"))) != nil { opened += 1 } else { closed += 1 }
            }
        }
        return KeyFit(opened: opened, closed: closed)
    }
}
