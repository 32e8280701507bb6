import Files
import Foundation

/// Takes backups apart and puts them together again, for tests that alter them.
enum Gzip {
    static func unpacked(_ path: String) throws -> String {
        String(decoding: try ByteSource.file(path).readAll(), as: UTF8.self)
    }

    static func pack(_ text: String, to path: String) throws {
        let file = try FileMaker(path: path, gzip: true)
        try file.write(Array(text.utf8))
        try file.finish()
    }

    /// The lines with the checksum they now have.
    static func withChecksumMended(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count > 2 else { return text }
        var checksum = CRC32()
        for line in lines.dropLast(2) { checksum.add(Array("\(line)\n".utf8)) }
        let end = lines.count - 2
        if let start = lines[end].range(of: "\"crc32\":\"") {
            let stop = lines[end].index(start.upperBound, offsetBy: 8)
            lines[end].replaceSubrange(start.upperBound..<stop, with: checksum.text)
        }
        return lines.joined(separator: "\n")
    }
}
