import Foundation
import Glibc
import House
import Testing

@testable import Server

/// WeasyPrint is one of the packages that setup installs for the tests.
@Suite struct WeasyPrintTests {
    private func maker() throws -> PDFMaker {
        var program = try #require(
            WeasyPrint.find(in: "/usr/bin:/usr/local/bin"), "WeasyPrint is not installed: run scripts/setup test")
        // A machine that does ten other things may take longer than a person would wait.
        program.seconds = 900
        return PDFMaker(by: program)
    }

    private func document(_ body: String) -> [UInt8] {
        Array("<!doctype html><html lang=en><body>\(body)</body></html>".utf8)
    }

    @Test("A page becomes a PDF, with letters of every kind")
    func makesPDF() async throws {
        let pdf = try await maker().pdf(ofDocument: document("<h1>Nurseries in Łódź Road – £3 a day</h1>"))
        #expect(pdf.starts(with: Array("%PDF-".utf8)))
        #expect(pdf.count > 1_000)
    }

    @Test("What is not in the document is not fetched, neither from the network nor from the disk")
    func fetchesNothing() async throws {
        let listener = try Listener()
        let secret = NSTemporaryDirectory() + "eyhub-secret-\(UUID().uuidString).svg"
        let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='900'><circle r='400'/></svg>"
        try Data(picture.utf8).write(to: URL(fileURLWithPath: secret))
        defer { try? FileManager.default.removeItem(atPath: secret) }
        let address = "http://127.0.0.1:\(listener.port)/x"
        let plain = try await maker().pdf(ofDocument: document("<p>words</p>"))
        let pdf = try await maker().pdf(
            ofDocument: document(
                """
                <link rel=stylesheet href="\(address).css"><style>@import url(\(address)2.css); p { background: url(\(address).png) }</style>\
                <p>words</p><img src="\(address).svg"><img src="file://\(secret)"><object data="\(address)"></object>\
                <embed src="file:///etc/passwd">
                """))
        #expect(pdf.starts(with: Array("%PDF-".utf8)))
        #expect(!listener.wasCalled)
        // The picture alone would add its circle.
        #expect(abs(pdf.count - plain.count) < 700)
    }

    @Test("Where WeasyPrint is not installed there is no PDF maker")
    func knowsWhenItIsMissing() {
        #expect(PDFMaker.weasyPrint(searching: "/nowhere:/") == nil)
    }

    @Test("A document that cannot be made is refused with what to do instead")
    func refusesFailures() async throws {
        let broken = WeasyPrint(python: "/bin/false")
        #expect(throws: Refusal.self) { try broken.make(document("x")) }
    }
}

/// Listens on a free port and knows whether anybody called.
private final class Listener: Sendable {
    private let descriptor: Int32
    let port: UInt16

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Loopback()
        let descriptor = descriptor
        let bound = address.use { bind(descriptor, $0, $1) }
        try #require(bound == 0 && listen(descriptor, 5) == 0)
        _ = address.use { getsockname(descriptor, $0, &$1) }
        port = UInt16(address.port)
    }

    deinit { close(descriptor) }

    var wasCalled: Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 0) != 0
    }
}
