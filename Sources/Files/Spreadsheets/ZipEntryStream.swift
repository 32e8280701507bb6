/// One entry of a zip archive, unpacked as it is read, its length and checksum held against the directory's.
final class ZipEntryStream: ByteStream {
    private let file: OpenFile
    private let entry: ZipArchive.Entry
    private let start: Int
    private let inflater = Inflater(.raw)
    private var input = [UInt8](repeating: 0, count: 1 << 16)
    private var position = 0
    private var filled = 0
    /// Packed bytes taken from the file.
    private var taken = 0
    private var given = 0
    private var checksum: UInt = 0
    private var isFinished = false

    init(_ file: OpenFile, entry: ZipArchive.Entry, start: Int) {
        self.file = file
        self.entry = entry
        self.start = start
    }

    var name: String { file.name }
    var progress: ReadProgress { ReadProgress(bytesRead: taken, totalBytes: entry.packedSize) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int {
        var done = 0
        while done < buffer.count, !isFinished {
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = entry.method == 0 ? try copy(into: room) : try unpack(into: room)
            checksum = crc32(checksum, UnsafeRawBufferPointer(rebasing: room[0..<count]))
            done += count
            given += count
            // The directory's size was held against the limit, so holding to it is what stops an archive from swelling.
            guard given <= entry.size else { throw damaged("it unpacks to more than it says") }
        }
        if isFinished {
            guard given == entry.size, checksum == entry.crc else { throw damaged("its checksum is wrong") }
        }
        return done
    }

    private func copy(into room: UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int {
        let wanted = min(room.count, entry.packedSize - taken)
        let count =
            wanted > 0
            ? try file.read(at: start + taken, into: UnsafeMutableRawBufferPointer(rebasing: room[0..<wanted])) : 0
        taken += count
        isFinished = count == 0
        return count
    }

    private func unpack(into room: UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int {
        if position == filled {
            let left = entry.packedSize - taken
            let offset = start + taken
            position = 0
            filled = try fill(&input) { [file] buffer throws(FileProblem) in
                try file.read(
                    at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[0..<min(left, buffer.count)]))
            }
            taken += filled
        }
        let step = input.withUnsafeBytes {
            inflater.inflate(UnsafeRawBufferPointer(rebasing: $0[position..<filled]), into: room)
        }
        position += step.taken
        switch step.outcome {
        case .finished: isFinished = true
        case .corrupt(let reason): throw damaged(reason)
        case .more:
            // All input used up and nothing came of it: the rest is missing.
            if step.given == 0, step.taken == 0, position == filled { throw damaged("it is cut short") }
        }
        return step.given
    }

    private func damaged(_ reason: String) -> FileProblem {
        FileProblem(
            .damaged, file: file.name,
            "This spreadsheet is damaged: in \(entry.name), \(reason). Copy or download it again, or save it afresh.")
    }
}
