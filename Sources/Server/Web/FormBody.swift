internal import HTTPTypes
internal import House
internal import Hummingbird
internal import NIOCore
internal import Page

/// The body of a posted form, read within its limits.
struct FormBody: Sendable {
    var form = FormData()
    var uploads: [String: Upload] = [:]
    /// Where the uploads lie; whoever reads the body removes it.
    var folder: UploadFolder?

    /// Reads a plain form, or one with files. Leaves nothing behind when it throws.
    static func read(_ request: WebRequest, uploadBytes: Int, limits: ConnectionLimits) async throws -> FormBody {
        let type = request.headers[.contentType] ?? ""
        let kind = type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        switch kind {
        case "multipart/form-data":
            return try await readUpload(request, type: type, uploadBytes: uploadBytes, limits)
        case "application/x-www-form-urlencoded":
            return FormBody(form: try FormData(urlEncoded: try await readWhole(request, limits)))
        case "":
            guard try await readWhole(request, limits).isEmpty else { throw Problem.unsupportedBody }
            return FormBody()
        default: throw Problem.unsupportedBody
        }
    }

    private static func readWhole(_ request: WebRequest, _ limits: ConnectionLimits) async throws -> [UInt8] {
        let limit = FormLimits().bytes
        if let length = request.contentLength, length > limit { throw Problem.tooLarge(limit: limit) }
        var bytes: [UInt8] = []
        try await request.eachPiece(limits) { piece in
            bytes += piece
            guard bytes.count <= limit else { throw Problem.tooLarge(limit: limit) }
        }
        return bytes
    }

    private static func readUpload(
        _ request: WebRequest, type: String, uploadBytes: Int, _ limits: ConnectionLimits
    ) async throws -> FormBody {
        // The fields and the boundaries around the files come on top.
        if let length = request.contentLength, length > uploadBytes + 2_000_000 {
            throw Problem.tooLarge(limit: uploadBytes)
        }
        var reader = try MultipartReader(contentType: type, limits: FormLimits(fileBytes: uploadBytes, parts: 200))
        let folder = try UploadFolder()
        do {
            var collector = UploadCollector(folder: folder, limit: uploadBytes)
            try await request.eachPiece(limits) { piece in
                for event in try reader.consume(piece) { try await collector.take(event) }
            }
            try reader.finish()
            return FormBody(form: collector.form, uploads: collector.uploads, folder: folder)
        } catch {
            folder.remove()
            throw error
        }
    }
}

/// Sorts what is found in an upload into fields and files.
private struct UploadCollector {
    let folder: UploadFolder
    let limit: Int
    var form = FormData()
    var uploads: [String: Upload] = [:]
    private var total = 0
    private var file: UploadFile?
    private var field = ""
    private var filename = ""

    init(folder: UploadFolder, limit: Int) {
        self.folder = folder
        self.limit = limit
    }

    mutating func take(_ event: MultipartEvent) async throws {
        switch event {
        case .field(let name, let value): form.add(name, value)
        case .fileStart(let name, let filename, _):
            field = name
            self.filename = filename
            file = try folder.newFile()
        case .fileBytes(let bytes):
            total += bytes.count
            guard total <= limit else { throw Problem.tooLarge(limit: limit) }
            try await file?.write(bytes)
        case .fileEnd:
            guard let file else { return }
            let size = try await file.close()
            if uploads[field] == nil { uploads[field] = Upload(name: filename, path: file.path, size: size) }
            self.file = nil
        }
    }
}

extension WebRequest {
    var contentLength: Int? { headers[.contentLength].flatMap { Int($0) } }

    /// Hands over the body piece by piece, but does not wait for ever for a sender that drips. (One that sends nothing is ended by
    /// the idle time of the connection.)
    func eachPiece(_ limits: ConnectionLimits, _ body: (ArraySlice<UInt8>) async throws -> Void) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        var count = 0
        var pieces = self.body.makeAsyncIterator()
        while true {
            let piece: ByteBuffer?
            do { piece = try await pieces.next() } catch { throw Problem.cutOff }
            guard let piece else { return }
            count += piece.readableBytes
            guard clock.now - start < limits.slowBody + .seconds(count / limits.slowestSender) else { throw Problem.tooSlow }
            try await body(Array(piece.readableBytesView)[...])
        }
    }
}
