import NIOCore
import Testing

@testable import Server

@Suite struct WireTests {
    @Test(
        "A request whose length could be read in two ways is refused, and what hides in it is not taken for another",
        arguments: [
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "Content-Length: 4\r\nContent-Length: 30\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", "Content-Length: 4, 30\r\n\r\n0\r\n\r\n",
            "Content-Length: -4\r\n\r\n", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "Content-Length: 0x4\r\n\r\n0\r\n\r\n",
        ])
    func refusesSmuggling(headers: String) async throws {
        let answer = try await twoRequests(headers)
        // Refused, or the line cut: what was sent on after it is lost either way.
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(200))")
        #expect(!answer.contains(#"{"status":"ok"}"#))
    }

    @Test("Where the length is beyond doubt, the second request is answered after the first")
    func answersBoth() async throws {
        for headers in ["Content-Length: 5\r\n\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"] {
            let answer = try await twoRequests(headers)
            #expect(answer.hasPrefix("HTTP/1.1 403"))
            #expect(answer.contains(#"{"status":"ok"}"#))
        }
    }

    /// However busy the machine is, nobody is let go for being slow.
    private static func patiently(_ configuration: inout ServerConfiguration) {
        configuration.connections.firstHead = .hours(24)
        configuration.connections.nextHead = .hours(24)
        configuration.connections.slowBody = .seconds(86_400)
    }

    /// A form with these headers and their body, and a second request right behind it.
    private func twoRequests(_ headers: String) async throws -> String {
        try await LiveHouse.with(Self.patiently) { port in
            let socket = try RawSocket(port: port)
            let host = "Host: localhost:\(port)\r\n"
            try socket.send("POST /list/7 HTTP/1.1\r\n\(host)\(headers)GET /health HTTP/1.1\r\n\(host)\r\n")
            socket.finish()
            return await socket.readToEnd()
        }
    }

    @Test("A head that is too long is refused, not kept in memory")
    func refusesLongHeads() async throws {
        let answer = try await LiveHouse.with(Self.patiently) { port in
            let socket = try RawSocket(port: port)
            // The server may close before all of it is sent.
            try? socket.send("GET /health HTTP/1.1\r\nHost: localhost:\(port)\r\nX-Long: \(String(repeating: "x", count: 200_000))\r\n\r\n")
            return await socket.readToEnd()
        }
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
        #expect(!answer.contains(#"{"status":"ok"}"#))
    }
}
