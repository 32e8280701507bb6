/// How a hub looks and how it is reached, as it says itself.
struct HubIdentity: Sendable, Equatable {
    /// Its own colour; nil for ours.
    var colour: Colour?
    /// Names of pictures.
    var logo: String?
    var funderLogo: String?
    /// "Supported by the Mayor of London."
    var funder: String?
    /// Whom to ask for another format, besides the form.
    var formatEmail: String?
    var formatTelephone: String?
    var formatAddress: String?
    /// What the hub says of itself, in paragraphs.
    var introduction: String?
    /// A film about the hub, on somebody else's site, and what it is called.
    var videoAddress: String?
    var videoTitle: String?
    /// For each authority its wards lie in.
    var safeguarding: [Safeguarding] = []
    /// Goes up with every save, so that two people who save at once notice.
    var edition = 0

    var colours: HubColours? { colour.flatMap { HubColours($0) } }

    /// What keeps the hub from opening: the numbers that are missing, in words, authority by authority.
    var missing: [String] {
        safeguarding.flatMap { place in place.missing.map { "\(place.name): \($0.words)" } }
    }

    /// Numbers that nobody answers, in words.
    var invented: [String] {
        safeguarding.flatMap { place in place.invented.map { "\(place.name): \($0.words)" } }
    }

    /// Everything in words, for the audit trail. Pictures go by their names.
    var lines: [(what: String, is: String?)] {
        [
            ("colour", colour?.hex), ("logo", logo), ("funder", funder), ("funder’s logo", funderLogo), ("format email", formatEmail),
            ("format telephone", formatTelephone), ("format address", formatAddress), ("introduction", introduction),
            ("film", videoAddress), ("film’s title", videoTitle),
        ]
            + safeguarding.flatMap { place in
                Safeguarding.Number.allCases.map { ("\($0.rawValue) of \(place.name)", place[$0]) }
            }
    }
}
