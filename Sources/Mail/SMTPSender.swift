internal import CCurl
internal import Dispatch
internal import Store

/// Sends by SMTP, with TLS, through libcurl: one connection for each letter, one letter at a time.
///
/// libcurl blocks, so it has a thread of its own. Certificates and host names are always checked.
public final class SMTPSender: MailSender {
    /// How long to wait, in seconds.
    public struct Patience: Sendable {
        /// For a connection with TLS.
        public let connecting: Int
        /// For each answer of the server.
        public let answer: Int
        /// For the whole letter; a claim on a letter must be longer.
        public let whole: Int

        /// The whole is less than the 90 seconds systemd waits for a program that is to stop.
        public init(connecting: Int = 15, answer: Int = 60, whole: Int = 80) {
            self.connecting = connecting
            self.answer = answer
            self.whole = whole
        }
    }

    private let configuration: MailConfiguration
    private let patience: Patience
    private let queue = DispatchQueue(label: "eyhub.smtp")
    /// libcurl asks to be started once, before anything else.
    private static let isStarted = eyhub_curl_start() == CURLE_OK

    public init(_ configuration: MailConfiguration, patience: Patience = Patience()) {
        self.configuration = configuration
        self.patience = patience
    }

    public func send(_ message: Message) async -> SendReport {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                let pipe = QuietPipe()
                defer { pipe.end() }
                let talk = SMTPTalk(body: message.bytes)
                guard let line = SMTPLine(configuration, patience, talk) else {
                    continuation.resume(returning: SendReport(.later(SMTPOutcome.outOfMemory), isServerAway: true))
                    return
                }
                let report = SMTPOutcome.report(line.send(message), talk, to: message.recipient)
                // The answer first: saying goodbye to the server may take a while and changes nothing.
                continuation.resume(returning: report)
                line.close()
            }
        }
    }

    /// Connects, signs in and hangs up without sending anything. Nil when all went well, else a sentence for the technician.
    public func check() async -> String? {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                let pipe = QuietPipe()
                defer { pipe.end() }
                let talk = SMTPTalk(body: [])
                guard let line = SMTPLine(configuration, patience, talk) else {
                    continuation.resume(returning: SMTPOutcome.outOfMemory)
                    return
                }
                continuation.resume(returning: SMTPOutcome.trouble(line.connect(), talk))
                line.close()
            }
        }
    }

    static func start() -> Bool { isStarted }
}
