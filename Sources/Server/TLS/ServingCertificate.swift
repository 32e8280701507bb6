public import Civil
internal import Foundation
internal import NIOSSL

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The files of a certificate and its private key, both PEM, as a certificate authority or a renewing program leaves them.
public struct CertificateFiles: Sendable, Equatable {
    /// The certificate, and behind it those that lead to the authority.
    public let certificate: String
    public let key: String

    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

/// A certificate with its key, read and found fit to be served.
public struct ServingCertificate: Sendable {
    /// The names it is for, such as `hub.example.org` or `*.example.org`, as browsers compare them.
    public let names: [String]
    /// From this moment on browsers refuse it.
    public let end: Instant
    /// What was read, to notice when the files change.
    let bytes: [[UInt8]]
    /// What connections are made with.
    let context: NIOSSLContext

    /// Reads and judges the files. Throws `ServeRefusal` with what is wrong and how to mend it.
    public init(_ files: CertificateFiles, now: Instant) throws(ServeRefusal) {
        let certificate = try ServingCertificate.read(files.certificate, "certificate")
        let key = try ServingCertificate.read(files.key, "key")
        try ServingCertificate.checkSecrecy(of: files.key)
        bytes = [certificate, key]
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(certificate), let leaf = chain.first else {
            throw ServeRefusal(
                "\(files.certificate) holds no certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----. Check --tls-cert.")
        }
        end = Instant(seconds: Int(leaf.notValidAfter))
        names = ServingCertificate.names(of: leaf)
        guard end > now else {
            throw ServeRefusal("The certificate \(files.certificate) ended on \(end.shown). Browsers refuse it: renew it.")
        }
        let start = Instant(seconds: Int(leaf.notValidBefore))
        guard start <= now else {
            throw ServeRefusal("The certificate \(files.certificate) begins on \(start.shown) only. Is this machine’s clock right?")
        }
        context = try ServingCertificate.context(chain, key: key, files)
    }

    /// The context of all connections: TLS 1.2 and 1.3, HTTP/1.1.
    private static func context(
        _ chain: [NIOSSLCertificate], key: [UInt8], _ files: CertificateFiles
    ) throws(ServeRefusal) -> NIOSSLContext {
        if String(decoding: key, as: UTF8.self).contains("ENCRYPTED") {
            throw ServeRefusal(
                "The key \(files.key) is locked with a passphrase, which nobody is there to type. Give one that is not, readable by its owner only."
            )
        }
        guard let privateKey = try? NIOSSLPrivateKey(bytes: key, format: .pem) else {
            throw ServeRefusal(
                "\(files.key) holds no private key in PEM form, which begins with -----BEGIN PRIVATE KEY-----. Check --tls-key.")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        // Of TLS 1.2 only what keeps earlier talk secret when the key is lost and notices every altered bit. TLS 1.3 has nothing else.
        configuration.cipherSuites = "ECDH+AESGCM:ECDH+CHACHA20:!aNULL"
        configuration.applicationProtocols = ["http/1.1"]
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw ServeRefusal(
                "The key \(files.key) does not belong to the certificate \(files.certificate). Give the two that were made together.")
        }
    }

    private static func read(_ path: String, _ what: String) throws(ServeRefusal) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            let why = access(path, F_OK) == 0 ? "this user may not read it" : "there is no such file"
            throw ServeRefusal("The \(what) \(path) cannot be read: \(why).")
        }
    }

    /// Whoever can read the key can pass for this server.
    private static func checkSecrecy(of path: String) throws(ServeRefusal) {
        var facts = stat()
        // Renewing programs leave links to the file: it is the file that counts.
        guard stat(path, &facts) == 0 else { throw ServeRefusal("The key \(path) cannot be read.") }
        guard facts.st_mode & 0o007 == 0 else {
            throw ServeRefusal("Everybody on this machine may read the key \(path). Say: chmod 600 \(path)")
        }
    }

    private static func names(of certificate: NIOSSLCertificate) -> [String] {
        certificate._subjectAlternativeNames().filter { $0.nameType == .dnsName }.map {
            String(decoding: $0.contents, as: UTF8.self).lowercased()
        }
    }
}

extension ServingCertificate {
    /// The first name that is one machine's, with no star in it.
    public var firstName: String? { names.first { !$0.contains("*") } }

    /// Whether a browser that asks for this name takes the certificate. A star stands for one label: `*.example.org` is for
    /// `hub.example.org` and not for `a.hub.example.org` (RFC 6125, 6.4.3).
    public func isFor(_ host: String) -> Bool {
        let host = host.lowercased()
        return names.contains { name in
            if name == host { return true }
            guard name.hasPrefix("*."), let dot = host.firstIndex(of: ".") else { return false }
            return host[dot...] == name.dropFirst()
        }
    }
}
