internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// The letter of a campaign: its words, how it looks for one, and the ways it goes out.
extension Network {
    var campaignLetterRoutes: [Route] {
        let one = "/staff/network/{hub}/campaigns/{campaign}/letter"
        return [
            route(.get, one, .keepCampaigns, "The letter of a campaign", at: Self.atCampaign) {
                try await $0.letterPage($1, errors: FieldErrors())
            },
            route(.post, one, .keepCampaigns, "Write the letter of a campaign", at: Self.atCampaign) { try await $0.saveLetter($1) },
            route(.get, "\(one)/send", .keepCampaigns, "Ask before a campaign’s letters leave", at: Self.atCampaign) {
                try await $0.askToSend($1)
            },
            route(.post, "\(one)/send", .keepCampaigns, "Send a campaign’s letters by e-mail", at: Self.atCampaign) {
                try await $0.sendLetters($1)
            },
            route(.get, "\(one)/merge.csv", .keepCampaigns, "A campaign’s letters for mail merge", at: Self.atCampaign) {
                try await $0.mergeCSV($1)
            },
            route(.get, "\(one)/letters.pdf", .keepCampaigns, "A campaign’s letters as a PDF", at: Self.atCampaign) {
                try await $0.lettersPDF($1)
            },
            route(.get, "\(one)/paper", .keepCampaigns, "A campaign’s letters, to print", at: Self.atCampaign) {
                try await $0.lettersPage($1)
            },
            route(.post, "\(one)/posted", .keepCampaigns, "Say that a campaign’s paper letters were posted", at: Self.atCampaign) {
                try await $0.setPosted($1, true)
            },
            route(.post, "\(one)/unposted", .keepCampaigns, "Say that they were not posted after all", at: Self.atCampaign) {
                try await $0.setPosted($1, false)
            },
            route(.get, "/letters/stop/{key}", .arrive, "Ask before a hub’s invitations end") { try await $0.askStop($1) },
            route(.post, "/letters/stop/{key}", .arrive, "End a hub’s invitations, without signing in") { try await $0.stopLetters($1) }
                .provenByAddress(),
        ]
    }

    func campaignMail(_ request: Request) async throws -> CampaignMail {
        let today = tools.clock.today
        let (hub, campaign) = (request.parameter("hub"), request.parameter("campaign"))
        return try await tools.database.read { try CampaignMail.of(try CampaignView.of(hub, campaign, on: today, $0), $0) }
    }

    func letterPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let mail = try await campaignMail(request)
        let view = mail.view
        var frame = campaignFrame("The letter", view)
        frame.errors = errors
        let isReminder = view.campaign.edition > 1
        frame.lead =
            isReminder
            ? "Letter \(view.campaign.edition) of this campaign. Everybody who is not settled can get it once."
            : "Everybody on the list can get it once."
        frame.notices = letterNotices(request.query)
        let right = "\(preview(mail, for: request.query["for"]))\(ways(mail))\(trouble(mail))" as HTML
        frame.content = Columns("\(wordsCard(mail, request, errors))", right).html
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func letterNotices(_ query: FormData) -> [Notice] {
        let count = query["count"].flatMap { Int($0) } ?? 0
        switch query["done"] {
        case "saved": return [.success("Saved.")]
        case "edition": return [.success("A new letter: those who had the one before can get this one too.")]
        case "posted": return [.success("\(count == 1 ? "1 is" : "\(grouped(count)) are") marked as invited on paper today.")]
        case "unposted":
            return [.success("Taken back: \(grouped(count)) \(count == 1 ? "is" : "are") not marked as invited on paper any more.")]
        default: return []
        }
    }

