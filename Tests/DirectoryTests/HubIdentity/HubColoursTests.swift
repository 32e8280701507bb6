import Foundation
import Page
import Testing

@testable import Directory

/// The rule of docs/rules/hub-colours.md.
@Suite struct HubColoursTests {
    @Test("Contrast is what WCAG 2.2 says it is")
    func computesContrast() throws {
        #expect(abs(Colour.black.contrast(with: .white) - 21) < 0.0001)
        #expect(Colour.white.contrast(with: .white) == 1)
        let grey = try #require(Colour("#767676"))
        // The lightest grey that passes on white, known to everybody who ever chose one: 4.54; one step lighter is 4.48.
        #expect(abs(grey.contrast(with: .white) - 4.54) < 0.005)
        #expect(try #require(Colour("777777")).contrast(with: .white) < 4.5)
        #expect(grey.contrast(with: .white) == Colour.white.contrast(with: grey))
    }

    @Test("The grounds it is measured against are those the pages have")
    func usesTheGroundsOfThePages() throws {
        let look = try #require(Assets.all.first { $0.name == "look.css" })
        let sheet = String(decoding: look.bytes, as: UTF8.self).lowercased()
        let parts = sheet.components(separatedBy: "@media (prefers-color-scheme: dark)")
        let (light, dark) = (parts[0], try #require(parts.dropFirst().first))
        #expect(light.contains("--paper: \(HubColours.paper.hex);") && light.contains("--card: #ffffff;"))
        #expect(light.contains("--brand: \(HubColours.standard.hex);") && light.contains("--on-brand: #ffffff;"))
        #expect(dark.contains("--paper: \(HubColours.darkPaper.hex);") && dark.contains("--card: \(HubColours.darkCard.hex);"))
        #expect(dark.contains("--on-brand: \(HubColours.darkPaper.hex);"))
    }

    @Test("Our own colour passes; a yellow is refused in plain words that name the ratio and the nearest shade")
    func refusesInPlainWords() throws {
        #expect(HubColours(HubColours.standard) != nil)
        let yellow = try #require(Colour("#ffd500"))
        #expect(HubColours(yellow) == nil)
        let words = try #require(HubColours.refusal(of: yellow))
        #expect(words.contains("1.3 to 1 as words on our paper") && words.contains("7 to 1 can be read"))
        #expect(words.contains(HubColours.nearestReadable(to: yellow).hex))
    }

    @Test("Whatever is accepted can be read everywhere it is used, in the light and in the dark")
    func whatIsAcceptedCanBeRead() throws {
        var dice = Dice(state: 3)
        var accepted = 0
        let ink = (light: try #require(Colour("#23202b")), dark: try #require(Colour("#f3eff7")))
        for _ in 0..<1_500 {
            let colour = Colour(red: dice.next(), green: dice.next(), blue: dice.next())
            guard let colours = HubColours(colour) else {
                #expect(HubColours.refusal(of: colour) != nil)
                continue
            }
            accepted += 1
            #expect(HubColours.refusal(of: colour) == nil)
            let (tint, darkTint) = (HubColours.tint(of: colours.light), HubColours.darkTint(of: colours.dark))
            for ground in [HubColours.paper, .white, tint] { #expect(colours.light.contrast(with: ground) >= 4.5, "\(colour.hex)") }
            for ground in [HubColours.darkPaper, HubColours.darkCard, darkTint] {
                #expect(colours.dark.contrast(with: ground) >= 4.5, "\(colour.hex) as \(colours.dark.hex)")
            }
            #expect(colours.light.contrast(with: HubColours.paper) >= 7 && colours.dark.contrast(with: HubColours.darkPaper) >= 7)
            // Our own words on the tints.
            #expect(tint.contrast(with: ink.light) >= 4.5 && darkTint.contrast(with: ink.dark) >= 4.5, "\(colour.hex)")
        }
        #expect(accepted > 50)
    }

    @Test("The shade offered is accepted, and no nearer one would be")
    func offersTheNearestShade() {
        var dice = Dice(state: 9)
        for _ in 0..<200 {
            let colour = Colour(red: dice.next(), green: dice.next(), blue: dice.next())
            let offer = HubColours.nearestReadable(to: colour)
            #expect(HubColours(offer) != nil, "\(colour.hex) → \(offer.hex)")
            if HubColours(colour) != nil {
                #expect(offer == colour)
            } else if let share = (1...255).first(where: { colour.mixed(with: .black, $0) == offer }) {
                #expect(HubColours(colour.mixed(with: .black, share - 1)) == nil, "\(colour.hex)")
            } else {
                Issue.record("\(offer.hex) is no shade of \(colour.hex)")
            }
        }
    }

    @Test(
        "What is not a colour is none",
        arguments: ["", "#", "red", "#12345", "#1234567", "#12345g", "#１２３４５６", "0x12345", "+12345", "#ffffff;}"])
    func readsNothingElse(text: String) {
        #expect(Colour(text) == nil)
    }

    @Test("The stylesheet’s name says its colours; any other name is none of ours")
    func namesItsSheet() throws {
        let colours = try #require(Colour("#0B5A55").flatMap { HubColours($0) })
        #expect(colours.path == "/colours/0b5a55.css")
        #expect(HubColours(stylesheetNamed: "0b5a55.css") == colours)
        for name in ["0B5A55.css", "#0b5a55.css", "ffd500.css", "0b5a55", "0b5a55.css ", "../x.css", ".css"] {
            #expect(HubColours(stylesheetNamed: name) == nil, "\(name)")
        }
    }

    private struct Dice {
        var state: UInt64

        mutating func next() -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(state >> 40 & 255)
        }
    }
}
