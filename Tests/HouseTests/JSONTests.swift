import Foundation
import Testing

@testable import House

@Suite struct JSONTests {
    @Test(
        "Any text is one JSON string, read back as it was, whatever stands in it",
        arguments: ["", "\"", "\\", "</script>", "a\u{0}b\u{1F}\n\t", "é\u{301}👩‍👧", "\u{2028}\u{2029}", "\",\"admin\":true,\"x\":\""])
    func strings(text: String) throws {
        let bytes = JSON.object([("text", .string(text)), ("list", .array([.string(text)]))]).bytes
        let read = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(read.count == 2)
        #expect(read["text"] as? String == text)
        #expect(read["list"] as? [String] == [text])
    }
}
