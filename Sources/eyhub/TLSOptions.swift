internal import ArgumentParser
internal import Civil
internal import Server

/// A certificate of our own, for `serve`, `demo` and `doctor`.
struct TLSOptions: ParsableArguments {
    @Option(
        name: .customLong("tls-cert"),
        help: ArgumentHelp(
            "The server’s own certificate with its chain (PEM), to speak https without a proxy. (default: $EYHUB_TLS_CERT)",
            valueName: "file"))
    var certificateFile: String?

    @Option(
        name: .customLong("tls-key"),
        help: ArgumentHelp("The certificate’s private key (PEM, without a passphrase). (default: $EYHUB_TLS_KEY)", valueName: "file"))
    var keyFile: String?

    /// The two files, or nil when none is given.
    func files() throws -> CertificateFiles? {
        let certificate = certificateFile ?? Surroundings.tlsCertificate
        let key = keyFile ?? Surroundings.tlsKey
        if certificate == nil && key == nil { return nil }
        guard let certificate, let key else {
            throw Refused("A certificate needs its key and a key its certificate: give both --tls-cert and --tls-key.")
        }
        return CertificateFiles(certificate: certificate, key: key)
    }

    /// Read and judged; nil when none is given.
    func certificate() throws -> CertificateHolder? { try files().map { try CertificateHolder($0, now: Clock.system.now) } }
}
