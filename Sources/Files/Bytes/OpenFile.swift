#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Bytes that can be read from any place: a file on disk (closed when the last user lets go) or an array.
final class OpenFile {
    private enum Storage {
        case memory([UInt8])
        /// A regular file, read with `pread`.
        case file(Int32)
        /// A pipe or a terminal, read in order only.
        case pipe(Int32)
    }

    let name: String
    /// Size in bytes; 0 for a pipe, whose size nobody knows.
    let size: Int
    private let storage: Storage
    private var pipePosition = 0

    init(bytes: [UInt8], name: String) {
        self.name = name
        self.size = bytes.count
        self.storage = .memory(bytes)
    }

    init(path: String, name: String) throws(FileProblem) {
        self.name = name
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw FileProblem(.cannotOpen, file: name, OpenFile.reason(errno))
        }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else {
            let code = errno
            close(descriptor)
            throw FileProblem(.cannotOpen, file: name, OpenFile.reason(code))
        }
        switch facts.st_mode & S_IFMT {
        case S_IFREG:
            self.size = Int(facts.st_size)
            self.storage = .file(descriptor)
        case S_IFDIR:
            close(descriptor)
            throw FileProblem(.cannotOpen, file: name, "This is a folder. Give the name of a file in it.")
        default:
            self.size = 0
            self.storage = .pipe(descriptor)
        }
    }

    deinit {
        switch storage {
        case .memory: break
        case .file(let descriptor), .pipe(let descriptor): close(descriptor)
        }
    }

    /// False for a pipe.
    var isSeekable: Bool {
        if case .pipe = storage { return false }
        return true
    }

    /// Fills as much of `buffer` as there are bytes from `offset` on; 0 means the end.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int {
        switch storage {
        case .memory(let bytes):
            guard offset < bytes.count else { return 0 }
            let count = min(buffer.count, bytes.count - offset)
            bytes.withUnsafeBytes { source in
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + count]))
            }
            return count
        case .file(let descriptor):
            return try fill(buffer) { pread(descriptor, $0, $1, off_t(offset + $2)) }
        case .pipe(let descriptor):
            guard offset == pipePosition else {
                throw FileProblem(
                    .cannotOpen, file: name, "This is not an ordinary file. Save it to disk first, then read it.")
            }
            // The C function, not this method.
            let count = try fill(buffer) { target, wanted, _ in readBytes(descriptor, target, wanted) }
            pipePosition += count
            return count
        }
    }

    /// Reads until the buffer is full or the file ends: a call may be interrupted or give less than was asked.
    private func fill(
        _ buffer: UnsafeMutableRawBufferPointer,
        _ take: (UnsafeMutableRawPointer, Int, Int) -> Int
    ) throws(FileProblem) -> Int {
        guard let base = buffer.baseAddress else { return 0 }
        var done = 0
        while done < buffer.count {
            let count = take(base + done, buffer.count - done, done)
            if count > 0 {
                done += count
            } else if count == 0 {
                break
            } else if errno != EINTR {
                throw FileProblem(.cannotOpen, file: name, OpenFile.reason(errno))
            }
        }
        return done
    }

    private static func reason(_ code: Int32) -> String {
        switch code {
        case ENOENT: return "There is no such file. Check the name and the folder."
        case EACCES, EPERM:
            return "This file may not be read by the account that is asking. Change its permissions or copy it."
        default:
            return
                "The system could not read this file (\(String(cString: strerror(code)))). Copy it to this "
                + "machine and try again."
        }
    }
}

private func readBytes(_ descriptor: Int32, _ target: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, target, count)
}
