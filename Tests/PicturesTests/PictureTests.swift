import CPictures
import Foundation
import Testing

@testable import Pictures

@Suite struct PictureTests {
    private func opened(_ picture: Picture) throws -> Pixels {
        let read = picture.bytes.withUnsafeBufferPointer {
            picture.kind == .png
                ? eyhub_read_png($0.baseAddress, $0.count, 50_000_000) : eyhub_read_jpeg($0.baseAddress, $0.count, 50_000_000, 1 << 20)
        }
        try #require(read.state == EYHUB_PICTURE_GOOD)
        defer { free(read.bytes) }
        return Pixels(
            width: Int(read.width), height: Int(read.height), channels: Int(read.channels),
            bytes: Array(UnsafeBufferPointer(start: read.bytes, count: read.count)))
    }

    /// The colour near one of the corners: 0 top left, 1 top right, 2 bottom right, 3 bottom left.
    private func corner(_ number: Int, of pixels: Pixels) -> [Int] {
        let x = number == 1 || number == 2 ? pixels.width - 3 : 2
        let y = number >= 2 ? pixels.height - 3 : 2
        let at = (y * pixels.width + x) * pixels.channels
        return pixels.bytes[at..<(at + pixels.channels)].map(Int.init)
    }

    @Test("A photo of twelve million points is taken and made small, its proportions kept")
    func takesPhonePhotos() async throws {
        let photo = Samples.jpeg(4_032, 3_024)
        let picture = try await Pictures.picture(from: photo, as: .photo)
        #expect(picture.kind == .jpeg && picture.width == 2_400 && picture.height == 1_800)
        #expect(picture.bytes.count < photo.count)
        let pixels = try opened(picture)
        #expect(corner(0, of: pixels)[0] > 240 && corner(0, of: pixels)[2] < 15, "red to the left")
        #expect(corner(1, of: pixels)[2] > 240 && corner(1, of: pixels)[0] < 15, "blue to the right")
        #expect(corner(3, of: pixels)[0] < 140, "darker below")
        let logo = try await Pictures.picture(from: photo, as: .logo)
        #expect(logo.width == 800 && logo.height == 600)
    }

    @Test("A small picture stays as large as it is; a thin one keeps at least one point", arguments: PictureUse.allCases)
    func enlargesNothing(use: PictureUse) async throws {
        let small = try await Pictures.picture(from: Samples.jpeg(120, 40), as: use)
        #expect(small.width == 120 && small.height == 40)
        let thin = try await Pictures.picture(from: Samples.jpeg(5_000, 1), as: use)
        #expect(thin.width == use.side && thin.height == 1)
    }

    @Test("A see-through logo stays so, with edges in its own colour; as a photo it stands on white")
    func keepsSeeThrough() async throws {
        let logo = try await Pictures.picture(from: Samples.disc(900), as: .logo)
        #expect(logo.kind == .png && logo.width == 800)
        let pixels = try opened(logo)
        #expect(pixels.channels == 4)
        // The white of the see-through points has not bled into the green.
        let pale = stride(from: 0, to: pixels.bytes.count, by: 4).count { pixels.bytes[$0 + 3] > 0 && pixels.bytes[$0] >= 8 }
        #expect(pale == 0)
        #expect(corner(0, of: pixels)[3] == 0)
        let seen = Pixels(width: 1, height: 1, channels: 4, bytes: [0, 0, 0, 0]).onWhite
        #expect(seen.bytes == [255, 255, 255])
    }

    @Test("Where a photo was taken does not come along, nor anything else beside the picture", arguments: [false, true])
    func forgetsThePlace(isLittle: Bool) async throws {
        let photo = Samples.withExif(Samples.jpeg(300, 200), orientation: 1, isLittle: isLittle)
        #expect(String(decoding: photo, as: UTF8.self).contains("Hidden Lane"))
        let kept = String(decoding: try await Pictures.picture(from: photo, as: .photo).bytes, as: UTF8.self)
        #expect(!kept.contains("Hidden Lane") && !kept.contains("Exif"))
    }

    @Test("A photo stands upright however the camera was held", arguments: 1...8)
    func standsUpright(orientation: Int) async throws {
        // Where the top left corner of the picture as it lies comes to stand, and the one to its right (Exif 2.32, tag 274).
        let places: [Int: (first: Int, second: Int)] = [
            1: (0, 1), 2: (1, 0), 3: (2, 3), 4: (3, 2), 5: (0, 3), 6: (1, 2), 7: (2, 1), 8: (3, 0),
        ]
        let expected = try #require(places[orientation])
        for isLittle in [false, true] {
            let photo = Samples.withExif(Samples.jpeg(320, 200), orientation: UInt8(orientation), isLittle: isLittle)
            let picture = try await Pictures.picture(from: photo, as: .photo)
            #expect((picture.width, picture.height) == (orientation >= 5 ? (200, 320) : (320, 200)))
            let pixels = try opened(picture)
            let red = corner(expected.first, of: pixels)
            let blue = corner(expected.second, of: pixels)
            #expect(red[0] > 230 && red[2] < 25, "\(orientation): \(red)")
            #expect(blue[2] > 230 && blue[0] < 25, "\(orientation): \(blue)")
        }
    }

    @Test("A JPEG in printer’s inks is taken, in the colours it is printed in")
    func takesInks() async throws {
        let pixels = try opened(try await Pictures.picture(from: Samples.inks, as: .logo))
        let red = corner(0, of: pixels)
        #expect(red[0] > 240 && red[1] < 15 && red[2] < 15, "\(red)")
    }
}
