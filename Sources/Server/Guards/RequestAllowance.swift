/// How many requests one may make: so many at once, and so many a second from then on.
public struct RequestAllowance: Sendable {
    public var burst: Double
    public var perSecond: Double

    public init(burst: Double, perSecond: Double) {
        self.burst = burst
        self.perSecond = perSecond
    }

    /// For all strangers of one address together. A whole nursery, school or council may sit behind one: 60 people who open a
    /// first page at the same moment ask for some 300 things, and read on at some 12 a second.
    public static let address = RequestAllowance(burst: 1_200, perSecond: 20)

    /// For one session or token. A person reads a page every few seconds; this is for programs.
    public static let session = RequestAllowance(burst: 600, perSecond: 10)
}
