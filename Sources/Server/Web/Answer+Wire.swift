internal import HTTPTypes
internal import House
internal import Hummingbird
internal import NIOCore

extension Answer {
    /// The answer as it goes over the wire.
    var onTheWire: WebResponse {
        var fields = HTTPFields()
        fields[.contentType] = contentType
        for header in headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        return WebResponse(status: HTTPResponse.Status(code: status), headers: fields, body: bodyOnTheWire)
    }

    private var bodyOnTheWire: ResponseBody {
        guard let further else { return ResponseBody(byteBuffer: ByteBuffer(bytes: body)) }
        // Should a piece fail, the line is closed before the end mark, so that nobody takes half a file for all of it.
        return ResponseBody { [body] writer in
            try await writer.write(ByteBuffer(bytes: body))
            var next: Piece.Maker? = further
            while let make = next {
                let piece = try await make()
                if !piece.bytes.isEmpty { try await writer.write(ByteBuffer(bytes: piece.bytes)) }
                next = piece.next
            }
            try await writer.finish(nil)
        }
    }

    /// A redirect leads to a page of ours and nowhere else, whatever went into it.
    func checkRedirect() throws(Problem) {
        for header in headers where header.name.lowercased() == "location" {
            let target = Array(header.value.utf8.prefix(2))
            let leadsAway =
                target.first != UInt8(ascii: "/") || target.dropFirst().first.map { "/\\".utf8.contains($0) } == true
            if leadsAway { throw Problem.failed(detail: "a redirect that leads away from this site") }
        }
    }
}
