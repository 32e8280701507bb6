/// Something to read: a file on disk or bytes in memory, as it is or compressed with gzip (told by its first bytes,
/// not its name).
public struct ByteSource: Sendable {
    private enum Place: Sendable {
        case path(String)
        case memory([UInt8])
    }

    /// The name as the person knows it; messages use it.
    public let name: String
    /// The greatest number of bytes it may hold once inflated. A small archive can be made to swell without end.
    public var limit: Int = 2 << 30
    private let place: Place

    private init(name: String, place: Place) {
        self.name = name
        self.place = place
    }

    /// A file on disk. The name is the last part of the path unless another is given (an upload's own name, say).
    public static func file(_ path: String, name: String? = nil) -> ByteSource {
        let last = path.split(separator: "/").last.map { String($0) } ?? path
        return ByteSource(name: name ?? last, place: .path(path))
    }

    /// Bytes in memory.
    public static func bytes(_ bytes: [UInt8], name: String) -> ByteSource {
        ByteSource(name: name, place: .memory(bytes))
    }

    /// Opens it for reading from the start.
    ///
    /// - Throws: ``FileProblem`` if it is not there or may not be read.
    public func open() throws(FileProblem) -> ByteReader {
        try ByteReader(openRaw(), limit: limit)
    }

    /// Everything at once, inflated.
    ///
    /// - Parameter limit: the most bytes to hold in memory; the source's own limit if nil.
    /// - Throws: ``FileProblem`` if it cannot be read, is damaged, or holds more.
    public func readAll(limit: Int? = nil) throws(FileProblem) -> [UInt8] {
        let reader = try ByteReader(openRaw(), limit: min(limit ?? self.limit, self.limit))
        return try reader.readToEnd()
    }

    /// The same source if it can be read more than once; a pipe's contents if not.
    func rereadable() throws(FileProblem) -> ByteSource {
        guard try !openRaw().isSeekable else { return self }
        return try .bytes(readAll(), name: name)
    }

    /// The bytes as they lie, not inflated.
    func openRaw() throws(FileProblem) -> OpenFile {
        switch place {
        case .path(let path): return try OpenFile(path: path, name: name)
        case .memory(let bytes): return OpenFile(bytes: bytes, name: name)
        }
    }
}

/// How far reading has come, in bytes as they lie on disk (compressed, if the file is).
public struct ReadProgress: Sendable, Equatable {
    public let bytesRead: Int
    /// 0 if nobody knows (a pipe).
    public let totalBytes: Int

    public init(bytesRead: Int, totalBytes: Int) {
        self.bytesRead = bytesRead
        self.totalBytes = totalBytes
    }

    /// From 0 to 1.
    public var fraction: Double {
        totalBytes > 0 ? min(1, Double(bytesRead) / Double(totalBytes)) : 0
    }
}
