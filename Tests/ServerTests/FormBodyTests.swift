import Foundation
import Hummingbird
import NIOCore
import Testing

@testable import Server

@Suite struct FormBodyTests {
    @Test("Repeated names, empty values and ticks arrive as they were sent, in order")
    func repeatedKeys() async throws {
        let house = try await TestHouse.empty()
        let page = try await house.post(
            "/staff/form", "tags=1&tags=2&name=a&name=b&agree=on&age=&note=two+words%0D%0Aand+%26")
        #expect(page.status == 200)
        #expect(page.text.contains("tags=1\ntags=2\nname=a\nname=b\nagree=on\nage=\nnote=two words\r\nand &amp;"))
    }

    @Test("A form that is too large, or has too many fields, is refused with 413, whether it says its length or not")
    func refusesLargeForms() async throws {
        let house = try await TestHouse.empty()
        #expect(try await house.post("/staff/form", "a=" + String(repeating: "x", count: 1_100_000)).status == 413)
        let fields = (0..<2_000).map { "f\($0)=1" }.joined(separator: "&")
        #expect(try await house.post("/staff/form", fields).status == 413)
        let lying = TestHouse.fromHere + [("Content-Length", "999999999999")]
        let answered = try await house.post("/staff/form", "a=1", headers: lying)
        #expect(answered.status == 413)
        #expect(answered.text.contains("We take up to 1 MB"))
    }

    @Test("A null character, a broken form or a form of another kind is refused with words, never a fault")
    func refusesBrokenForms() async throws {
        let house = try await TestHouse.empty()
        #expect(try await house.post("/staff/form", "a=%00").status == 400)
        #expect(try await house.post("/staff/form", String(repeating: "n", count: 5_000) + "=1").status == 400)
        for type in ["application/json", "text/plain", "application/x-www-form-urlencoded-not"] {
            let answered = try await house.send(
                "POST", "/staff/form", headers: TestHouse.fromHere + [("Content-Type", type)],
                body: RequestBody(buffer: ByteBuffer(string: "{}")))
            #expect(answered.status == 415)
        }
        #expect(try await house.send("POST", "/staff/form", headers: TestHouse.fromHere).status == 200)
    }

    @Test("A file arrives whole beside the fields, under its own name, and is gone when the answer is given")
    func takesFiles() async throws {
        let house = try await TestHouse.empty()
        let content = [UInt8]((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        let answered = try await upload(content, to: house)
        #expect(answered.status == 200)
        #expect(answered.text.contains("kind=ofsted"))
        #expect(answered.text.contains("file: register.csv 300000 "))
        let path = try #require(
            answered.text.split(separator: "register.csv 300000 ").last?.split(separator: "<").first)
        #expect(path.contains("eyhub-upload-"))
        #expect(!FileManager.default.fileExists(atPath: String(path)))
    }

    @Test("A file over the limit is refused with 413 and leaves nothing behind")
    func refusesLargeFiles() async throws {
        let house = try await TestHouse.empty(uploadBytes: 10_000)
        let answered = try await upload([UInt8](repeating: 65, count: 10_001), to: house)
        #expect(answered.status == 413)
        #expect(try await upload([UInt8](repeating: 65, count: 10_000), to: house).status == 200)
    }

    @Test("Several files together may not pass the limit either")
    func refusesManyFiles() async throws {
        let house = try await TestHouse.empty(uploadBytes: 10_000)
        let part = "\r\n--XX\r\nContent-Disposition: form-data; name=\"b\"; filename=\"b\"\r\n\r\n"
        let content = [UInt8](repeating: 65, count: 6_000) + Array(part.utf8) + [UInt8](repeating: 66, count: 6_000)
        #expect(try await upload(content, to: house).status == 413)
    }

    @Test("An upload that stops early or has no boundary is refused with 400")
    func refusesCutUploads() async throws {
        let house = try await TestHouse.empty()
        #expect(try await upload([1, 2, 3], to: house, end: "").status == 400)
        #expect(try await upload([1, 2, 3], to: house, type: "multipart/form-data").status == 400)
    }

    @Test("A connection that breaks in the middle of a form is not a fault of ours")
    func survivesBrokenConnections() async throws {
        struct Broken: Error {}
        let house = try await TestHouse.empty()
        let pieces = AsyncThrowingStream<ByteBuffer, any Error> { continuation in
            continuation.yield(ByteBuffer(string: "a=1"))
            continuation.finish(throwing: Broken())
        }
        let answered = try await house.send(
            "POST", "/staff/form",
            headers: TestHouse.fromHere + [("Content-Type", "application/x-www-form-urlencoded")],
            body: RequestBody(asyncSequence: pieces))
        #expect(answered.status == 400)
        #expect(!house.log.all.contains { $0.hasPrefix("error") })
    }

    /// Sends a form with one field and one file, in pieces of 1,000 bytes.
    private func upload(
        _ content: [UInt8], to house: TestHouse, end: String = "\r\n--XX--\r\n",
        type: String = "multipart/form-data; boundary=XX"
    ) async throws -> TestHouse.Answered {
        let head = """
            --XX\r\nContent-Disposition: form-data; name="kind"\r\n\r\nofsted\r\n--XX\r\n\
            Content-Disposition: form-data; name="file"; filename="C:\\fakepath\\register.csv"\r\n\
            Content-Type: text/csv\r\n\r\n
            """
        let all = Array(head.utf8) + content + Array(end.utf8)
        let pieces = AsyncStream<ByteBuffer> { continuation in
            for start in stride(from: 0, to: all.count, by: 1_000) {
                continuation.yield(ByteBuffer(bytes: all[start..<min(start + 1_000, all.count)]))
            }
            continuation.finish()
        }
        return try await house.send(
            "POST", "/staff/form", headers: TestHouse.fromHere + [("Content-Type", type)],
            body: RequestBody(asyncSequence: pieces))
    }
}
