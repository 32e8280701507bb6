internal import Files
internal import Foundation

/// Reads what ``CSVFile`` writes, telling nothing from empty text. Line ends may be CR LF or LF.
final class CSVFileReader {
    private let reader: ByteReader
    private let name: String
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)
    private var at = 0
    private var end = 0
    private var checksum = CRC32()
    /// The bytes of the field being read.
    private var field: [UInt8] = []

    init(path: String, name: String) throws {
        var source = ByteSource.file(path)
        source.limit = 1 << 44
        self.name = name
        reader = try source.open()
    }

    /// Of all bytes read so far: of the whole file when ``next()`` has returned nil.
    var crc32: String { checksum.text }

    /// The fields of the next record, nil where there is nothing between the commas; nil at the end of the file.
    func next() throws -> [String?]? {
        guard try peek() != nil else { return nil }
        var fields: [String?] = []
        while true {
            let (text, isLast) = try nextField()
            fields.append(text)
            if isLast { return fields }
        }
    }

    private func nextField() throws -> (String?, isLast: Bool) {
        field.removeAll(keepingCapacity: true)
        let isQuoted = try peek() == UInt8(ascii: "\"")
        if isQuoted {
            at += 1
            try readQuoted()
        } else {
            try take { $0 == UInt8(ascii: ",") || $0 == 10 || $0 == 13 || $0 == UInt8(ascii: "\"") }
            if try peek() == UInt8(ascii: "\"") { throw damaged("a quotation mark stands in the middle of a field") }
        }
        guard let text = String(validating: field, as: UTF8.self) else { throw damaged("a text is not UTF-8") }
        return (isQuoted || !text.isEmpty ? text : nil, try isAtRecordEnd())
    }

    private func readQuoted() throws {
        while true {
            try take { $0 == UInt8(ascii: "\"") }
            guard try peek() != nil else { throw damaged("a quoted field does not end") }
            at += 1
            guard try peek() == UInt8(ascii: "\"") else { return }
            field.append(UInt8(ascii: "\""))
            at += 1
        }
    }

    /// Adds to the field what comes before the next byte that ends it, a buffer at a time.
    private func take(until isEnd: (UInt8) -> Bool) throws {
        while try peek() != nil {
            let (start, limit) = (at, end)
            at = buffer.withUnsafeBufferPointer { bytes in
                var index = start
                while index < limit, !isEnd(bytes[index]) { index += 1 }
                field.append(contentsOf: bytes[start..<index])
                return index
            }
            if at < limit { return }
        }
    }

    /// Takes the comma or the line end after a field.
    private func isAtRecordEnd() throws -> Bool {
        let byte = try peek()
        at += 1
        switch byte {
        case UInt8(ascii: ","): return false
        case 10: return true
        case 13:
            guard try peek() == 10 else { throw damaged("a line end is not one") }
            at += 1
            return true
        case nil: throw damaged("it ends in the middle of a record")
        default: throw damaged("something stands between a quotation mark and a comma")
        }
    }

    private func peek() throws -> UInt8? {
        if at >= end {
            let count = try buffer.withUnsafeMutableBytes { try reader.read(into: $0) }
            buffer.withUnsafeBytes { checksum.add(UnsafeRawBufferPointer(rebasing: $0[0..<count])) }
            (at, end) = (0, count)
            if count == 0 { return nil }
        }
        return buffer[at]
    }

    private func damaged(_ what: String) -> KeepingRefusal { .damaged(name, what) }
}