    private func letterFields(_ mail: CampaignMail) -> [Field] {
        let filledIn = LetterWords.Field.allCases.html { "<li><code>{\($0.rawValue)}</code> \($0.words)</li>" }
        var fields: [Field] = [
            Field.text("subject", "Subject").filled(mail.subject),
            Field.textArea("words", "Text", hint: "An empty line begins a new paragraph.", rows: 14).filled(mail.words),
            .piece(Disclosure("Fields that are filled in for each", "<ul class=\"listing\">\(filledIn)</ul>").html),
        ]
        let hasLeft = mail.view.targets.contains { target in target.posts.contains { $0.edition == mail.view.campaign.edition } }
        if hasLeft {
            fields.append(
                Field.checkbox(
                    "again", "This is another letter, such as a reminder",
                    hint: "Whoever had the one before can get this one too. Without the tick only those who had none get it."))
        }
        return fields
    }

    private func wordsCard(_ mail: CampaignMail, _ request: Request, _ errors: FieldErrors) -> Card {
        var form = Form.post("\(mail.view.path)/letter", "Save", fields: letterFields(mail))
        form.hidden = [("shown", mail.mark)]
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        return Card("Its words", form.html)
    }

    private func preview(_ mail: CampaignMail, for asked: String?) -> HTML {
        let targets = mail.asked
        guard let target = targets.first(where: { $0.id == asked }) ?? targets.first else {
            return Card("How it looks", "<p>Nobody on the list is waiting for a letter.</p>").html
        }
        let choose = Form.get(
            "\(mail.view.path)/letter", "Show",
            fields: [Field.select("for", "For whom?", choices: targets.map { Choice($0.id, $0.title) }).filled(target.id)])
        do {
            let (subject, text) = try mail.filled(for: target)
            return Card("How it looks", "<h3>\(subject)</h3>\(CampaignMail.paragraphs(text))<hr>\(choose)").html
        } catch {
            return Card("How it looks", "\(choose)<p>\((error as? LetterWords.Problem)?.message ?? "")</p>").html
        }
    }

    private func ways(_ mail: CampaignMail) -> HTML {
        let path = "\(mail.view.path)/letter"
        guard mail.view.campaign.isOpen else { return Card("Sending it", "<p>The campaign is closed.</p>").html }
        let emails = mail.byEmail.count
        let send: HTML =
            emails == 0
            ? "<p>Nobody is left to whom it could go by e-mail.</p>"
            : "<p>\(grouped(emails)) can get it by e-mail.</p><p><a class=\"button\" href=\"\(link: "\(path)/send")\">Send \(grouped(emails)) by e-mail</a></p>"
        let paper = mail.onPaper(all: false).count
        let parts = LetterParts(count: paper)
        let files = parts.ranges.enumerated().html { index, range in
            let which = parts.ranges.count == 1 ? "All \(grouped(paper)) letters" : "Letters \(range.lowerBound + 1) to \(range.upperBound)"
            let query = "part=\(index + 1)"
            return
                "<li><a href=\"\(link: "\(path)/letters.pdf?\(query)")\">\(which) as a PDF</a>, <a href=\"\(link: "\(path)/paper?\(query)")\">to print</a></li>"
        }
        let posted = mail.view.targets.count { mail.has($0, byEmail: false) }
        let unpost: HTML? =
            posted > 0
            ? "<p>\(grouped(posted)) are marked as posted. \(Button("They were not posted", action: "\(path)/unposted", style: .small))</p>"
            : nil
        let waiting = mail.onPaper(all: false).count { !mail.has($0, byEmail: false) }
        let post: HTML? =
            waiting > 0
            ? Button("They are in the post: mark \(grouped(waiting)) as invited", action: "\(path)/posted", style: .quiet).html : nil
        let print: HTML =
            paper == 0
            ? "<p>Everybody had it by e-mail.</p>"
            : "<p>For those who had no e-mail of it, a page each.</p><ul class=\"listing\">\(files)</ul><p>\(post)</p>"
        let merge: HTML =
            "<p><a href=\"\(link: "\(path)/merge.csv")\">Spreadsheet for mail merge (CSV)</a>: everybody not settled, with the words filled in.</p>"
        return "\(Card("By e-mail", send))\(Card("On paper", "\(print)\(unpost)"))\(Card("In your own program", merge))"
    }

