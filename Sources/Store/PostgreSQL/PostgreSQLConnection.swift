internal import CPostgres
internal import Foundation

/// How a transaction begins.
enum TransactionKind: String, Sendable {
    case reading = "begin isolation level repeatable read read only"
    /// Serializable, so that a rule checked by reading still holds when the write lands; run again on a clash.
    case writing = "begin isolation level serializable"
}

/// One open connection. Not for use from two threads at once.
final class PostgreSQLConnection {
    private let handle: OpaquePointer
    /// Statements prepared on this connection, by their text.
    private var prepared: [String: String] = [:]
    /// A reading transaction was asked for and begins with its first statement.
    private var isToBegin = false
    /// The end of a reading transaction was sent, and the answer to it not yet taken.
    private var isEnding = false

    init(address: String) throws(StoreError) {
        guard let opened = PQconnectdb(address) else { throw .unavailable("out of memory") }
        guard PQstatus(opened) == CONNECTION_OK else {
            let message = String(cString: PQerrorMessage(opened))
            PQfinish(opened)
            throw .unavailable(message)
        }
        handle = opened
        // Notices ("relation exists, skipping") are nobody's business on standard error.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit { PQfinish(handle) }

    var isAlive: Bool {
        settle()
        return PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    /// Runs one transaction, and again from the start, at most ten times, when the server says another was in its way.
    func transaction<T>(_ kind: TransactionKind, _ work: (any Session) throws -> T) throws -> T {
        var attempt = 1
        while true {
            do {
                try start(kind)
                let result = try work(PostgreSQLSession(self))
                try commit(kind)
                return result
            } catch {
                if PQtransactionStatus(handle) != PQTRANS_IDLE { try? command("rollback") }
                guard case StoreError.busy? = error as? StoreError, attempt < 10 else { throw error }
                // Whoever tries again at once meets the same others again: each waits a while of chance, longer each time.
                usleep(UInt32.random(in: 0...min(100_000, 1_000 << UInt32(attempt))))
                attempt += 1
            }
        }
    }

    /// A reading transaction begins on the wire with its first statement and ends without waiting for the word that it did: a page asks
    /// the server as often as it has questions, and not twice more.
    private func start(_ kind: TransactionKind) throws(StoreError) {
        settle()
        isToBegin = kind == .reading
        if kind == .writing { try renewing { () throws(StoreError) in try command(kind.rawValue) } }
    }

    /// A server that went away while nobody asked is only noticed now. Nothing has begun, so the line is made anew once: else
    /// the first to use each connection after a restart would be told the database is away.
    private func renewing<T>(_ first: () throws(StoreError) -> T) throws(StoreError) -> T {
        do {
            return try first()
        } catch {
            guard PQstatus(handle) != CONNECTION_OK else { throw error }
            PQreset(handle)
            prepared = [:]
            return try first()
        }
    }

    /// A line that breaks here tells nothing: the server may have kept the change and not been able to say so.
    private func commit(_ kind: TransactionKind) throws(StoreError) {
        if kind == .reading { return endReading() }
        do {
            try command("commit")
        } catch {
            guard kind == .writing, case .unavailable(let text) = error else { throw error }
            throw .inDoubt(text)
        }
    }

    private func endReading() {
        // Nothing was asked, so nothing began.
        if isToBegin { isToBegin = false } else { isEnding = PQsendQuery(handle, "commit") == 1 }
    }

    /// Takes what the server said to the end of the last reading transaction. Nothing hangs on it: a line that broke is seen by who asks next.
    private func settle() {
        guard isEnding else { return }
        isEnding = false
        while let result = PQgetResult(handle) { PQclear(result) }
    }

    /// Runs text of our own with no values.
    func command(_ text: String) throws(StoreError) {
        let result = PQexec(handle, text)
        defer { PQclear(result) }
        try check(result, PGRES_COMMAND_OK)
    }

    /// Runs a statement with its values and hands over the result, which the caller clears.
    func execute(_ text: String, _ values: [Value]) throws(StoreError) -> OpaquePointer {
        if isToBegin { return try renewing { () throws(StoreError) in try executeFirst(text, values) } }
        let name = try preparedName(text)
        let strings: [String?] = values.map(\.wire)
        return try answered(
            withCStrings(strings) { PQexecPrepared(handle, name, Int32(strings.count), $0, nil, nil, 0) })
    }

    /// Begins the reading transaction that was asked for, where what comes first cannot be sent together with its beginning.
    private func beginReading() throws(StoreError) {
        guard isToBegin else { return }
        try renewing { () throws(StoreError) in try command(TransactionKind.reading.rawValue) }
        isToBegin = false
    }

    /// The first statement of a reading transaction, sent together with the transaction's beginning.
    private func executeFirst(_ text: String, _ values: [Value]) throws(StoreError) -> OpaquePointer {
        // Where this fails nothing has begun, and the next statement is the first.
        let name = try preparedName(text)
        isToBegin = false
        let strings: [String?] = values.map(\.wire)
        guard PQenterPipelineMode(handle) == 1 else { throw .unavailable(lastMessage) }
        defer { PQexitPipelineMode(handle) }
        let isSent = withCStrings(strings) { pointers in
            PQsendQueryParams(handle, TransactionKind.reading.rawValue, 0, nil, nil, nil, nil, 0) == 1
                && PQsendQueryPrepared(handle, name, Int32(strings.count), pointers, nil, nil, 0) == 1 && PQpipelineSync(handle) == 1
        }
        guard isSent else { throw .unavailable(lastMessage) }
        let results = [nextInPipeline(), nextInPipeline(), nextInPipeline()]
        PQclear(results[2])
        if PQresultStatus(results[0]) != PGRES_COMMAND_OK {
            PQclear(results[1])
            return try answered(results[0])
        }
        PQclear(results[0])
        return try answered(results[1])
    }

    /// The answer to the next of the things sent in one go; the sign that there is no more of it is taken with it.
    private func nextInPipeline() -> OpaquePointer? {
        guard let result = PQgetResult(handle) else { return nil }
        if PQresultStatus(result) != PGRES_PIPELINE_SYNC { while let more = PQgetResult(handle) { PQclear(more) } }
        return result
    }

    /// A result that is a good answer; throws, and clears it, where it is not.
    private func answered(_ result: OpaquePointer?) throws(StoreError) -> OpaquePointer {
        guard let result else { throw .unavailable(lastMessage) }
        let status = PQresultStatus(result)
        guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else {
            let error = failure(result)
            PQclear(result)
            throw error
        }
        return result
    }

    /// Runs a query without values and hands over its rows one result at a time; the closure clears each.
    func stream(_ text: String, _ body: (OpaquePointer) throws -> Void) throws {
        try beginReading()
        guard PQsendQuery(handle, text) == 1, PQsetSingleRowMode(handle) == 1 else { throw StoreError.unavailable(lastMessage) }
        var stopped: (any Error)?
        while let result = PQgetResult(handle) {
            let status = PQresultStatus(result)
            if stopped == nil, status == PGRES_SINGLE_TUPLE {
                do { try body(result) } catch {
                    stopped = error
                    cancel()
                }
                continue
            }
            if stopped == nil, status != PGRES_TUPLES_OK { stopped = failure(result) }
            PQclear(result)
        }
        if let stopped { throw stopped }
    }

    /// Asks the server to send no more of what it is sending.
    private func cancel() {
        guard let request = PQgetCancel(handle) else { return }
        var message = [CChar](repeating: 0, count: 256)
        PQcancel(request, &message, Int32(message.count))
        PQfreeCancel(request)
    }

    private func preparedName(_ text: String) throws(StoreError) -> String {
        if let name = prepared[text] { return name }
        if prepared.count >= 400 {
            try command("deallocate all")
            prepared = [:]
        }
        let name = "s\(prepared.count)"
        let result = PQprepare(handle, name, text, 0, nil)
        defer { PQclear(result) }
        try check(result, PGRES_COMMAND_OK)
        prepared[text] = name
        return name
    }

    // MARK: Copying rows in

    func startCopy(_ text: String) throws(StoreError) {
        // A reading that begins with this has to refuse it.
        try beginReading()
        let result = PQexec(handle, text)
        defer { PQclear(result) }
        try check(result, PGRES_COPY_IN)
    }

    func copy(_ bytes: [UInt8]) throws(StoreError) {
        let sent = bytes.withUnsafeBytes {
            PQputCopyData(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
        }
        if sent != 1 { throw .unavailable(lastMessage) }
    }

    /// Ends the copy; with a reason, the server throws away what was sent.
    func endCopy(failure reason: String? = nil) throws(StoreError) {
        let sent = PQputCopyEnd(handle, reason)
        var outcome: StoreError?
        while let result = PQgetResult(handle) {
            if PQresultStatus(result) != PGRES_COMMAND_OK, outcome == nil { outcome = failure(result) }
            PQclear(result)
        }
        if reason != nil { return }
        if let outcome { throw outcome }
        if sent != 1 { throw .unavailable(lastMessage) }
    }

    // MARK: Errors

    private var lastMessage: String { String(cString: PQerrorMessage(handle)) }

    private func check(_ result: OpaquePointer?, _ expected: ExecStatusType) throws(StoreError) {
        guard let result else { throw .unavailable(lastMessage) }
        if PQresultStatus(result) != expected { throw failure(result) }
    }

    /// The server's error by its class (PostgreSQL manual, appendix A).
    private func failure(_ result: OpaquePointer) -> StoreError {
        guard PQstatus(handle) == CONNECTION_OK else { return .unavailable(lastMessage) }
        let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
        let text = "\(state): \(String(cString: PQresultErrorMessage(result)))"
        switch state.prefix(2) {
        case "40", "55": return .busy(text)
        case "23": return .refused(text)
        case "53": return .full(text)
        case "57", "08": return .unavailable(text)
        default: return .faulty(text)
        }
    }
}

extension Value {
    /// The value as PostgreSQL reads it in a text parameter; nil is null.
    var wire: String? {
        switch self {
        case .null: nil
        case .int(let number): String(number)
        case .real(let number): String(number)
        case .text(let text): text
        case .bytes(let bytes): "\\x" + hexadecimal(bytes)
        }
    }
}

func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

/// Calls the body with C strings for the texts, null for nil.
private func withCStrings<T>(_ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> T) -> T {
    var buffer: [CChar] = []
    var starts: [Int?] = []
    for text in texts {
        guard let text else {
            starts.append(nil)
            continue
        }
        starts.append(buffer.count)
        buffer.append(contentsOf: text.utf8.lazy.map { CChar(bitPattern: $0) })
        buffer.append(0)
    }
    return buffer.withUnsafeBufferPointer { bytes in
        let pointers: [UnsafePointer<CChar>?] = starts.map { start in
            start.flatMap { at in bytes.baseAddress.map { $0 + at } }
        }
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
