/// The texts of an XLSX file, kept once each as bytes one after the other (ECMA-376 Part 1, §18.4).
struct SharedStrings {
    private static let mostBytes = 256 << 20
    private static let mostStrings = 8_000_000

    private var bytes: [UInt8] = []
    /// Where each begins; one more for the end.
    private var starts: [Int32] = [0]

    init() {}

    init(_ stream: ZipEntryStream) throws {
        let scanner = try XMLScanner(stream)
        var collector = RichText()
        while true {
            switch try scanner.next() {
            case .finish: return
            case .start: collector.open(scanner)
            case .text: if collector.isText { try scanner.appendText(to: &bytes) }
            case .end:
                collector.close(scanner)
                guard scanner.isNamed("si"), scanner.depth == 1 else { continue }
                ExcelEscapes.undo(in: &bytes, from: Int(starts[starts.count - 1]))
                guard bytes.count <= SharedStrings.mostBytes, starts.count <= SharedStrings.mostStrings else {
                    throw FileProblem(
                        .tooLarge, file: stream.name,
                        "This spreadsheet holds more than \(sizeInWords(SharedStrings.mostBytes)) of text. Split "
                            + "it, or save it as CSV."
                    )
                }
                starts.append(Int32(bytes.count))
            }
        }
    }

    /// Appends the text of that number; false if there is none.
    func append(_ index: Int, to target: inout [UInt8]) -> Bool {
        guard index >= 0, index + 1 < starts.count else { return false }
        target.append(contentsOf: bytes[Int(starts[index])..<Int(starts[index + 1])])
        return true
    }
}

/// Follows which text of a string item counts: every `t`, in runs too, but not the phonetic guide (`rPh`).
struct RichText {
    private var phonetic = 0
    private(set) var isText = false

    mutating func open(_ scanner: XMLScanner) {
        if scanner.isNamed("t") {
            isText = phonetic == 0
        } else if scanner.isNamed("rPh") {
            phonetic += 1
        }
    }

    mutating func close(_ scanner: XMLScanner) {
        if scanner.isNamed("t") {
            isText = false
        } else if scanner.isNamed("rPh") {
            phonetic -= 1
        }
    }
}

/// Excel writes characters XML cannot hold as `_x000D_` (ECMA-376 Part 1, §22.9.2.19, ST_Xstring).
enum ExcelEscapes {
    static func undo(in bytes: inout [UInt8], from start: Int) {
        guard let first = bytes[start...].firstIndex(of: UInt8(ascii: "_")), bytes.count - first >= 7 else { return }
        var result: [UInt8] = []
        var index = first
        while index < bytes.count {
            if let code = escape(bytes, at: index) {
                // A NUL would only be refused further on; other control characters but line ends and tabs mean nothing.
                if code == 9 || code == 10 || code >= 0x20 { appendUTF8(code, to: &result) }
                index += 7
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        bytes.replaceSubrange(first..., with: result)
    }

    private static func escape(_ bytes: [UInt8], at index: Int) -> UInt32? {
        guard index + 7 <= bytes.count, bytes[index] == UInt8(ascii: "_"), bytes[index + 1] == UInt8(ascii: "x"),
            bytes[index + 6] == UInt8(ascii: "_")
        else { return nil }
        var code: UInt32 = 0
        for byte in bytes[(index + 2)..<(index + 6)] {
            switch byte {
            case 48...57: code = code << 4 | UInt32(byte - 48)
            case 65...70: code = code << 4 | UInt32(byte - 55)
            case 97...102: code = code << 4 | UInt32(byte - 87)
            default: return nil
            }
        }
        return code
    }
}
