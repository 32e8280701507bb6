internal import Foundation
internal import Store

extension MailConfiguration {
    /// Reads the settings from the environment: `EYHUB_SMTP` (`smtps://user:password@host:465` or
    /// `smtp://host:587?starttls=required|opportunistic|off`), `EYHUB_MAIL_FROM` (`The Hub <hub@example.org>`) and, if wanted,
    /// `EYHUB_SMTP_CA` (a PEM file).
    ///
    /// Nil when `EYHUB_SMTP` is not set or empty: then mail is kept. Signs such as `@` or `%` in user and password are written
    /// in percent (`%40`).
    public static func read(_ environment: [String: String]) throws(MailConfigurationProblem) -> MailConfiguration? {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        }
        guard let address = value("EYHUB_SMTP") else {
            if value("EYHUB_MAIL_FROM") != nil || value("EYHUB_SMTP_CA") != nil {
                throw .init(
                    "EYHUB_MAIL_FROM or EYHUB_SMTP_CA is set, but not EYHUB_SMTP. Set EYHUB_SMTP to the mail server, or take the others away."
                )
            }
            return nil
        }
        let parts = try MailServerAddress(address)
        guard let sender = value("EYHUB_MAIL_FROM") else {
            throw .init("EYHUB_MAIL_FROM is missing. Write who letters are from: EYHUB_MAIL_FROM='The Hub <hub@example.org>'.")
        }
        guard let from = Mailbox(sender) else {
            throw .init("EYHUB_MAIL_FROM is not an e-mail address. Write 'hub@example.org' or 'The Hub <hub@example.org>'.")
        }
        let authorities = value("EYHUB_SMTP_CA")
        if let authorities { try checkCertificates(authorities) }
        if authorities != nil, parts.security == .off {
            throw .init("EYHUB_SMTP_CA names certificates to trust, but EYHUB_SMTP says starttls=off. Take one of them away.")
        }
        return MailConfiguration(
            host: parts.host, port: parts.port, security: parts.security, user: parts.user, password: parts.password,
            from: from, authorities: authorities)
    }

    private static func checkCertificates(_ path: String) throws(MailConfigurationProblem) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .init("EYHUB_SMTP_CA names a file that cannot be read: \(path).")
        }
        guard data.range(of: Data("-----BEGIN CERTIFICATE-----".utf8)) != nil else {
            throw .init("EYHUB_SMTP_CA names a file without a certificate in it (-----BEGIN CERTIFICATE-----): \(path).")
        }
    }
}
