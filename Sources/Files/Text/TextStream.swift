/// A byte stream as text: the byte order mark taken off, UTF-16 turned into UTF-8. Eight-bit text passes as it is;
/// whether
/// that is UTF-8 or Windows-1252 is for the reader to say, field by field (``FieldDecoder``).
final class TextStream {
    private enum Form { case eightBit, utf16Little, utf16Big, windows1252 }

    private let stream: any ByteStream
    private var form = Form.eightBit
    /// Bytes looked at but not given out yet: the start of the file, or UTF-8 that did not fit.
    private var pending: [UInt8] = []
    private var pendingStart = 0
    private var raw: [UInt8] = []
    private var oddByte: UInt8?
    private var highSurrogate: UInt32?

    var name: String { stream.name }
    var progress: ReadProgress { stream.progress }
    var isUTF16: Bool { form == .utf16Little || form == .utf16Big }

    /// - Parameter isMarkup: whether an XML declaration may name Windows-1252 or ISO 8859-1.
    init(_ stream: any ByteStream, isMarkup: Bool = false) throws(FileProblem) {
        self.stream = stream
        var start = [UInt8](repeating: 0, count: 256)
        let count = try fill(&start) { buffer throws(FileProblem) in try stream.read(into: buffer) }
        start.removeLast(start.count - count)
        let markLength: Int
        (form, markLength) = TextStream.recognise(start)
        start.removeFirst(markLength)
        if form == .eightBit {
            if isMarkup, markLength == 0, TextStream.declaresWindows1252(start) {
                form = .windows1252
                start.withUnsafeBufferPointer { Windows1252.decode($0, into: &pending) }
            } else {
                pending = start
            }
        } else {
            start.withUnsafeBufferPointer { decodeUTF16($0) }
            if count < 256 { finishUTF16() }
        }
    }

    /// Fills as much of `buffer` as there is text left; 0 means the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int {
        var done = takePending(into: buffer)
        if form == .eightBit {
            if done < buffer.count {
                done += try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
            }
            return done
        }
        while done < buffer.count {
            if raw.isEmpty { raw = [UInt8](repeating: 0, count: 1 << 16) }
            let count = try fill(&raw) { buffer throws(FileProblem) in try stream.read(into: buffer) }
            raw.withUnsafeBufferPointer { source in
                let piece = UnsafeBufferPointer(rebasing: source[0..<count])
                if form == .windows1252 { Windows1252.decode(piece, into: &pending) } else { decodeUTF16(piece) }
            }
            if count == 0 {
                finishUTF16()
                if pending.isEmpty { break }
            }
            done += takePending(into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
        }
        return done
    }

    /// Everything as UTF-8 (or eight-bit) text.
    func readToEnd(limit: Int) throws(FileProblem) -> [UInt8] {
        var all = [UInt8](repeating: 0, count: 1 << 16)
        var used = 0
        while true {
            if used == all.count { all.append(contentsOf: repeatElement(0, count: all.count)) }
            let start = used
            used += try fill(&all) { [self] buffer throws(FileProblem) in
                try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
            }
            guard used <= limit else {
                throw FileProblem(
                    .tooLarge, file: name,
                    "This file is larger than \(sizeInWords(limit)), the most that is read of its kind.")
            }
            if used < all.count { break }
        }
        all.removeLast(all.count - used)
        return all
    }

    private func takePending(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, pending.count - pendingStart)
        guard count > 0 else { return 0 }
        pending.withUnsafeBytes { source in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[pendingStart..<pendingStart + count]))
        }
        pendingStart += count
        if pendingStart == pending.count {
            pending.removeAll(keepingCapacity: true)
            pendingStart = 0
        }
        return count
    }

    /// By byte order mark; without one, UTF-16 shows as every other byte zero in plain English text.
    private static func recognise(_ start: [UInt8]) -> (Form, markLength: Int) {
        if start.starts(with: [0xEF, 0xBB, 0xBF] as [UInt8]) { return (.eightBit, 3) }
        if start.starts(with: [0xFF, 0xFE] as [UInt8]) { return (.utf16Little, 2) }
        if start.starts(with: [0xFE, 0xFF] as [UInt8]) { return (.utf16Big, 2) }
        guard start.count >= 8 else { return (.eightBit, 0) }
        let even = (0..<8).filter { $0 % 2 == 0 && start[$0] == 0 }.count
        let odd = (0..<8).filter { $0 % 2 == 1 && start[$0] == 0 }.count
        if odd == 4, even == 0 { return (.utf16Little, 0) }
        if even == 4, odd == 0 { return (.utf16Big, 0) }
        return (.eightBit, 0)
    }

    private static func declaresWindows1252(_ start: [UInt8]) -> Bool {
        guard start.starts(with: Array("<?xml".utf8)), let end = start.firstIndex(of: UInt8(ascii: ">")) else {
            return false
        }
        let declaration = String(decoding: start[0..<end], as: UTF8.self).lowercased()
        return declaration.contains("windows-1252") || declaration.contains("iso-8859-1")
    }

    private func decodeUTF16(_ bytes: UnsafeBufferPointer<UInt8>) {
        var rest = bytes[...]
        if let first = oddByte, let second = rest.first {
            oddByte = nil
            rest.removeFirst()
            take(first, second)
        }
        while rest.count >= 2 {
            take(rest[rest.startIndex], rest[rest.startIndex + 1])
            rest = rest.dropFirst(2)
        }
        if let last = rest.first { oddByte = last }
    }

    private func take(_ first: UInt8, _ second: UInt8) {
        let unit = form == .utf16Little ? UInt32(second) << 8 | UInt32(first) : UInt32(first) << 8 | UInt32(second)
        if let high = highSurrogate {
            highSurrogate = nil
            if (0xDC00...0xDFFF).contains(unit) {
                appendUTF8(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00), to: &pending)
                return
            }
            appendUTF8(0xFFFD, to: &pending)
        }
        if (0xD800...0xDBFF).contains(unit) {
            highSurrogate = unit
        } else {
            appendUTF8(unit, to: &pending)
        }
    }

    /// What is left over when the file ends in the middle of a character.
    private func finishUTF16() {
        if highSurrogate != nil || oddByte != nil { appendUTF8(0xFFFD, to: &pending) }
        highSurrogate = nil
        oddByte = nil
    }
}
