import Testing

@testable import House

@Suite struct AnswerTests {
    @Test(
        "The name of a file we send is a plain one, whatever it was made of",
        arguments: ["list.csv", "a\"; filename=\"evil.exe", "a\r\nSet-Cookie: x=1", "../../etc/passwd", "naïve 👩‍👧.csv", ""])
    func namesFilesSafely(name: String) throws {
        let answer = Answer.file([], name: name, contentType: "text/csv; charset=utf-8")
        let header = try #require(answer.headers.first { $0.name == "Content-Disposition" }).value
        #expect(header.hasPrefix("attachment; filename=\"") && header.hasSuffix("\""))
        let inside = header.dropFirst("attachment; filename=\"".count).dropLast()
        #expect(
            inside.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-._".utf8.contains(byte)
                }
            })
    }
}
