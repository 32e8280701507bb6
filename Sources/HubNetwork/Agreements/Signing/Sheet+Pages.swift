internal import Civil
internal import Directory
internal import House
internal import Page
internal import Pictures
internal import Store

extension Network {
    /// A whole sheet of signatures: typed or pasted, looked at, saved.
    var sheetRoutes: [Route] {
        let one = "/staff/network/{hub}/pledges/{agreement}"
        return [
            route(.get, "\(one)/sheet", .enterPledges, "Enter a sheet of signatures", at: Self.atAgreement) {
                try await $0.newSheetPage($1, errors: FieldErrors(), problems: [])
            },
            route(.post, "\(one)/sheet", .enterPledges, "Enter a sheet of signatures", at: Self.atAgreement) {
                try await $0.keepSheet($1)
            },
            route(.get, "\(one)/sheets/{sheet}", .enterPledges, "Look at a sheet before saving it", at: Self.atAgreement) {
                try await $0.sheetPage($1)
            },
            route(.post, "\(one)/sheets/{sheet}", .enterPledges, "Save a sheet of signatures", at: Self.atAgreement) {
                try await $0.saveSheet($1)
            },
            route(.post, "\(one)/sheets/{sheet}/discard", .enterPledges, "Throw a sheet away that is not saved", at: Self.atAgreement) {
                try await $0.discardSheet($1)
            },
            route(.get, "\(one)/sheets/{sheet}/photo", .enterPledges, "The photo of a sheet", at: Self.atAgreement) {
                try await $0.sheetPhoto($1)
            },
        ]
    }