    private func trouble(_ mail: CampaignMail) -> HTML {
        func list(_ targets: [CampaignTarget], _ words: (CampaignTarget) -> String) -> HTML {
            func line(_ target: CampaignTarget) -> HTML {
                let href =
                    target.settingID.map { "/staff/network/\(mail.view.hub.slug)/settings/\($0)" }
                    ?? "\(mail.view.path)/targets/\(target.id)"
                return "<li><a href=\"\(link: href)\"><bdi>\(target.title)</bdi></a>\(words(target))</li>"
            }
            let rest = targets.dropFirst(10)
            let more: HTML? =
                rest.isEmpty ? nil : Disclosure("The other \(grouped(rest.count))", "<ul class=\"listing\">\(rest.html(line))</ul>").html
            return "<ul class=\"listing\">\(targets.prefix(10).html(line))</ul>\(more)"
        }
        var parts = HTML()
        if !mail.cameBack.isEmpty {
            parts +=
                Card(
                    "Came back: \(grouped(mail.cameBack.count))", id: "came-back",
                    list(mail.cameBack) { ": \($0.posts.last?.problem ?? "")" }
                ).html
        }
        if !mail.withoutAddress.isEmpty {
            parts += Card("No e-mail address is held: \(grouped(mail.withoutAddress.count))", list(mail.withoutAddress) { _ in "" }).html
        }
        if !mail.unwilling.isEmpty {
            parts += Card("Asked for no more letters: \(grouped(mail.unwilling.count))", list(mail.unwilling) { _ in "" }).html
        }
        return parts
    }

    func saveLetter(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let subject = reader.text("subject", missing: "Write a subject.", max: 200)
        let words = reader.text("words", missing: "Write the letter.", max: 20_000)
        for (name, text) in [("subject", subject), ("words", words)] {
            do { _ = try LetterWords(text ?? "") } catch { reader.fail(name, error.message) }
        }
        guard let subject, let words, reader.errors.isEmpty else { return try await letterPage(request, errors: reader.errors) }
        let isAnother = reader.flag("again")
        let tools = tools
        let id = request.parameter("campaign")
        let shown = request.form["shown"]
        let (hub, today) = (request.parameter("hub"), tools.clock.today)
        let isSaved = try await tools.database.write { session in
            // One who began from other words than those that stand now is asked first.
            let now = try CampaignMail.of(try CampaignView.of(hub, id, on: today, session), session)
            if let shown, now.mark != shown, now.mark != CampaignMail.mark(subject, words) { return false }
            if isAnother { try session.run("update campaign set edition = edition + 1 where id = \(id)") }
            try session.run(
                """
                insert into campaign_letter (campaign_id, edition, subject, words, changed_at, by_whom)
                values (\(id), (select edition from campaign where id = \(id)), \(subject), \(words), \(tools.clock.now), \(tools.asker.auditName))
                on conflict (campaign_id, edition) do update
                set subject = excluded.subject, words = excluded.words, changed_at = excluded.changed_at, by_whom = excluded.by_whom
                """)
            try Audit.log(session, tools, action: "network.campaign.letter", subject: "campaign:\(id)", after: subject)
            return true
        }
        if !isSaved {
            let mail = try await campaignMail(request)
            let versions = TwoVersions(
                rows: [("Subject", mail.subject, subject), ("Text", mail.words, words)], action: "\(mail.view.path)/letter",
                fields: letterFields(mail), typed: request.form, known: [("shown", mail.mark)],
                back: Link("The letter", "\(mail.view.path)/letter"))
            return versions.answer(in: campaignFrame(TwoVersions.heading, mail.view))
        }
        let path = "/staff/network/\(request.parameter("hub"))/campaigns/\(id)/letter"
        return .redirect(to: "\(path)?done=\(isAnother ? "edition" : "saved")")
    }
}

/// Many letters in files of fifty: each is made in seconds, and a printer takes one after the other.
struct LetterParts {
    static let size = 50
    let count: Int

    var ranges: [Range<Int>] { stride(from: 0, to: count, by: Self.size).map { $0..<min($0 + Self.size, count) } }
}
