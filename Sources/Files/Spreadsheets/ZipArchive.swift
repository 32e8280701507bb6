/// The directory of a zip archive (PKWARE APPNOTE 6.3.9), of which one entry at a time is read. Nothing is ever
/// written to disk.
final class ZipArchive {
    struct Entry {
        let name: String
        let method: Int
        let isEncrypted: Bool
        let crc: UInt
        let packedSize: Int
        let size: Int
        let headerOffset: Int
    }

    private static let mostEntries = 10_000

    let file: OpenFile
    /// The most bytes an entry may unpack to.
    let limit: Int
    private var entries: [String: Entry] = [:]

    var name: String { file.name }

    init(_ file: OpenFile, limit: Int) throws(FileProblem) {
        self.file = file
        self.limit = limit
        for entry in try readDirectory() {
            guard ZipArchive.isPlain(entry.name) else {
                throw FileProblem(
                    .unsupported, file: file.name,
                    "This archive holds a file whose name leads outside it, which no spreadsheet does. Do not open it.")
            }
            guard entries.updateValue(entry, forKey: entry.name) == nil else {
                throw FileProblem(
                    .damaged, file: file.name, "This archive holds two files of the same name. Save it afresh.")
            }
        }
    }

    func contains(_ name: String) -> Bool { entries[name] != nil }

    /// An entry's bytes, unpacked as they are read.
    func open(_ name: String) throws(FileProblem) -> ZipEntryStream {
        guard let entry = entries[name] else {
            throw FileProblem(
                .damaged, file: file.name, "A part of this spreadsheet is missing (\(name)). Save it afresh.")
        }
        guard !entry.isEncrypted else {
            throw FileProblem(.unsupported, file: file.name, "This spreadsheet has a password. Save it without one.")
        }
        guard entry.method == 0 || entry.method == 8 else {
            throw FileProblem(
                .unsupported, file: file.name,
                "This spreadsheet is packed in a way that is not read. Save it afresh in Excel.")
        }
        guard entry.size <= limit else {
            throw FileProblem(
                .tooLarge, file: file.name,
                "Unpacked, this spreadsheet is larger than \(sizeInWords(limit)), the most that is read. Split "
                    + "it, or save it as CSV."
            )
        }
        // Real sheets shrink ten to a hundred times; one that shrinks more and is large was made to swell.
        guard entry.size <= 64 << 20 || entry.size / max(1, entry.packedSize) <= 300 else {
            throw FileProblem(
                .tooLarge, file: file.name,
                "This spreadsheet swells beyond reason when unpacked, as files made to harm do. Save it afresh, "
                    + "or as CSV."
            )
        }
        // The local header repeats the name and has extra data of its own length.
        let header = try bytes(at: entry.headerOffset, count: 30)
        guard ZipArchive.number(header, 0, 4) == 0x0403_4B50 else { throw damaged() }
        let start = entry.headerOffset + 30 + ZipArchive.number(header, 26, 2) + ZipArchive.number(header, 28, 2)
        guard start + entry.packedSize <= file.size else { throw damaged() }
        return ZipEntryStream(file, entry: entry, start: start)
    }

    // MARK: The directory

    private func readDirectory() throws(FileProblem) -> [Entry] {
        let (offset, size, count) = try findDirectory()
        guard count <= ZipArchive.mostEntries, size <= 16 << 20 else {
            throw FileProblem(
                .tooLarge, file: file.name,
                "This archive holds more files than a spreadsheet ever does. Save it afresh.")
        }
        let directory = try bytes(at: offset, count: size)
        var found: [Entry] = []
        var position = 0
        while found.count < count {
            guard position + 46 <= directory.count, ZipArchive.number(directory, position, 4) == 0x0201_4B50 else {
                throw damaged()
            }
            let nameLength = ZipArchive.number(directory, position + 28, 2)
            let extraLength = ZipArchive.number(directory, position + 30, 2)
            let commentLength = ZipArchive.number(directory, position + 32, 2)
            let nameStart = position + 46
            let next = nameStart + nameLength + extraLength + commentLength
            guard next <= directory.count else { throw damaged() }
            var wide = Wide64(directory, nameStart + nameLength, extraLength)
            let size = wide.replace(ZipArchive.number(directory, position + 24, 4))
            let packedSize = wide.replace(ZipArchive.number(directory, position + 20, 4))
            let headerOffset = wide.replace(ZipArchive.number(directory, position + 42, 4))
            guard size >= 0, packedSize >= 0, headerOffset >= 0, headerOffset <= file.size, packedSize <= file.size
            else {
                throw damaged()
            }
            found.append(
                Entry(
                    name: String(decoding: directory[nameStart..<nameStart + nameLength], as: UTF8.self),
                    method: ZipArchive.number(directory, position + 10, 2),
                    isEncrypted: ZipArchive.number(directory, position + 8, 2) & 1 == 1,
                    crc: UInt(ZipArchive.number(directory, position + 16, 4)),
                    packedSize: packedSize, size: size, headerOffset: headerOffset))
            position = next
        }
        return found
    }

