internal import CMemory
internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Glibc

/// SQLite in one file, written ahead (WAL) so that readers never wait for the writer.
///
/// `synchronous=FULL`: what a person was told is saved survives a power cut, not only the end of the process.
final class SQLiteDatabase: Database {
    let engine = Engine.sqlite
    private let pool: any DatabaseWriter
    private let written = Counter()
    /// Four people who searched a list of names at once waited for that one lock most of the time.
    private static let countsNoMemory: Bool = eyhub_sqlite_count_no_memory() == SQLITE_OK

    var writes: UInt64 { written.count }

    /// `:memory:` is a database of its own that goes when it is closed. A file that is not there is made, for its owner only;
    /// the files SQLite puts beside it take over its permissions.
    init(path: String) throws(StoreError) {
        _ = SQLiteDatabase.countsNoMemory
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { connection in
            try connection.execute(sql: "pragma synchronous = full")
            try connection.execute(sql: "pragma temp_store = memory")
            // Two megabytes each: what a connection does not find there the system holds anyway, and five of them grow for minutes.
            try connection.execute(sql: "pragma cache_size = -2000")
            // A journal that grew during a big import is cut back to this size afterwards.
            try connection.execute(sql: "pragma journal_size_limit = 16000000")
        }
        do {
            if path == ":memory:" {
                pool = try DatabaseQueue(configuration: configuration)
            } else {
                let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                SQLiteDatabase.makePrivately(path)
                pool = try DatabasePool(path: path, configuration: configuration)
            }
        } catch {
            throw .unavailable("SQLite could not open the file: \(error)")
        }
    }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        do {
            return try await pool.read { try work(SQLiteSession($0)) }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    func write<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        defer { written.next() }
        do {
            return try await pool.write { try work(SQLiteSession($0)) }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    /// Folds the journal in first, as far as nobody else is using it and without waiting for them: what was stopped in order has all
    /// of its data in the one file, and whoever copies that copies everything.
    func close() async {
        // As SQL: a connection that is closed already refuses it, where the call of GRDB for it would touch what is no more.
        try? await pool.writeWithoutTransaction { try $0.execute(sql: "pragma wal_checkpoint(passive)") }
        try? pool.close()
    }

    /// SQLite takes an empty file for a new database. Where this fails, SQLite says why.
    private static func makePrivately(_ path: String) {
        let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if descriptor >= 0 { _ = Glibc.close(descriptor) }
    }
}

extension StoreError {
    init(_ error: DatabaseError) {
        let text = "\(error.extendedResultCode): \(error.message ?? "")"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(text)
        case .SQLITE_CONSTRAINT: self = .refused(text)
        case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY: self = .full(text)
        case .SQLITE_CANTOPEN, .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .unavailable(text)
        default: self = .faulty(text)
        }
    }
}
