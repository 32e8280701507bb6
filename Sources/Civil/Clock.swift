#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Where the time comes from. It is passed in, so that a test can say what day it is.
public struct Clock: Sendable {
    private let tell: @Sendable () -> Instant

    public init(_ tell: @escaping @Sendable () -> Instant) { self.tell = tell }

    public var now: Instant { tell() }

    /// Today in England.
    public var today: Day { tell().dayInLondon }

    /// The machine's clock.
    public static let system = Clock { Instant(seconds: time(nil)) }

    /// A clock that stands still, for tests and for sample data.
    public static func fixed(_ instant: Instant) -> Clock { Clock { instant } }
}
