public import Logging

/// All that decides how the server behaves, read once at the start.
public struct ServerConfiguration: Sendable {
    public var address: ServingAddress
    /// 0 takes any free port.
    public var port: Int
    /// Names besides the loopback ones that a browser may call us by, each with or without a port: `hub.test`, `localhost:9000`.
    public var hostNames: [String] = []
    /// A proxy of ours stands in front and says who asks.
    public var isBehindProxy = false
    /// A folder with the fonts of the headings, as WOFF2; the pages do without when there is none.
    public var fonts: String?
    /// The greatest size of one uploaded file, and of all the files of one form together, in bytes.
    public var uploadBytes = 300_000_000
    public var connections = ConnectionLimits()
    /// For all strangers of one address.
    public var addressAllowance = RequestAllowance.address
    /// For one session or token.
    public var sessionAllowance = RequestAllowance.session
    /// With it we speak TLS ourselves.
    public var certificate: CertificateHolder?
    public var logger: Logger

    public init(address: ServingAddress = .standard, port: Int = 8080, logger: Logger) {
        self.address = address
        self.port = port
        self.logger = logger
    }
}
