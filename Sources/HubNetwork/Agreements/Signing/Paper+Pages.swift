internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Pictures
internal import Store

extension Network {
    /// Entering what was signed on paper: one signature, or a whole sheet.
    var paperRoutes: [Route] {
        let one = "/staff/network/{hub}/pledges/{agreement}"
        return [
            route(.get, "\(one)/paper", .enterPledges, "Enter a signature from paper", at: Self.atAgreement) {
                try await $0.paperPage($1, errors: FieldErrors())
            },
            route(.post, "\(one)/paper", .enterPledges, "Enter a signature from paper", at: Self.atAgreement) {
                try await $0.enterPaper($1)
            },
        ] + sheetRoutes
    }

    /// What the paper pages are drawn from.
    private func readPaper(_ request: Request) async throws -> (Agreement, HubGround) {
        let today = tools.clock.today
        return try await tools.database.read { session in
            (
                try Agreements.with(id: request.parameter("agreement"), session),
                try HubGround.of(request.parameter("hub"), on: today, session)
            )
        }
    }

    static let photoField = Field.file(
        "photo", "A photo of the paper", accept: "image/jpeg,image/png",
        hint: "A JPEG or PNG of up to 20 MB. Where it was taken, and with which phone, is not kept."
    ).optional()

    /// The photo that came with a form, made ours. What is wrong with it stands in the errors.
    static func photo(of request: Request, _ errors: inout FieldErrors) async -> Picture? {
        guard let upload = request.uploads["photo"], upload.size > 0 else { return nil }
        do {
            return try await Pictures.picture(fromFile: upload.path, size: upload.size, as: .photo)
        } catch {
            errors.add("photo", (error as? PictureProblem)?.message ?? "This picture could not be read. Send a JPEG or a PNG.")
            return nil
        }
    }

    private func paperPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let (agreement, hub) = try await readPaper(request)
        let path = agreement.path(hub.slug)
        var form = Form.post(
            "\(path)/paper", "Save the signature",
            fields: [
                .select("setting", "For which setting?", choices: hub.settings.map { Choice($0.id, $0.title) }, prompt: "Choose a setting")
                    .filled(request.query["setting"]),
                .text("name", "Who signed?", hint: "The name as it is on the paper.", width: .half),
                Field.text("role", "As what?", hint: "For example: manager, childminder, head teacher.", width: .half).optional(),
                Field.date("day", "On which day?").filled(tools.clock.today.medium), Self.photoField,
            ])
        form.hidden = [("key", request.form["key"] ?? tools.ids.next())]
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Leave it", path)
        var frame = frame("A signature from paper", hub: hub.slug, section: .pledges)
        frame.breadcrumbs = [Link("Pledges and agreements", "/staff/network/\(hub.slug)/pledges"), Link(agreement.title, path)]
        frame.lead = "For “\(agreement.title)”. Several on one sheet? <a href=\"\(link: "\(path)/sheet")\">Enter the whole sheet</a>"
        frame.errors = errors
        frame.content =
            Columns(
                Card(nil, form.html).html, Card("What they signed", AgreementPiece(agreement.current?.text ?? AgreementText()).html).html
            ).html
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    /// The day on a paper: today or before.
    static func paperDay(_ reader: inout FormReader, today: Day) -> Day {
        let day = reader.day("day") ?? today
        if day > today { reader.fail("day", "This day is still to come. Write the day it was signed.") }
        return day
    }

    private func enterPaper(_ request: Request) async throws -> Answer {
        let (agreement, hub) = try await readPaper(request)
        var reader = FormReader(request.form)
        let setting = reader.choice("setting", from: hub.settings.map(\.id), missing: "Choose the setting it was signed for.")
        let name = reader.text("name", missing: "Write who signed.", max: 200)
        let role = reader.optionalText("role", max: 200)
        let day = Self.paperDay(&reader, today: tools.clock.today)
        let photo = await Self.photo(of: request, &reader.errors)
        if !reader.errors.isEmpty, photo != nil {
            reader.fail("photo", "Choose the photo again: it cannot be kept while something else is mended.")
        }
        guard let setting, let name, reader.errors.isEmpty else { return try await paperPage(request, errors: reader.errors) }
        let key = request.form["key"] ?? ""
        let tools = tools
        let signed = try await tools.database.write { session -> Signed in
            var new = NewSignature(
                id: key.utf8.count == 36 ? key : tools.ids.next(), settingID: setting,
                personID: try Network.person(named: name, at: setting, session), name: name, role: role ?? "", how: .paper, day: day)
            // Only what is new needs its photo kept.
            if try photo != nil && Signatures.with(id: new.id, session) == nil {
                let line = [setting, name, role ?? ""].joined(separator: "\t")
                new.sheetID = try SigningSheets.keep(line, day: day, photo: photo, agreement, tools, session)
            }
            let signed = try Signatures.sign(new, agreement, tools, session)
            if let sheet = new.sheetID {
                if case .new = signed {
                    try session.run("update signing_sheet set saved_at = \(tools.clock.now), lines = '' where id = \(sheet)")
                } else {
                    try SigningSheets.drop(sheet, session)
                }
            }
            return signed
        }
        let page = "\(agreement.path(hub.slug))/signatures/\(signed.signature.id)"
        if case .already = signed { return .redirect(to: "\(page)?done=already") }
        return .redirect(to: "\(page)?done=entered")
    }

    /// The one person of a setting with this name, where there is exactly one with an account.
    static func person(named name: String, at setting: String?, _ session: any Session) throws -> String? {
        guard let setting else { return nil }
        let key = Signatures.key(name)
        let known = Set(
            try PeopleBook.of(hub: "", setting: setting, session).filter { Signatures.key($0.name) == key }.map(\.id))
        return known.count == 1 ? known.first : nil
    }
}
