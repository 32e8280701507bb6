internal import House
internal import Page
internal import Pictures

/// The questions of "How this hub looks and is reached", and what was answered.
struct HubIdentityForm: Sendable {
    let hub: Hub
    let before: HubIdentity
    var errors = FieldErrors()
    var typed: FormData?

    /// What was answered, without the pictures. Nil when something is wrong; `errors` then say what.
    mutating func read(_ form: FormData) -> (name: String, identity: HubIdentity)? {
        var reader = FormReader(form)
        var identity = before
        let name = reader.text("name", missing: "Give the hub a name, such as “Newham Early Years Hub”.", max: 100)
        identity.colour = colour(&reader)
        identity.funder = reader.optionalText("funder", max: 200)
        identity.introduction = reader.optionalText("introduction", max: 3_000)
        identity.videoTitle = reader.optionalText("video-title", max: 120)
        identity.videoAddress = video(&reader)
        identity.formatEmail = email(&reader)
        identity.formatTelephone = telephone("format-telephone", &reader)
        identity.formatAddress = reader.optionalText("format-address", max: 300)
        for (index, place) in identity.safeguarding.enumerated() {
            for number in Safeguarding.Number.allCases {
                let field = HubIdentityForm.field(number, place)
                let given = telephone(field, &reader)
                identity.safeguarding[index][number] = given
                if loses(place[number], given), reader.errors[field] == nil { reader.fail(field, Opening.keepsNumbers) }
            }
        }
        if reader.flag("no-logo") { identity.logo = nil }
        if reader.flag("no-funder-logo") { identity.funderLogo = nil }
        if let edition = form["edition"].flatMap({ Int($0) }) { identity.edition = edition }
        errors = reader.errors
        typed = form
        guard let name, errors.isEmpty else { return nil }
        return (PlanState.tidy(name), identity)
    }

    /// Whether everybody would see a number no longer that somebody answers.
    private func loses(_ before: String?, _ after: String?) -> Bool {
        func isAnswered(_ number: String?) -> Bool { number.flatMap { Telephone($0) }.map { hub.isSample || !$0.isInvented } ?? false }
        return hub.isOpen && isAnswered(before) && !isAnswered(after)
    }

    static func field(_ number: Safeguarding.Number, _ place: Safeguarding) -> String { "\(number.rawValue)-\(place.authority)" }

    private func colour(_ reader: inout FormReader) -> Colour? {
        // The button that takes the offer says so itself.
        guard let written = reader.optionalText("take", max: 7) ?? reader.optionalText("colour", max: 20) else { return nil }
        guard let colour = Colour(written) else {
            reader.fail("colour", "Write the colour as six letters and figures, such as #5b2a6e, or choose it from the picture.")
            return nil
        }
        if let refusal = HubColours.refusal(of: colour) {
            reader.fail("colour", refusal)
            return nil
        }
        return colour == HubColours.standard ? nil : colour
    }

    private func telephone(_ name: String, _ reader: inout FormReader) -> String? {
        guard let written = reader.optionalText(name, max: 80) else { return nil }
        guard let number = Telephone(written) else {
            reader.fail(name, "Write the whole number with its area code, such as 020 7946 0123. A few words may follow it.")
            return nil
        }
        return number.text
    }

