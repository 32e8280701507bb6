import Civil
import Foundation
import Store
import StoreTestKit
import Testing

@testable import Pictures

@Suite struct PictureAttackTests {
    private func refusal(_ bytes: [UInt8], as use: PictureUse = .logo) async throws -> String {
        do {
            let taken = try await Pictures.picture(from: bytes, as: use)
            Issue.record("\(bytes.count) bytes were taken as a \(taken.kind) of \(taken.width) by \(taken.height)")
            return ""
        } catch let problem as PictureProblem {
            return problem.message
        }
    }

    @Test("What is not a PNG or JPEG is refused by its first bytes, and told what to send instead")
    func refusesOtherKinds() async throws {
        let kinds: [(String, String)] = [
            ("", "empty"), ("GIF89a\u{1}", "GIF"), ("RIFF1234WEBPVP8 ", "WebP"), ("1234ftypheic", "HEIC"), ("%PDF-1.7", "PDF"),
            ("II*\u{0}abcd", "TIFF"), ("BM123456", "BMP"), ("<svg xmlns='x'><script>alert(1)</script></svg>", "SVG"),
            ("\u{FEFF}\n <?xml version='1.0'?><svg/>", "SVG"), ("<!doctype html>", "web page"), ("MZ\u{90}", "not a picture"),
            ("#!/bin/sh", "not a picture"), ("\u{89}PN", "not a picture"),
        ]
        for (text, word) in kinds {
            let message = try await refusal(Array(text.utf8))
            #expect(message.contains(word), "\(text.prefix(12)): \(message)")
        }
    }

    @Test("A cut file is refused wherever it was cut", arguments: [true, false])
    func refusesCutFiles(isPNG: Bool) async throws {
        let whole = isPNG ? Samples.disc(60) : Samples.jpeg(90, 60)
        for share in 1..<20 {
            let message = try await refusal(Array(whole[..<(whole.count * share / 20)]))
            #expect(message.contains("damaged or not whole") || message.contains("not a picture"), "\(share): \(message)")
        }
    }

    @Test("A small file that claims to be enormous is refused before it is opened")
    func refusesBombs() async throws {
        for bomb in [
            Samples.bomb(30_000, 30_000), Samples.bomb(1_000_000, 1_000), Samples.bomb(2_000_000_000, 2_000_000_000),
            Samples.boastful(Samples.jpeg(40, 40)), Samples.tireless(Samples.jpeg(64, 64)),
        ] {
            let message = try await refusal(bomb)
            #expect(message.contains("more points than we can take") || message.contains("damaged"), "\(message)")
        }
        #expect(try await refusal(Samples.tireless(Samples.jpeg(64, 64))).contains("more points"))
        #expect(try await refusal(Samples.bomb(30_000, 30_000)).contains("more points"))
    }

    @Test("Fifty megabytes are refused without being read")
    func refusesLargeFiles() async throws {
        let path = NSTemporaryDirectory() + "eyhub-picture-\(UUID().uuidString)"
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        defer { try? FileManager.default.removeItem(atPath: path) }
        await #expect(throws: PictureProblem("This file has 50 MB. We take pictures of up to 20 MB.")) {
            try await Pictures.picture(fromFile: path, size: 50_000_000, as: .photo)
        }
        #expect(try await refusal([0xFF, 0xD8, 0xFF] + [UInt8](repeating: 0, count: 20_000_000)).contains("20 MB"))
    }

    @Test("A script hidden in a picture, in front of its end or behind it, does not come along")
    func forgetsPolyglots() async throws {
        let script = Array("<script>alert(document.domain)</script>".utf8)
        let jpeg = Samples.jpeg(80, 60)
        let hosts = [
            jpeg + script, Samples.segment(0xFE, script, in: jpeg), Samples.segment(0xE5, script, in: jpeg), Samples.disc(40) + script,
        ]
        for host in hosts {
            let kept = try await Pictures.picture(from: host, as: .logo).bytes
            #expect(!String(decoding: kept, as: UTF8.self).contains("script"))
        }
    }

    @Test("Spoilt bytes anywhere are refused or taken as a picture; nothing breaks")
    func survivesNoise() async throws {
        var generator = Noise(state: 7)
        let wholes = [Samples.disc(30), Samples.withExif(Samples.jpeg(50, 40), orientation: 6), Samples.inks]
        for whole in wholes {
            for _ in 0..<150 {
                var spoilt = whole
                for _ in 0..<(1 + generator.next() % 6) { spoilt[Int(generator.next()) % spoilt.count] = UInt8(generator.next() % 256) }
                do {
                    let picture = try await Pictures.picture(from: spoilt, as: .logo)
                    #expect(picture.width <= 800 && picture.height <= 800)
                } catch is PictureProblem {}
            }
        }
    }

    @Test("A kept picture has a name of chance, and is found by it and by nothing else", arguments: TestEngine.all)
    func keepsByChance(engine: TestEngine) async throws {
        let picture = try await Pictures.picture(from: Samples.disc(20), as: .logo)
        try await engine.withDatabase(Pictures.migrations) { database in
            let names = try await database.write { session in
                try (0..<2).map { _ in try Pictures.keep(picture, at: TestEngine.clock.now, in: session) }
            }
            #expect(Set(names).count == 2)
            for name in names { #expect(name.wholeMatch(of: /[0-9a-f]{32}\.png/) != nil) }
            let found = try await database.read { try Pictures.named(names[0], in: $0) }
            #expect(found == picture)
            try await database.write { try Pictures.drop(names[0], in: $0) }
            let gone = try await database.read { try Pictures.named(names[0], in: $0) }
            let other = try await database.read { try Pictures.named(names[1], in: $0) }
            #expect(gone == nil && other == picture)
        }
    }
}

/// The same noise every time.
private struct Noise {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
