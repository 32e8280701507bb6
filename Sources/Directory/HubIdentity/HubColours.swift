internal import Page

/// Whether a hub's own colour can be read wherever the pages use it, in the light and in the dark (`docs/rules/hub-colours.md`).
struct HubColours: Sendable, Equatable {
    /// Where it is seen, from what.
    struct Use: Sendable, Equatable {
        /// As a person would say it.
        let words: String
        /// What it stands on, or what stands on it.
        let other: Colour
        /// The least contrast allowed.
        let least: Double
    }

    /// On pages, buttons and paper.
    let light: Colour
    /// The same for people whose device is set to dark: the nearest shade that can be read there.
    let dark: Colour

    /// Our own, for hubs that chose none.
    static let standard = Colour(red: 0x5B, green: 0x2A, blue: 0x6E)

    /// The grounds of our pages (the tokens `--paper`, `--card`, `--quiet`, `--on-brand` of `look.css`).
    static let paper = Colour(red: 0xFB, green: 0xF8, blue: 0xF3)
    static let darkPaper = Colour(red: 0x17, green: 0x14, blue: 0x1C)
    static let darkCard = Colour(red: 0x21, green: 0x1D, blue: 0x29)

    /// The words on our own paper are the smallest and the most: they get more than the 4.5 of WCAG 2.2, 1.4.3 (level AA).
    static let leastOnPaper = 7.0
    static let leastForWords = 4.5

    /// Takes a colour that can be read everywhere; nil for one that cannot.
    init?(_ colour: Colour) {
        guard HubColours.fault(of: colour) == nil else { return nil }
        light = colour
        dark = HubColours.nearest(to: colour, towards: .white, HubColours.darkUses)
    }

    /// A little of the colour on a card, behind words in the colour.
    static func tint(of colour: Colour) -> Colour { Colour.white.mixed(with: colour, 22) }
    static func darkTint(of colour: Colour) -> Colour { darkCard.mixed(with: colour, 28) }

    static func uses(of colour: Colour) -> [Use] {
        [
            Use(words: "as words on our paper", other: paper, least: leastOnPaper),
            Use(words: "under the white words of a button", other: .white, least: leastForWords),
            Use(words: "as words on its own tint", other: tint(of: colour), least: leastForWords),
        ]
    }

    static func darkUses(of colour: Colour) -> [Use] {
        [
            Use(words: "as words on our dark paper", other: darkPaper, least: leastOnPaper),
            Use(words: "as words on a dark card", other: darkCard, least: leastForWords),
            Use(words: "as words on its own dark tint", other: darkTint(of: colour), least: leastForWords),
        ]
    }

    /// The use that falls farthest short, with its contrast; nil when the colour can be read everywhere.
    static func fault(of colour: Colour) -> (use: Use, ratio: Double)? {
        shortfall(of: colour, uses(of: colour))
    }

    private static func shortfall(of colour: Colour, _ uses: [Use]) -> (use: Use, ratio: Double)? {
        uses.map { ($0, colour.contrast(with: $0.other)) }.filter { $0.1 < $0.0.least }
            .min { $0.1 / $0.0.least < $1.1 / $1.0.least }
    }

    /// The nearest shade that can be read in the light: the colour with as little black in it as will do.
    static func nearestReadable(to colour: Colour) -> Colour { nearest(to: colour, towards: .black, uses) }

    private static func nearest(to colour: Colour, towards end: Colour, _ uses: (Colour) -> [Use]) -> Colour {
        for share in 0...255 {
            let shade = colour.mixed(with: end, share)
            if shortfall(of: shade, uses(shade)) == nil { return shade }
        }
        return end
    }

    /// Why a colour was refused, in one sentence, with the way out.
    static func refusal(of colour: Colour) -> String? {
        fault(of: colour).map { fault in
            """
            This colour is too faint: \(rounded(fault.ratio)) to 1 \(fault.use.words), where \(rounded(fault.use.least)) to 1 can be read by \
            nearly everybody. The nearest shade that can is \(nearestReadable(to: colour).hex).
            """
        }
    }

    /// One digit after the point, rounded down: 6.96 is not 7.
    private static func rounded(_ ratio: Double) -> String {
        let tenths = Int(ratio * 10)
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    // MARK: The stylesheet

    /// Where it is served: the address says the colour, so the sheet never changes and no hub is named by it.
    var path: String { "/colours/\(light.digits).css" }

    /// The colours as the names the look is made of.
    var stylesheet: String {
        """
        :root { --brand: \(light.hex); --on-brand: #FFFFFF; --tint: \(HubColours.tint(of: light).hex); }
        @media (prefers-color-scheme: dark) {
          :root { --brand: \(dark.hex); --on-brand: \(HubColours.darkPaper.hex); --tint: \(HubColours.darkTint(of: dark).hex); }
        }
        @media print {
          :root { --brand: \(light.hex); --on-brand: #FFFFFF; --tint: #FFFFFF; }
        }
        body.paper { --brand: \(light.hex); }

        """
    }

    /// The same for a document that carries its styles, on white paper.
    var paperStylesheet: HTML { ":root { --brand: \(light.hex); }\n" }

    /// The colours a stylesheet of that name holds; nil for a name we never gave.
    init?(stylesheetNamed name: String) {
        guard name.hasSuffix(".css"), let colour = Colour(String(name.dropLast(4))), "\(colour.digits).css" == name else { return nil }
        self.init(colour)
    }
}
