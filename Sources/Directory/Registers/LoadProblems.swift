/// A load that cannot be done as asked. Nothing was changed.
public struct LoadRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong and how to mend it.
    public let message: String

    public init(_ message: String) { self.message = message }

    public var description: String { message }
}

/// Thrown by a progress closure to stop a load: nothing is changed.
public struct LoadStopped: Error, Sendable {
    public init() {}
}

/// Is told how far a load has come, from 0 to 1, and may throw `LoadStopped` to end it.
public struct LoadProgress: Sendable {
    private let tell: @Sendable (_ stage: String, _ fraction: Double) throws -> Void

    public init(_ tell: @escaping @Sendable (_ stage: String, _ fraction: Double) throws -> Void) { self.tell = tell }

    func report(_ stage: String, _ fraction: Double) throws { try tell(stage, fraction) }
}