    private func newSheetPage(_ request: Request, errors: FieldErrors, problems: [String]) async throws -> Answer {
        let id = request.parameter("agreement")
        let slug = request.parameter("hub")
        let agreement = try await tools.database.read { try Agreements.with(id: id, $0) }
        let path = agreement.path(slug)
        var lines = Field.textArea(
            "lines", "Who signed", hint: "A line for each: setting, name, role. Or paste three columns from a spreadsheet.", rows: 10)
        lines.placeholder = "Larkspur Nursery, Rosa Marsh, manager"
        var form = Form.post(
            "\(path)/sheet", "Look at it",
            fields: [lines, Field.date("day", "On which day was it signed?").filled(tools.clock.today.medium), Self.photoField])
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Leave it", path)
        var frame = frame("A sheet of signatures", hub: slug, section: .pledges)
        frame.breadcrumbs = [Link("Pledges and agreements", "/staff/network/\(slug)/pledges"), Link(agreement.title, path)]
        frame.lead = "For “\(agreement.title)”. Nothing is saved as signed before you have looked at it."
        frame.errors = errors
        let wrong: HTML? =
            problems.isEmpty ? nil : Card("What cannot be read", "<ul>\(problems.prefix(30).html { "<li>\($0)</li>" })</ul>").html
        frame.content = Columns(Card(nil, form.html).html, "\(wrong)").html
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func keepSheet(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let typed = reader.text("lines", missing: "Write at least one line: setting, name, role.", max: 20_000)
        let day = Self.paperDay(&reader, today: tools.clock.today)
        let read = SignerLine.read(typed ?? "")
        if let first = read.problems.first { reader.fail("lines", first) }
        let photo = await Self.photo(of: request, &reader.errors)
        if !reader.errors.isEmpty, photo != nil {
            reader.fail("photo", "Choose the photo again: it cannot be kept while something else is mended.")
        }
        guard let typed, reader.errors.isEmpty else {
            return try await newSheetPage(request, errors: reader.errors, problems: read.problems.count > 1 ? read.problems : [])
        }
        let tools = tools
        let id = request.parameter("agreement")
        let sheet = try await tools.database.write {
            try SigningSheets.keep(typed, day: day, photo: photo, Agreements.with(id: id, $0), tools, $0)
        }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/pledges/\(id)/sheets/\(sheet)")
    }

    /// Which settings the words on a line may mean, for the team: one only where its name is written to the letter.
    private struct Guesses {
        var exact: HubGround.Place?
        /// Those that hold every word.
        var near: [HubGround.Place] = []
        /// Those that hold one of them.
        var far: [HubGround.Place] = []

        init(_ words: String, _ hub: HubGround) {
            let key = SortKey.of(words)
            let same = hub.settings.filter { SortKey.of($0.title) == key }
            if same.count == 1 { exact = same[0] }
            near = same
            if !same.isEmpty || key.isEmpty { return }
            let parts = key.split(separator: " ").map(String.init).filter { $0 != "the" && $0 != "and" }
            for place in hub.settings {
                let name = SortKey.of(place.title)
                if parts.allSatisfy({ name.contains($0) }) {
                    near.append(place)
                } else if parts.contains(where: { $0.count > 3 && name.contains($0) }) {
                    far.append(place)
                }
            }
        }

        var all: [HubGround.Place] { Array((near + far).prefix(12)) }
    }

    private func readSheet(_ request: Request) async throws -> (Agreement, SigningSheet, HubGround, [Signature]) {
        let today = tools.clock.today
        let id = request.parameter("sheet")
        return try await tools.database.read { session in
            let agreement = try Agreements.with(id: request.parameter("agreement"), session)
            return (
                agreement, try SigningSheets.with(id: id, session), try HubGround.of(request.parameter("hub"), on: today, session),
                try Signatures.of(agreement, session)
            )
        }
    }

    private func sheetPage(_ request: Request) async throws -> Answer {
        let (agreement, sheet, hub, signatures) = try await readSheet(request)
        let path = agreement.path(hub.slug)
        if sheet.isSaved { return sheetResult(agreement, sheet, hub, signatures.filter { $0.sheetID == sheet.id }, already: []) }
        let signed = Dictionary(
            grouping: signatures.filter { $0.isStanding && $0.versionID == agreement.current?.id },
            by: { "\($0.nameKey) \($0.settingID ?? "")" })
        let items = sheet.lines.enumerated().html { index, line -> HTML in
            let guesses = Guesses(line.setting, hub)
            let who: HTML = "<strong><bdi>\(line.name)</bdi></strong>\(line.role.isEmpty ? "" : ", \(line.role)")"
            if let place = guesses.exact {
                let before = signed["\(Signatures.key(line.name)) \(place.id)"]?.first
                let told: HTML? = before.map {
                    "<p>\(Tag("Signed already on \($0.day.medium)", .warning)) Nothing is added for this line.</p>"
                }
                return """
                    <li>\(who), for <bdi>\(place.title)</bdi> \(Tag("Found", .good))\
                    <input type="hidden" name="setting-\(index)" value="\(place.id)">\(told)</li>
                    """
            }
            let isFound = !guesses.near.isEmpty
            let choice = Field.select(
                "setting-\(index)", "“\(line.setting)” is", choices: guesses.all.map { Choice($0.id, $0.title) },
                prompt: isFound ? "Choose, or say it later" : "Not found: I say later which it is"
            ).filled(guesses.near.count == 1 ? guesses.near[0].id : nil)
            return "<li>\(who) \(Tag(isFound ? "Is this right?" : "Not found", .warning))\(choice)</li>"
        }
        let count = sheet.lines.count
        var form = Form.post("\(path)/sheets/\(sheet.id)", "Save \(count) \(count == 1 ? "signature" : "signatures")", fields: [])
        form.before = "<ol class=\"listing\">\(items)</ol>"
        form.cancel = Link("Leave it for later", path)
        var frame = frame("Look at the sheet", hub: hub.slug, section: .pledges)
        frame.breadcrumbs = [Link("Pledges and agreements", "/staff/network/\(hub.slug)/pledges"), Link(agreement.title, path)]
        frame.lead = "Signed on \(sheet.day.medium), for “\(agreement.title)”. Settings not found are saved as they are written."
        let photo: HTML? = sheet.photo.map { _ in
            Card(
                "The paper",
                "<img class=\"paper-photo\" src=\"\(link: "\(path)/sheets/\(sheet.id)/photo")\" alt=\"Photo of the signed sheet\">"
            ).html
        }
        let away = Card("Typed wrongly?", Button("Throw this sheet away", action: "\(path)/sheets/\(sheet.id)/discard", style: .small).html)
        frame.content = Columns(Card(nil, form.html).html, "\(photo)\(away)").html
        return .page(frame.html)
    }

    private func saveSheet(_ request: Request) async throws -> Answer {
        let (agreement, sheet, hub, signatures) = try await readSheet(request)
        let known = Set(hub.settings.map(\.id))
        let settings = sheet.lines.indices.map { index in request.form["setting-\(index)"].flatMap { known.contains($0) ? $0 : nil } }
        let tools = tools
        let saved = try await tools.database.write { session in
            try SigningSheets.save(
                sheet, settings: settings, people: { line, setting in try Network.person(named: line.name, at: setting, session) },
                agreement,
                tools, session)
        }
        // Sent twice: it was saved the first time.
        guard let saved else {
            return sheetResult(agreement, sheet, hub, signatures.filter { $0.sheetID == sheet.id }, already: [])
        }
        let new = saved.compactMap { if case .new(let signature) = $0 { signature } else { nil } }
        let already = saved.compactMap { if case .already(let signature) = $0 { signature } else { nil } }
        return sheetResult(agreement, sheet, hub, new, already: already)
    }

    private func sheetResult(
        _ agreement: Agreement, _ sheet: SigningSheet, _ hub: HubGround, _ new: [Signature], already: [Signature]
    ) -> Answer {
        let path = agreement.path(hub.slug)
        let titles = Dictionary(hub.settings.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        func list(_ signatures: [Signature], day: Bool) -> HTML {
            let items = signatures.html { signature in
                let setting = signature.settingID.map { titles[$0] ?? "A setting" } ?? "“\(signature.settingWords ?? "")”"
                let found: HTML? = signature.settingID == nil ? " \(Tag("Setting not found", .warning))" : nil
                return
                    "<li><a href=\"\(link: "\(path)/signatures/\(signature.id)")\"><bdi>\(signature.signer)</bdi></a>, <bdi>\(setting)</bdi>\(day ? ", signed on \(signature.day.medium)" : "")\(found)</li>"
            }
            return "<ul class=\"listing\">\(items)</ul>"
        }
        var frame = frame("The sheet is saved", hub: hub.slug, section: .pledges)
        frame.breadcrumbs = [Link("Pledges and agreements", "/staff/network/\(hub.slug)/pledges"), Link(agreement.title, path)]
        frame.notices = [.success("\(new.count) \(new.count == 1 ? "signature is" : "signatures are") saved.")]
        if !already.isEmpty {
            frame.notices.append(
                .warning("\(already.count) had signed already, so nothing was added for them.", list(already, day: true)))
        }
        frame.action = Action("Enter another sheet", "\(path)/sheet")
        frame.content = new.isEmpty ? "<p>None of them is new.</p>" : Card("What was saved", list(new, day: false)).html
        return .page(frame.html)
    }

    private func discardSheet(_ request: Request) async throws -> Answer {
        let id = request.parameter("sheet")
        try await tools.database.write { session in
            if try !SigningSheets.with(id: id, session).isSaved { try SigningSheets.drop(id, session) }
        }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/pledges/\(request.parameter("agreement"))")
    }

    private func sheetPhoto(_ request: Request) async throws -> Answer {
        let id = request.parameter("sheet")
        let picture = try await tools.database.read { session in
            try SigningSheets.with(id: id, session).photo.flatMap { try Pictures.named($0, in: session) }
        }
        return try Network.answer(photo: picture)
    }
}
