import CPictures
import Foundation

/// Pictures made for the tests, whole and spoilt.
enum Samples {
    /// A photo-like JPEG: red to the left, blue to the right, the lower half darker. Made row by row: tests are not optimised.
    static func jpeg(_ width: Int, _ height: Int) -> [UInt8] {
        func row(_ light: Int) -> [UInt8] {
            var row: [UInt8] = []
            for x in 0..<width {
                row.append(UInt8(light * (width - 1 - x) / width))
                row.append(30)
                row.append(UInt8(light * x / width))
            }
            return row
        }
        let (bright, dim) = (row(255), row(127))
        var pixels = [UInt8]()
        pixels.reserveCapacity(width * height * 3)
        for y in 0..<height { pixels += 2 * y < height ? bright : dim }
        return file(eyhub_write_jpeg(pixels, Int32(width), Int32(height), 80))
    }

    /// A see-through PNG: a green disc on nothing. What is see-through is painted white, which nobody must see.
    static func disc(_ side: Int) -> [UInt8] {
        var pixels = [UInt8]()
        for y in 0..<side {
            for x in 0..<side {
                let isIn = (2 * x - side) * (2 * x - side) + (2 * y - side) * (2 * y - side) < side * side * 3 / 4
                pixels += isIn ? [0, 120, 40, 255] : [255, 255, 255, 0]
            }
        }
        return file(eyhub_write_png(pixels, Int32(side), Int32(side), 4))
    }

    static func file(_ made: EyhubFile) -> [UInt8] {
        defer { free(made.bytes) }
        return Array(UnsafeBufferPointer(start: made.bytes, count: made.count))
    }

    /// The JPEG with an Exif segment as cameras write it: how it was held, and where (a GPS directory with a place in words).
    static func withExif(_ jpeg: [UInt8], orientation: UInt8, isLittle: Bool = false) -> [UInt8] {
        func number(_ value: Int, _ size: Int) -> [UInt8] {
            let big = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * (size - 1 - $0))) }
            return isLittle ? big.reversed() : big
        }
        var tiff = Array((isLittle ? "II" : "MM").utf8) + number(42, 2) + number(8, 4) + number(2, 2)
        tiff += number(274, 2) + number(3, 2) + number(1, 4) + number(Int(orientation), 2) + number(0, 2)
        tiff += number(0x8825, 2) + number(4, 2) + number(1, 4) + number(38, 4) + number(0, 4)
        tiff += Array("51 deg 32 N, 0 deg 3 E, 7 Hidden Lane".utf8)
        return segment(0xE1, Array("Exif\u{0}\u{0}".utf8) + tiff, in: jpeg)
    }

    /// The JPEG with one more segment after its beginning.
    static func segment(_ marker: UInt8, _ body: [UInt8], in jpeg: [UInt8]) -> [UInt8] {
        let length = body.count + 2
        return Array(jpeg[..<2]) + [0xFF, marker, UInt8(length >> 8), UInt8(length & 255)] + body + Array(jpeg[2...])
    }

    /// The JPEG claiming to have 65,000 points on each side.
    static func boastful(_ jpeg: [UInt8]) -> [UInt8] {
        var copy = jpeg
        for at in 2..<(jpeg.count - 9) where jpeg[at] == 0xFF && (jpeg[at + 1] == 0xC0 || jpeg[at + 1] == 0xC2) {
            copy.replaceSubrange((at + 5)..<(at + 9), with: [0xFD, 0xE8, 0xFD, 0xE8])
            break
        }
        return copy
    }

    /// A progressive JPEG that asks to be gone over a hundred times more: its first pass repeated.
    static func tireless(_ jpeg: [UInt8]) -> [UInt8] {
        let starts = (2..<(jpeg.count - 1)).filter { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xDA }
        guard starts.count > 1 else { return jpeg }
        // A pass and the tables before the next.
        let pass = jpeg[starts[0]..<starts[1]]
        return Array(jpeg[..<starts[0]]) + (0..<100).flatMap { _ in pass } + Array(jpeg[starts[0]...])
    }

    /// A PNG of a few bytes that says it is this large.
    static func bomb(_ width: Int, _ height: Int) -> [UInt8] {
        func big(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
        func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
            let named = Array(name.utf8) + body
            return big(body.count) + named + big(Int(checksum(named)))
        }
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", big(width) + big(height) + [8, 6, 0, 0, 0])
            + chunk("IDAT", [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]) + chunk("IEND", [])
    }

    /// CRC-32 as PNG has it.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return sum ^ 0xFFFF_FFFF
    }

    /// Eight by eight points of pure red, in the four inks of a printer.
    static let inks = [UInt8](
        Data(
            base64Encoded: """
                /9j/7gAOQWRvYmUAZAAAAAAC/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUG\
                BKUVJP/9sAQwEODg4TERMmFRUmTzUtNU9PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P/8AAFAgACAAI\
                BAEiAAIRAQMRAQQiAP/EABYAAQEBAAAAAAAAAAAAAAAAAAAFB//EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAAAAAFB/\
                /EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAOBAEAAhEDEQQAAD8AvgGU2acA/9k=
                """) ?? Data())
}
