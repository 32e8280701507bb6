/// One record of a table, lent to the closure that reads it.
///
/// It points into a buffer that the next record overwrites, so it can neither be kept nor copied: take out what is
/// needed with
/// ``text(_:folding:)``, ``int(_:)`` and the rest, or pass it on as `borrowing Row`. All of them take the index of a
/// field
/// from 0; a field past the end of a short record reads as empty, as does a nil index (a column this file does not
/// have).
public struct Row: ~Copyable {
    /// Where a field's bytes are, from `base`.
    struct Bounds {
        var start: Int32
        var end: Int32
    }

    /// The physical line the record begins on, from 1; in a spreadsheet its row number.
    public let line: Int
    /// How many fields it really has.
    public let count: Int
    private let base: UnsafePointer<UInt8>
    private let bounds: UnsafePointer<Bounds>
    private let mayHoldNUL: Bool

    init(line: Int, count: Int, base: UnsafePointer<UInt8>, bounds: UnsafePointer<Bounds>, mayHoldNUL: Bool) {
        self.line = line
        self.count = count
        self.base = base
        self.bounds = bounds
        self.mayHoldNUL = mayHoldNUL
    }

    /// The field exactly as it stands, its quotes taken off.
    public func raw(_ index: Int?) -> String {
        guard let index, index >= 0, index < count else { return "" }
        return string(Int(bounds[index].start), Int(bounds[index].end))
    }

    /// The field without white space (no-break spaces included) at its edges.
    ///
    /// - Parameter folding: also make each run of white space inside one space.
    public func text(_ index: Int?, folding: Bool = false) -> String {
        let range = trimmed(index)
        guard folding, range.start < range.end else { return string(range.start, range.end) }
        var target: [UInt8] = []
        target.reserveCapacity(range.end - range.start)
        Trimming.fold(base, range.start, range.end, into: &target)
        return String(decoding: target, as: UTF8.self)
    }

    /// Whether there is nothing in it but white space.
    public func isEmpty(_ index: Int?) -> Bool {
        let range = trimmed(index)
        return range.start == range.end
    }

    /// Whether every field is empty.
    public var isBlank: Bool {
        for index in 0..<count where !isEmpty(index) { return false }
        return true
    }

    /// Whether the trimmed field is this text, byte for byte.
    public func equals(_ index: Int?, _ text: StaticString) -> Bool {
        guard text.hasPointerRepresentation else { return self.text(index) == "\(text)" }
        let range = trimmed(index)
        guard range.end - range.start == text.utf8CodeUnitCount else { return false }
        let other = text.utf8Start
        for offset in 0..<(range.end - range.start) where base[range.start + offset] != other[offset] { return false }
        return true
    }

    /// The trimmed field as a whole number; nil if it is anything else.
    public func int(_ index: Int?) -> Int? {
        withBytes(index) { Numbers.int($0) }
    }

    /// The trimmed field as a decimal number (with a point); nil if it is anything else or not finite.
    public func double(_ index: Int?) -> Double? {
        withBytes(index) { Numbers.double($0) }
    }

    /// The trimmed field's bytes in UTF-8. They must not outlive the closure.
    public func withBytes<Result>(
        _ index: Int?, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        let range = trimmed(index)
        return try body(UnsafeBufferPointer(start: base + range.start, count: range.end - range.start))
    }

    /// All the fields exactly as they stand, for a file of rejected rows.
    public var fields: [String] {
        var all: [String] = []
        all.reserveCapacity(count)
        for index in 0..<count { all.append(raw(index)) }
        return all
    }

    /// A number for the whole record as it stands: the same in every run and on every machine, different (but for one
    /// chance in
    /// 2^64) if any field differs. For telling changed records from unchanged ones; no protection against someone who
    /// sets out
    /// to make two records alike.
    public var fingerprint: UInt64 {
        var hash = Fingerprint()
        for index in 0..<count {
            let start = Int(bounds[index].start)
            hash.combine(UnsafeRawBufferPointer(start: base + start, count: Int(bounds[index].end) - start))
        }
        return hash.value
    }

    @inline(__always)
    private func trimmed(_ index: Int?) -> (start: Int, end: Int) {
        guard let index, index >= 0, index < count else { return (0, 0) }
        return Trimming.trimmed(base, Int(bounds[index].start), Int(bounds[index].end))
    }

    /// NUL, which no database takes in text, shows as U+FFFD.
    private func string(_ start: Int, _ end: Int) -> String {
        let bytes = UnsafeBufferPointer(start: base + start, count: end - start)
        if mayHoldNUL, bytes.contains(0) {
            var visible: [UInt8] = []
            for byte in bytes { appendVisible(byte, to: &visible) }
            return String(decoding: visible, as: UTF8.self)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

private func appendVisible(_ byte: UInt8, to target: inout [UInt8]) {
    if byte == 0 { appendUTF8(0xFFFD, to: &target) } else { target.append(byte) }
}

/// A 64-bit hash by multiplication and folding, eight bytes at a time, with each field's length mixed in so that fields
/// cannot run into one another.
struct Fingerprint {
    private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        mix(UInt64(bytes.count) &+ 0x2545_F491_4F6C_DD1D)
        var index = 0
        while index + 8 <= bytes.count {
            mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
            index += 8
        }
        guard index < bytes.count else { return }
        var last: UInt64 = 0
        var shift: UInt64 = 0
        while index < bytes.count {
            last |= UInt64(bytes[index]) << shift
            shift += 8
            index += 1
        }
        mix(last)
    }

    @inline(__always)
    private mutating func mix(_ word: UInt64) {
        let (high, low) = (value ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        value = (high ^ low) &+ word.byteSwapped &+ 0xA076_1D64_78BD_642F
    }
}
