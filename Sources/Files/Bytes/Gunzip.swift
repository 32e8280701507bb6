/// Inflates a gzip file as it is read: one member or several after one another (RFC 1952 §2.2), zero padding allowed
/// at the end.
final class Gunzip {
    static let cutShort = "This compressed file is cut short. Copy or download it again."

    private let name: String
    private let inflater = Inflater(.gzip)
    private var input: [UInt8]
    private var position = 0
    private var filled: Int
    private var isBetweenMembers = false
    private var isFinished = false

    /// - Parameter start: the bytes already taken from the file.
    init(name: String, start: [UInt8]) {
        self.name = name
        input = start + [UInt8](repeating: 0, count: (1 << 16) - start.count)
        filled = start.count
    }

    func read(
        into output: UnsafeMutableRawBufferPointer,
        from more: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int
    ) throws(FileProblem) -> Int {
        var done = 0
        while done < output.count, !isFinished {
            if position == filled { try refill(more) }
            if isBetweenMembers {
                try startNextMember(more)
                continue
            }
            guard filled > 0 else { throw FileProblem(.damaged, file: name, Gunzip.cutShort) }
            let target = UnsafeMutableRawBufferPointer(rebasing: output[done...])
            let step = input.withUnsafeBytes {
                inflater.inflate(UnsafeRawBufferPointer(rebasing: $0[position..<filled]), into: target)
            }
            position += step.taken
            done += step.given
            switch step.outcome {
            case .more: break
            case .finished: isBetweenMembers = true
            case .corrupt(let reason):
                throw FileProblem(
                    .damaged, file: name, "This compressed file is damaged (\(reason)). Copy or download it again.")
            }
        }
        return done
    }

    private func refill(_ more: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int) throws(FileProblem) {
        position = 0
        filled = try fill(&input, more)
    }

    /// After a member: the end of the file, zero padding up to it, or another member.
    private func startNextMember(
        _ more: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int
    ) throws(FileProblem) {
        while true {
            if position == filled { try refill(more) }
            if filled == 0 {
                isFinished = true
                return
            }
            if input[position] != 0 { break }
            position += 1
        }
        guard input[position] == 0x1F else {
            throw FileProblem(
                .damaged, file: name,
                "This compressed file has other bytes after its end. Copy or download it again.")
        }
        inflater.reset()
        isBetweenMembers = false
    }
}
