import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite struct ServeTests {
    private func get(_ address: String) async throws -> (status: Int, body: String, headers: [String: String]) {
        // A machine that does ten other things may take long to answer; what never comes is a fault all the same.
        let request = URLRequest(url: try #require(URL(string: address)), timeoutInterval: 900)
        let (data, response) = try await URLSession.shared.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        var headers: [String: String] = [:]
        for (name, value) in http.allHeaderFields { headers["\(name)".lowercased()] = "\(value)" }
        return (http.statusCode, String(decoding: data, as: UTF8.self), headers)
    }

    @Test("It says where it listens, answers there, and stops when told to", arguments: ["127.0.0.1", "localhost"])
    func servesAndStops(address: String) async throws {
        try await Program.inFolder { folder in
            let server = try Running(["serve", "--port", "0", "--address", address], in: folder)
            let line = try #require(await server.line(beginning: "Listening at http://"))
            let url = try #require(line.split(separator: " ").last.map(String.init))
            let health = try await get("\(url)/health")
            #expect(health.status == 200)
            #expect(health.body == #"{"status":"ok"}"#)
            #expect(health.headers["content-security-policy"]?.contains("default-src 'self'") == true)
            #expect(try await get("\(url)/ready").status == 200)
            // The installation's key is its owner's only.
            let key = try FileManager.default.attributesOfItem(atPath: "\(folder)/eyhub.sqlite.key")
            #expect((key[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            #expect(try await get("\(url)/no-such-page").status == 404)
            server.process.terminate()
            let outcome = await server.outcome()
            #expect(outcome.code == 0)
            #expect(outcome.out == line + "\n")
        }
    }

    @Test("A port that is taken is refused in one sentence")
    func refusesATakenPort() async throws {
        try await Program.inFolder { folder in
            let first = try Running(["serve", "--port", "0"], in: folder)
            let line = try #require(await first.line(beginning: "Listening at http://"))
            let port = try #require(line.split(separator: ":").last.map(String.init))
            let second = try await Program.run("serve", "--port", port, in: folder)
            #expect(second.code == 1)
            #expect(second.error.contains("Port \(port) of 127.0.0.1 cannot be used: another program uses it"))
            #expect(second.error.contains("--port"))
            first.process.interrupt()
            #expect(await first.outcome().code == 0)
        }
    }
}
