import Mail
import Store
import Synchronization

/// A sender that answers what it is told to and remembers what it was given.
final class Recorder: MailSender {
    private let answer: @Sendable (Message) -> SendReport
    private let sent = Mutex<[Message]>([])

    init(_ answer: @escaping @Sendable (Message) -> SendReport = { _ in SendReport(.accepted) }) { self.answer = answer }

    var messages: [Message] { sent.withLock { $0 } }

    func send(_ message: Message) async -> SendReport {
        sent.withLock { $0.append(message) }
        // Lets another postman in between.
        await Task.yield()
        return answer(message)
    }
}
