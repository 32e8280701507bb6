internal import Foundation
internal import Store

/// The parts of `EYHUB_SMTP`. What it says is wrong never repeats the address, which may hold a password.
struct MailServerAddress {
    let security: MailConfiguration.Security
    let host: String
    let port: Int
    let user: String?
    let password: String?

    private static let shape = "Write smtps://user:password@host:465 or smtp://host:587?starttls=required."

    init(_ text: String) throws(MailConfigurationProblem) {
        guard text.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw .init("EYHUB_SMTP holds a space or a sign outside plain ASCII. Write such signs in percent, as %20.")
        }
        guard let mark = text.range(of: "://"), ["smtp", "smtps"].contains(text[..<mark.lowerBound].lowercased()) else {
            throw .init("EYHUB_SMTP does not begin with smtp:// or smtps://. \(MailServerAddress.shape)")
        }
        let isTLS = text[..<mark.lowerBound].lowercased() == "smtps"
        let pieces = text[mark.upperBound...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var place = pieces[0]
        if place.hasSuffix("/") { place = place.dropLast() }
        if place.contains("/") || place.contains("#") {
            throw .init("EYHUB_SMTP holds / or # where none belongs. In a password write them as %2F and %23. \(MailServerAddress.shape)")
        }
        security = try MailServerAddress.security(isTLS: isTLS, query: pieces.count > 1 ? String(pieces[1]) : nil)
        (user, password) = try MailServerAddress.account(place)
        let server = place.lastIndex(of: "@").map { place[place.index(after: $0)...] } ?? place
        (host, port) = try MailServerAddress.server(server, isTLS ? 465 : 587)
        if password != nil, security == .off || security == .opportunistic, !MailServerAddress.isHere(host) {
            throw .init(
                "EYHUB_SMTP would send the password over a line that is not sure to be encrypted. Write starttls=required, or smtps://.")
        }
    }

    private static func security(isTLS: Bool, query: String?) throws(MailConfigurationProblem) -> MailConfiguration.Security {
        guard let query, !query.isEmpty else { return isTLS ? .tls : .required }
        if isTLS { throw .init("EYHUB_SMTP: smtps:// is encrypted from the start and takes nothing after the “?”.") }
        let choices: [String: MailConfiguration.Security] = [
            "starttls=required": .required, "starttls=opportunistic": .opportunistic, "starttls=off": .off,
        ]
        guard let choice = choices[query] else {
            throw .init("EYHUB_SMTP: after the “?” only starttls=required, starttls=opportunistic or starttls=off is understood.")
        }
        return choice
    }

    private static func account(_ place: Substring) throws(MailConfigurationProblem) -> (String?, String?) {
        guard let at = place.lastIndex(of: "@") else { return (nil, nil) }
        let parts = place[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if place[..<at].contains("@") { throw .init("EYHUB_SMTP holds two @. In a user or password write it as %40.") }
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw .init("EYHUB_SMTP names a user without a password, or a password without a user. \(shape)")
        }
        guard let user = String(parts[0]).removingPercentEncoding, let password = String(parts[1]).removingPercentEncoding,
            !(user + password).unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { throw .init("EYHUB_SMTP: the user or the password holds a % that is not the start of a code such as %40.") }
        return (user, password)
    }

    private static func server(_ text: Substring, _ usual: Int) throws(MailConfigurationProblem) -> (String, Int) {
        var host = text
        var port: Int? = usual
        let ending = text.lastIndex(of: "]").map { text.index(after: $0) } ?? text.startIndex
        if let colon = text[ending...].firstIndex(of: ":") {
            host = text[..<colon]
            let digits = text[text.index(after: colon)...]
            port = digits.utf8.allSatisfy { (48...57).contains($0) } ? Int(digits) : nil
        }
        guard let port, (1...65_535).contains(port) else {
            throw .init("EYHUB_SMTP: the port is a number from 1 to 65535, usually 465 or 587.")
        }
        let isNumber =
            host.hasPrefix("[") && host.hasSuffix("]") && host.dropFirst().dropLast().allSatisfy { $0.isHexDigit || ":.".contains($0) }
        guard isNumber || MailAddress.isDomain(Array(host.utf8)) else {
            throw .init("EYHUB_SMTP does not name a mail server, such as mail.example.org. \(shape)")
        }
        return (String(host), port)
    }

    /// Whether the server is on this machine, where nobody listens on the way.
    private static func isHere(_ host: String) -> Bool {
        ["localhost", "[::1]"].contains(host.lowercased()) || isLoopbackNumber(host)
    }

    /// `127.0.0.1` and its like; a name such as `127.example.org` is somewhere else.
    private static func isLoopbackNumber(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
