import Page
import Testing

@Suite("Uploads, read as they arrive")
struct MultipartTests {
    private let type = "multipart/form-data; boundary=XyZ"

    private func body(_ text: String) -> [UInt8] {
        Array(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8)
    }

    private let twoParts = """
        --XyZ
        Content-Disposition: form-data; name="kind"

        ofsted
        --XyZ
        Content-Disposition: form-data; name="list"; filename="C:\\Users\\Amina\\my list.csv"
        Content-Type: text/csv

        a,b
        --XyY
        --XyZ--

        """

    /// Reads a body in pieces of a size and joins the file's bytes.
    private func read(_ bytes: [UInt8], piece: Int, limits: FormLimits = FormLimits(), type: String? = nil) throws -> [String] {
        var reader = try MultipartReader(contentType: type ?? self.type, limits: limits)
        var found: [String] = []
        var file: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: piece) {
            for event in try reader.consume(bytes[start..<min(start + piece, bytes.count)]) {
                switch event {
                case .field(let name, let value): found.append("\(name)=\(value)")
                case .fileStart(let name, let filename, let type): found.append("\(name):\(filename):\(type)")
                case .fileBytes(let more): file += more
                case .fileEnd:
                    found.append(String(decoding: file, as: UTF8.self))
                    file = []
                }
            }
        }
        try reader.finish()
        return found
    }

    @Test("Fields and files are the same however the body is cut", arguments: [1, 2, 3, 5, 7, 16, 64, 4_096])
    func pieces(size: Int) throws {
        let found = try read(body(twoParts), piece: size)
        #expect(found == ["kind=ofsted", "list:my list.csv:text/csv", "a,b\r\n--XyY"])
    }

    @Test("Any bytes come through whole, also those that look like the start of a boundary")
    func bytesSurvive() throws {
        var random = SeededRandom(3)
        for _ in 0..<200 {
            let alphabet: [UInt8] = [13, 10, 45, 88, 121, 90, 0, 255, 97]
            var content: [UInt8] = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            if String(decoding: [13, 10] + content + [13, 10], as: UTF8.self).contains("\r\n--XyZ") { content = [] }
            let head = "--XyZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n"
            let whole = Array(head.utf8) + content + Array("\r\n--XyZ--\r\n".utf8)
            var reader = try MultipartReader(contentType: type)
            var got: [UInt8] = []
            let piece = Int.random(in: 1...20, using: &random)
            for start in stride(from: 0, to: whole.count, by: piece) {
                for case .fileBytes(let more) in try reader.consume(whole[start..<min(start + piece, whole.count)]) {
                    got += more
                }
            }
            try reader.finish()
            #expect(got == content)
        }
    }

    @Test("An empty file box is nothing; an empty file with a name is a file; an empty field is a field")
    func empties() throws {
        let text = """
            --XyZ
            Content-Disposition: form-data; name="a"; filename=""
            Content-Type: application/octet-stream


            --XyZ
            Content-Disposition: form-data; name="b"; filename="e.csv"


            --XyZ
            Content-Disposition: form-data; name="c"


            --XyZ--
            """
        #expect(try read(body(text), piece: 4) == ["b:e.csv:application/octet-stream", "", "c="])
    }

    @Test("A body without its last boundary is refused, wherever it stops")
    func truncated() throws {
        let whole = body(twoParts)
        let lastBoundaryEnd = whole.count - 2
        for length in 0..<lastBoundaryEnd {
            #expect(throws: FormProblem.self, "cut at \(length)") { try read(Array(whole[..<length]), piece: 11) }
        }
        _ = try read(Array(whole[..<lastBoundaryEnd]), piece: 11)
    }

    @Test("What two readers could read differently is refused")
    func smuggling() {
        let good = "Content-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--XyZ--\r\n"
        let cases: [(String, String)] = [
            ("boundary with a tail", "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--XyZtail\r\n"),
            ("bare line feed in headers", "--XyZ\r\nX: 1\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--XyZ--"),
            ("folded header", "--XyZ\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\nx\r\n--XyZ--"),
            ("two dispositions", "--XyZ\r\nContent-Disposition: form-data; name=\"b\"\r\n\(good)"),
            ("two names", "--XyZ\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nx\r\n--XyZ--"),
            ("no name", "--XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XyZ--"),
            ("no disposition", "--XyZ\r\nX-Other: 1\r\n\r\nx\r\n--XyZ--"),
            ("open quote", "--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--XyZ--"),
            ("null byte in a header", "--XyZ\r\nContent-Disposition: form-data; name=\"a\u{0}\"\r\n\r\nx\r\n--XyZ--"),
            ("text after the end", "--XyZ\r\n\(good)--XyZ\r\n\(good)"),
            ("a long preamble", String(repeating: "p", count: 2_000) + "\r\n--XyZ\r\n\(good)"),
            ("endless headers", "--XyZ\r\nX: " + String(repeating: "h", count: 20_000)),
            ("line feeds only", "--XyZ\nContent-Disposition: form-data; name=\"a\"\n\nx\n--XyZ--\n"),
        ]
        for (name, text) in cases {
            for piece in [1, 7, 100_000] {
                #expect(throws: FormProblem.self, "\(name)") { try read(Array(text.utf8), piece: piece) }
            }
        }
    }

    @Test("Limits on files, fields, parts and names are kept while reading, not after")
    func limits() throws {
        let bytes = body(twoParts)
        #expect(throws: FormProblem.self) { try read(bytes, piece: 1, limits: FormLimits(fileBytes: 5)) }
        #expect(throws: FormProblem.self) { try read(bytes, piece: 1, limits: FormLimits(valueBytes: 3)) }
        #expect(throws: FormProblem.self) { try read(bytes, piece: 1, limits: FormLimits(bytes: 3)) }
        #expect(throws: FormProblem.self) { try read(bytes, piece: 1, limits: FormLimits(parts: 1)) }
        #expect(throws: FormProblem.self) { try read(bytes, piece: 1, limits: FormLimits(nameBytes: 3)) }
        #expect(throws: FormProblem.self) { try read(bytes, piece: 1, limits: FormLimits(fields: 0)) }
        _ = try read(bytes, piece: 1, limits: FormLimits(bytes: 6, nameBytes: 4, valueBytes: 6, fileBytes: 10, parts: 2))
    }

    @Test("The boundary is taken from the header, quoted or not; a header without a good one is refused")
    func boundaries() throws {
        let text = "--a b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--a b--"
        #expect(try read(Array(text.utf8), piece: 3, type: "Multipart/Form-Data; charset=utf-8; boundary=\"a b\"") == ["x=1"])
        let bad: [String] = [
            "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x", "text/plain",
            "multipart/form-data; boundary=\(String(repeating: "b", count: 71))", "multipart/form-data; boundary=a; boundary=b",
            "multipart/form-data; boundary=\"a\r\nb\"", "multipart/form-data; boundary=\"x ",
        ]
        for header in bad {
            #expect(throws: FormProblem.self, "\(header)") { try MultipartReader(contentType: header) }
        }
    }

    @Test("File names are text without folders or controls")
    func filenames() throws {
        let cases: [(String, String)] = [
            ("../../etc/passwd", "passwd"), ("a%22b.csv", "a\"b.csv"), ("a\\\"b.csv", "a\"b.csv"), ("ছোট.csv", "ছোট.csv"), ("x\u{1}y", "xy"),
        ]
        for (sent, kept) in cases {
            let text = "--XyZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\(sent)\"\r\n\r\n1\r\n--XyZ--"
            #expect(try read(Array(text.utf8), piece: 9).first == "f:\(kept):application/octet-stream", "\(sent)")
        }
    }
}
