public import Civil
public import Store

/// A letter as it goes over the wire: RFC 5322 and MIME, ASCII only.
public struct Message: Sendable {
    /// The envelope: where bounces go, and where the letter goes.
    public let sender: String
    public let recipient: String
    public let bytes: [UInt8]

    /// Nil when the letter's address is not one we can send to, which the outbox does not let in.
    public init?(_ letter: ClaimedLetter, from: Mailbox, at now: Instant) {
        guard let to = Mailbox(name: letter.name, address: letter.address) else { return nil }
        sender = from.address
        recipient = to.address
        var text = HeaderText.line("Date", Message.date(now))
        text += HeaderText.line("From", from.header)
        text += HeaderText.line("To", to.header)
        text += HeaderText.line("Subject", HeaderText.free(letter.subject))
        text += HeaderText.line("Message-ID", letter.messageID)
        // No out-of-office note answers a program (RFC 3834).
        text += HeaderText.line("Auto-Submitted", "auto-generated")
        if let link = letter.unsubscribe {
            text += HeaderText.line("List-Unsubscribe", "<\(link)>")
            // RFC 8058 offers the one click over https only.
            if link.hasPrefix("https://") { text += HeaderText.line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click") }
        }
        text += "MIME-Version: 1.0\r\n"
        if let html = letter.html {
            // "=_" cannot occur in quoted-printable, nor "_" in base64, so no text can end its part early.
            let boundary = "=_eyhub_\(letter.id)"
            text += "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"\r\n\r\n"
            text += "--\(boundary)\r\n\(Message.part("plain", letter.text))"
            text += "--\(boundary)\r\n\(Message.part("html", html))"
            text += "--\(boundary)--\r\n"
        } else {
            text += Message.part("plain", letter.text)
        }
        bytes = Array(text.utf8)
    }

    private static func part(_ kind: String, _ text: String) -> String {
        let body = BodyText(text)
        return "Content-Type: text/\(kind); charset=utf-8\r\nContent-Transfer-Encoding: \(body.encoding)\r\n\r\n\(body.lines)"
    }

    /// `Sun, 22 Nov 2026 09:30:00 +0000`.
    static func date(_ now: Instant) -> String {
        let iso = now.iso
        guard let day = Day(iso: iso.prefix(10)) else { return iso }
        let time = iso.dropFirst(11).prefix(8)
        return "\(day.long.prefix(3)), \(day.short) \(time) +0000"
    }
}
