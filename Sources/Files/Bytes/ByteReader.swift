/// Bytes that come one after the other: what decoders read from.
protocol ByteStream: AnyObject {
    var name: String { get }
    var progress: ReadProgress { get }
    /// Fills as much of `buffer` as there are bytes left; less than asked means the end is reached, 0 that nothing was
    /// left.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int
}

/// Reads a ``ByteSource`` from its start, a piece at a time, inflating gzip as it goes. Not for use by two tasks at
/// once.
public final class ByteReader: ByteStream {
    public let name: String
    private let file: OpenFile
    private let limit: Int
    private var offset = 0
    private var delivered = 0
    /// Bytes looked at ahead of time, given out first.
    private var ahead: [UInt8] = []
    private var gzip: Gunzip?

    init(_ file: OpenFile, limit: Int) throws(FileProblem) {
        self.name = file.name
        self.file = file
        self.limit = limit
        var start: [UInt8] = [0, 0, 0]
        let count = try fill(&start) { buffer throws(FileProblem) in try file.read(at: 0, into: buffer) }
        offset = count
        if count >= 2, start[0] == 0x1F, start[1] == 0x8B {
            gzip = Gunzip(name: name, start: Array(start[0..<count]))
        } else if count == 1, start[0] == 0x1F {
            throw FileProblem(.damaged, file: name, Gunzip.cutShort)
        } else {
            ahead = Array(start[0..<count])
        }
    }

    /// Whether the file is compressed with gzip.
    public var isCompressed: Bool { gzip != nil }

    /// How far reading has come.
    public var progress: ReadProgress {
        ReadProgress(bytesRead: offset, totalBytes: file.size)
    }

    /// Fills as much of `buffer` as there are bytes left; 0 means the end.
    ///
    /// - Throws: ``FileProblem`` if the file cannot be read, its compression is damaged, or it holds more than its
    /// limit.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int {
        var done = 0
        if !ahead.isEmpty {
            let count = min(ahead.count, buffer.count)
            ahead.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[0..<count])) }
            ahead.removeFirst(count)
            done = count
        }
        if done < buffer.count {
            done += try readOn(into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
        }
        return done
    }

    /// The first bytes (fewer if there are no more), which `read` will give again.
    func peek(_ count: Int) throws(FileProblem) -> [UInt8] {
        if ahead.count < count {
            var more = [UInt8](repeating: 0, count: count - ahead.count)
            let got = try fill(&more) { [self] buffer throws(FileProblem) in try readOn(into: buffer) }
            ahead += more[0..<got]
        }
        return Array(ahead.prefix(count))
    }

    func readToEnd() throws(FileProblem) -> [UInt8] {
        // A gzip file tells no size worth trusting; a plain one does.
        let first = isCompressed ? 1 << 16 : min(max(file.size, 1 << 12), limit) + 1
        var all = [UInt8](repeating: 0, count: first)
        var used = 0
        while true {
            if used == all.count { all.append(contentsOf: repeatElement(0, count: all.count)) }
            let start = used
            let count = try fill(&all) { [self] buffer throws(FileProblem) in
                try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
            }
            used += count
            if used < all.count { break }
        }
        all.removeLast(all.count - used)
        return all
    }

    private func readOn(into buffer: UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int {
        let count: Int
        if let gzip {
            count = try gzip.read(into: buffer) { [self] chunk throws(FileProblem) in
                let got = try file.read(at: offset, into: chunk)
                offset += got
                return got
            }
        } else {
            count = try file.read(at: offset, into: buffer)
            offset += count
        }
        delivered += count
        guard delivered <= limit else {
            let size = sizeInWords(limit)
            throw FileProblem(
                .tooLarge, file: name,
                isCompressed
                    ? "Unpacked, this file is larger than \(size), the most that is read. If it is right, split "
                        + "it into smaller files."
                    : "This file is larger than \(size), the most that is read. Split it into smaller files.")
        }
        return count
    }
}

/// Lets `read` fill an array. Typed throws do not pass through `withUnsafeMutableBytes`, hence the detour over Result.
func fill(
    _ bytes: inout [UInt8], _ read: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int
) throws(FileProblem) -> Int {
    let result: Result<Int, FileProblem> = bytes.withUnsafeMutableBytes { buffer in
        do throws(FileProblem) {
            return .success(try read(buffer))
        } catch {
            return .failure(error)
        }
    }
    return try result.get()
}

/// "2 GB", "16 MB": sizes as people say them.
func sizeInWords(_ bytes: Int) -> String {
    if bytes >= 1 << 30 { return "\(bytes >> 30) GB" }
    if bytes >= 1 << 20 { return "\(bytes >> 20) MB" }
    if bytes >= 1 << 10 { return "\(bytes >> 10) KB" }
    return "\(bytes) bytes"
}
