internal import Files
internal import Foundation
internal import Store

/// One table as CSV (RFC 4180, UTF-8), so that "no value" and "empty text" stay two things: the first is nothing between the
/// commas, the second `""`.
final class CSVFile {
    private let file: FileMaker
    private var checksum = CRC32()
    private var line: [UInt8] = []
    private(set) var rows = 0

    var size: Int { file.size }
    var crc32: String { checksum.text }

    init(path: String, header: [String]) throws {
        file = try FileMaker(path: path, gzip: false)
        try write(header.map { .text($0) })
        rows = 0
    }

    func write(_ values: [Value]) throws {
        line.removeAll(keepingCapacity: true)
        for (index, value) in values.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            switch value {
            case .null: break
            case .int(let number): line.append(contentsOf: String(number).utf8)
            case .real(let number): line.append(contentsOf: CSVFile.text(number).utf8)
            case .text(let text): append(CSVWriter.guarded(text))
            case .bytes(let bytes): append(Data(bytes).base64EncodedString())
            }
        }
        line.append(contentsOf: [13, 10])
        checksum.add(line)
        try file.write(line)
        rows += 1
    }

    func finish() throws { try file.finish() }

    private static func text(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        return number.isFinite ? String(number) : number < 0 ? "-Infinity" : "Infinity"
    }

    private func append(_ text: String) {
        let quote = UInt8(ascii: "\"")
        let isPlain = text.utf8.allSatisfy { $0 > 32 && $0 != quote && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ";") }
        guard text.isEmpty || !isPlain else {
            line.append(contentsOf: text.utf8)
            return
        }
        line.append(quote)
        for byte in text.utf8 {
            if byte == quote { line.append(quote) }
            line.append(byte)
        }
        line.append(quote)
    }
}