    /// The end record: within the last 64 KB, since a comment may follow it.
    private func findDirectory() throws(FileProblem) -> (offset: Int, size: Int, count: Int) {
        let tailLength = min(file.size, 65_557)
        let tail = try bytes(at: file.size - tailLength, count: tailLength)
        var index = tail.count - 22
        while index >= 0, ZipArchive.number(tail, index, 4) != 0x0605_4B50 { index -= 1 }
        guard index >= 0 else {
            throw FileProblem(.damaged, file: file.name, "This spreadsheet is cut short. Copy or download it again.")
        }
        var count = ZipArchive.number(tail, index + 10, 2)
        var size = ZipArchive.number(tail, index + 12, 4)
        var offset = ZipArchive.number(tail, index + 16, 4)
        if index >= 20, ZipArchive.number(tail, index - 20, 4) == 0x0706_4B50 {
            let record = try bytes(at: ZipArchive.number(tail, index - 12, 8), count: 56)
            guard ZipArchive.number(record, 0, 4) == 0x0606_4B50 else { throw damaged() }
            count = ZipArchive.number(record, 32, 8)
            size = ZipArchive.number(record, 40, 8)
            offset = ZipArchive.number(record, 48, 8)
        }
        guard count >= 0, size >= 0, offset >= 0, offset <= file.size, size <= file.size - offset else {
            throw damaged()
        }
        return (offset, size, count)
    }

    private func bytes(at offset: Int, count: Int) throws(FileProblem) -> [UInt8] {
        guard offset >= 0, count >= 0, offset <= file.size, count <= file.size - offset else { throw damaged() }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = try fill(&bytes) { [file] buffer throws(FileProblem) in try file.read(at: offset, into: buffer) }
        guard got == count else { throw damaged() }
        return bytes
    }

    private func damaged() -> FileProblem {
        FileProblem(
            .damaged, file: file.name, "This spreadsheet is damaged. Copy or download it again, or save it afresh.")
    }

    /// A little-endian number; one too large for a signed 64-bit number comes out negative.
    static func number(_ bytes: [UInt8], _ start: Int, _ length: Int) -> Int {
        var value: UInt64 = 0
        for offset in 0..<length { value |= UInt64(bytes[start + offset]) << UInt64(8 * offset) }
        return Int(truncatingIfNeeded: value)
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("/") && !name.contains("\\") && !name.utf8.contains(0)
            && !name.split(separator: "/").contains("..") && name.split(separator: "/").first?.hasSuffix(":") != true
    }
}

/// The extra field that holds sizes past 32 bits (APPNOTE §4.5.3): in order, only those whose 32-bit field is all ones.
private struct Wide64 {
    private var numbers: [Int] = []

    init(_ bytes: [UInt8], _ start: Int, _ length: Int) {
        var position = start
        while position + 4 <= start + length {
            let id = ZipArchive.number(bytes, position, 2)
            let size = ZipArchive.number(bytes, position + 2, 2)
            guard position + 4 + size <= start + length else { return }
            if id == 1 {
                for index in 0..<(size / 8) { numbers.append(ZipArchive.number(bytes, position + 4 + 8 * index, 8)) }
                return
            }
            position += 4 + size
        }
    }

    mutating func replace(_ narrow: Int) -> Int {
        guard narrow == 0xFFFF_FFFF, !numbers.isEmpty else { return narrow }
        return numbers.removeFirst()
    }
}
