internal import CCurl

/// What was said between us and the mail server: how far the letter got, and the server's last answer. It keeps commands' first
/// words only, so no password and no address. libcurl calls it from the one thread that sends.
final class SMTPTalk {
    /// The command the server last answered, or is to answer.
    enum Stage { case opening, mail, recipient, data }

    private let body: [UInt8]
    private var given = 0
    private(set) var stage = Stage.opening
    /// The server's last answer: its code (0 before any) and its words.
    private(set) var code = 0
    private(set) var answer = ""
    /// libcurl has all of the letter: from here on the server may have all of it too.
    private(set) var isHandedOver = false

    private var isOver = false

    init(body: [UInt8]) { self.body = body }

    /// Gives libcurl the next part of the letter.
    func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let count = min(buffer.count, body.count - given)
        if count > 0 { _ = buffer.update(fromContentsOf: body[given..<(given + count)]) }
        given += count
        if given == body.count { isHandedOver = true }
        return count
    }

    /// Hears a command of ours.
    func hear(command: String) {
        // What is said in parting is not about the letter.
        if command == "QUIT" { isOver = true }
        if isOver { return }
        // Whole words with their colon: a name or password in base64 must not pass for one.
        if command.hasPrefix("MAIL FROM:") {
            stage = .mail
        } else if command.hasPrefix("RCPT TO:") {
            stage = .recipient
        } else if command == "DATA" {
            stage = .data
        }
        // Its answer is yet to come.
        code = 0
        answer = ""
    }

    /// Hears a line of the server's answer, such as `550-5.1.1 No such` or `550 person here`.
    func hear(answer line: String) {
        guard !isOver, let code = Int(line.prefix(3)), line.utf8.count >= 3 else { return }
        let words = line.dropFirst(4).filter { !$0.isNewline }
        if code != self.code { answer = "" }
        self.code = code
        if answer.utf8.count < 400 { answer += (answer.isEmpty ? "" : " ") + words.prefix(400) }
    }

    /// What libcurl calls for the next part of the letter; the context is a talk.
    static var read: eyhub_curl_read {
        { buffer, size, count, context in
            guard let buffer, let context else { return 0 }
            let space = UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
            return Unmanaged<SMTPTalk>.fromOpaque(context).takeUnretainedValue().fill(space.bindMemory(to: UInt8.self))
        }
    }

    /// What libcurl calls with each command and each line of an answer; the context is a talk.
    static var watch: eyhub_curl_watch {
        { _, kind, data, size, context in
            guard let data, let context, kind == CURLINFO_HEADER_IN || kind == CURLINFO_HEADER_OUT else { return 0 }
            let text = String(decoding: UnsafeRawBufferPointer(start: data, count: size), as: UTF8.self)
            let talk = Unmanaged<SMTPTalk>.fromOpaque(context).takeUnretainedValue()
            for line in text.split(whereSeparator: \.isNewline) {
                if kind == CURLINFO_HEADER_OUT { talk.hear(command: String(line)) } else { talk.hear(answer: String(line)) }
            }
            return 0
        }
    }
}
