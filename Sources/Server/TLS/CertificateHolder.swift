public import Civil
internal import NIOSSL
internal import Store

/// The certificate being served. It can change while the server runs: who is connected stays so with the old one, who comes
/// next gets the new one.
public final class CertificateHolder: Sendable {
    /// What came of looking at the files again.
    public enum Renewal: Sendable, Equatable {
        case unchanged
        /// Served from now on, until the moment given.
        case renewed(Instant)
        /// What is there now cannot be served: the old one stays.
        case kept(ServeRefusal)
    }

    private let files: CertificateFiles
    private let served: Locked<ServingCertificate>

    /// Throws `ServeRefusal` when the files cannot be served.
    public init(_ files: CertificateFiles, now: Instant) throws(ServeRefusal) {
        self.files = files
        served = Locked(try ServingCertificate(files, now: now))
    }

    public var certificate: ServingCertificate { served.withLock { $0 } }

    var context: NIOSSLContext { certificate.context }

    /// Reads the files again. A renewing program may be half way between the two files: then the old pair stays until the next look.
    @discardableResult
    public func renew(now: Instant) -> Renewal {
        do {
            let found = try ServingCertificate(files, now: now)
            if found.bytes == certificate.bytes { return .unchanged }
            served.withLock { $0 = found }
            return .renewed(found.end)
        } catch {
            return .kept(error)
        }
    }
}