    private func email(_ reader: inout FormReader) -> String? {
        guard let written = reader.optionalText("format-email", max: 200) else { return nil }
        let parts = written.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), !written.contains(where: \.isWhitespace) else {
            reader.fail("format-email", "Write an e-mail address like hub@example.org.")
            return nil
        }
        return written
    }

    private func video(_ reader: inout FormReader) -> String? {
        guard let written = reader.optionalText("video", max: 500) else { return nil }
        guard let film = OutsideFilm(written) else {
            reader.fail("video", "Copy the address of the film’s own page from your browser. It begins with https://")
            return nil
        }
        return film.address
    }

    // MARK: The questions

    var html: HTML {
        var form = Form.post("\(hub.staffPath)/identity", "Save how the hub looks", fields: fields)
        form.hidden = [("edition", String(before.edition))]
        form.values = typed
        form.errors = errors
        form.cancel = Link("Cancel", hub.staffPath)
        if let offer { form.others = [(label: "Save with \(offer.hex)", name: "take", value: offer.hex)] }
        return form.html
    }

    /// The nearest shade that can be read, where the colour wished for cannot.
    private var offer: Colour? {
        guard errors["colour"] != nil else { return nil }
        return typed?["colour"].flatMap { Colour($0) }.map { HubColours.nearestReadable(to: $0) }
    }

    private var fields: [Field] {
        [
            Field.text("name", "Name of the hub", hint: "Its address stays, because leaflets may carry it.").filled(hub.name),
            Field.group(
                "Safeguarding numbers", safeguarding, hint: "They stand at the foot of every public page. The hub opens once all are here."),
            Field.group("Colour and logo", look), Field.group("Who pays for the hub", funder), Field.group("In other formats", formats),
            Field.group("About the hub", about),
        ]
    }

    private var safeguarding: [Field] {
        before.safeguarding.flatMap { place in
            Safeguarding.Number.allCases.map { number in
                let label = before.safeguarding.count > 1 ? "\(place.name): \(number.label)" : number.label
                let hint: HTML? =
                    number == .day
                    ? "As \(place.name)’s safeguarding partnership publishes it; in many places called MASH or front door." : nil
                var field = Field.telephone(HubIdentityForm.field(number, place), label, hint: hint)
                field.autocomplete = "off"
                field.width = .half
                return field.filled(place[number])
            }
        }
    }

    private var look: [Field] {
        var fields = [
            Field.colour(
                "colour", "The hub’s colour", hint: "For headings and buttons. We find the shade for dark screens ourselves."
            ).filled((before.colour ?? HubColours.standard).hex),
            Field.piece(ColourSample(HubColours(offer ?? before.colour ?? HubColours.standard)).html),
        ]
        fields += picture("logo", "Logo", before.logo, hint: "PNG or JPEG. It stands beside the hub’s name.")
        return fields
    }

    private var funder: [Field] {
        [
            Field.text("funder", "Words", hint: "For example: Supported by the Mayor of London").optional().filled(before.funder)
        ] + picture("funder-logo", "Their logo", before.funderLogo, hint: "PNG or JPEG. Ask them first whether you may show it.")
    }

    private func picture(_ name: String, _ label: String, _ kept: String?, hint: HTML) -> [Field] {
        let file = Field.file(name, kept == nil ? label : "Another \(label.lowercased())", accept: "image/png,image/jpeg", hint: hint)
            .optional()
        guard let kept else { return [file] }
        return [
            Field.piece("<p class=\"logo-now\"><img src=\"\(link: HubFace.path(ofPicture: kept))\" alt=\"\(label) as it is now\"></p>"),
            file,
            Field.checkbox("no-\(name)", "Take this logo away"),
        ]
    }

    private var formats: [Field] {
        [
            Field.email("format-email", "E-mail").optional().filled(before.formatEmail),
            Field.telephone("format-telephone", "Telephone", hint: "For people who would rather ring than fill in a form.").optional()
                .filled(before.formatTelephone),
            Field.textArea("format-address", "Address for letters", rows: 3).optional().filled(before.formatAddress),
        ]
    }

    private var about: [Field] {
        [
            Field.textArea(
                "introduction", "What the hub does", hint: "A few sentences for everybody. An empty line begins a paragraph.", rows: 6
            )
            .optional().filled(before.introduction),
            Field.url(
                "video", "A film about the hub",
                hint: "The address of its page, on YouTube, Vimeo or elsewhere. Nothing is loaded from there until somebody asks for it."
            ).optional().filled(before.videoAddress),
            Field.text(
                "video-title", "What the film is called", hint: "For example: A morning at the Riverside mini-hub (3 minutes, subtitled)"
            )
            .optional().filled(before.videoTitle),
        ]
    }
}

/// The colours as they will be seen, in the light and in the dark.
struct ColourSample: Component {
    let colours: HubColours?

    init(_ colours: HubColours?) { self.colours = colours }

    var html: HTML {
        guard let colours else { return "" }
        return """
            <p class="colour-samples">\(sample("In the light", HubColours.paper, colours.light, .white))\
            \(sample("In the dark", HubColours.darkPaper, colours.dark, HubColours.darkPaper))</p>
            """
    }

    private func sample(_ words: String, _ paper: Colour, _ colour: Colour, _ onIt: Colour) -> HTML {
        """
        <svg viewBox="0 0 230 56" width="230" height="56" role="img" aria-label="\(words): \(colour.hex)">\
        <rect width="230" height="56" rx="6" fill="\(paper.hex)" stroke="#8A8296"/>\
        <text x="14" y="34" font-size="16" font-weight="700" fill="\(colour.hex)">\(words)</text>\
        <rect x="126" y="11" width="92" height="34" rx="6" fill="\(colour.hex)"/>\
        <text x="172" y="33" font-size="15" font-weight="600" text-anchor="middle" fill="\(onIt.hex)">Button</text></svg>
        """
    }
}
