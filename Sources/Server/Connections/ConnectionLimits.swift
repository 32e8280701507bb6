public import NIOCore

/// How long and how many connections may be held by those who do nothing with them.
public struct ConnectionLimits: Sendable {
    /// All together; those beyond wait their turn.
    public var total = 2_000
    /// From one address, so that nobody holds them all. A council's staff may come from one address: this is many.
    public var perAddress = 1_000
    /// From connecting to the end of the first request's head, a TLS handshake included.
    public var firstHead: TimeAmount = .seconds(15)
    /// Between the end of an answer and the end of the next request's head.
    public var nextHead: TimeAmount = .seconds(60)
    /// The same when three quarters of all connections are taken: idle ones make room.
    public var nextHeadWhenCrowded: TimeAmount = .seconds(5)
    /// The body of a form may take so long, and longer by a second for each `slowestSender` bytes that came.
    public var slowBody: Duration = .seconds(60)
    /// In bytes a second.
    public var slowestSender = 20_000
    /// An answer may lie untaken for so long, and longer by a second for each `slowestReader` bytes that were taken meanwhile.
    public var stuckAnswer: TimeAmount = .seconds(30)
    /// In bytes a second.
    public var slowestReader: Int64 = 4_000
    /// How often connections are looked at.
    public var beat: TimeAmount = .seconds(5)

    public init() {}
}
