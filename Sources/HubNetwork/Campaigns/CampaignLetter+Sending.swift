internal import Civil
internal import Directory
internal import Files
internal import House
internal import Page
internal import Store

/// A campaign's letters on their way: e-mail, paper, and the file for mail merge.
extension Network {
    func askToSend(_ request: Request) async throws -> Answer {
        let mail = try await campaignMail(request)
        let count = mail.byEmail.count
        var frame = campaignFrame("Send the letter by e-mail", mail.view)
        if count == 0 {
            frame.content =
                "<p>Nobody is left to whom it could go by e-mail. <a href=\"\(link: "\(mail.view.path)/letter")\">Back to the letter</a></p>"
            return .page(frame.html)
        }
        var consequences: [HTML] = ["Each goes to the address held, once: whoever had this letter gets no other."]
        let (without, unwilling) = (mail.withoutAddress.count, mail.unwilling.count)
        if without > 0 { consequences.append("\(grouped(without)) have no e-mail address and get none. Print theirs.") }
        if unwilling > 0 { consequences.append("\(grouped(unwilling)) asked for no more letters and get none.") }
        if !mail.isSaved { consequences.append("The words are the sample’s: nobody changed them yet.") }
        consequences.append("A letter that left cannot be called back.")
        frame.content =
            Confirm(
                "Send \(count == 1 ? "1 letter" : "\(grouped(count)) letters") now?", action: "\(mail.view.path)/letter/send",
                confirm: "Send \(count == 1 ? "1 letter" : "\(grouped(count)) letters")",
                cancel: Link("Not yet", "\(mail.view.path)/letter"),
                consequences: consequences, isDanger: false
            ).html
        return .page(frame.html)
    }

    func sendLetters(_ request: Request) async throws -> Answer {
        let tools = tools
        let today = tools.clock.today
        let (hub, campaign) = (request.parameter("hub"), request.parameter("campaign"))
        let sent = try await tools.database.write { session in
            let mail = try CampaignMail.of(try CampaignView.of(hub, campaign, on: today, session), session)
            guard mail.view.campaign.isOpen else { throw Refusal.badRequest("The campaign is closed. Open it again to send letters.") }
            return try mail.send(tools, session)
        }
        return .redirect(to: "/staff/network/\(hub)/campaigns/\(campaign)?done=sent&count=\(sent)")
    }

    func setPosted(_ request: Request, _ isPosted: Bool) async throws -> Answer {
        let tools = tools
        let today = tools.clock.today
        let (hub, campaign) = (request.parameter("hub"), request.parameter("campaign"))
        let count = try await tools.database.write { session in
            let mail = try CampaignMail.of(try CampaignView.of(hub, campaign, on: today, session), session)
            let edition = mail.view.campaign.edition
            var count = 0
            if isPosted {
                for target in mail.onPaper(all: false) {
                    count += try session.run(
                        """
                        insert into campaign_post (id, campaign_id, target_id, edition, way, stop_key, day, at, by_whom)
                        values (\(tools.ids.next()), \(campaign), \(target.id), \(edition), 'paper', \(tools.ids.next()), \(today),
                            \(tools.clock.now), \(tools.asker.auditName))
                        on conflict (target_id, edition, way) do nothing
                        """)
                }
            } else {
                count = try session.run(
                    "delete from campaign_post where campaign_id = \(campaign) and edition = \(edition) and way = 'paper'")
            }
            try Audit.log(
                session, tools, action: isPosted ? "network.campaign.posted" : "network.campaign.unposted", subject: "campaign:\(campaign)",
                after: "edition \(edition), \(count)")
            return count
        }
        let path = "/staff/network/\(hub)/campaigns/\(campaign)/letter"
        return .redirect(to: "\(path)?done=\(isPosted ? "posted" : "unposted")&count=\(count)")
    }

    // MARK: Paper

    /// One part of the letters as a document.
    private func document(_ request: Request, _ mail: CampaignMail, carriesStyles: Bool) async throws -> HTML {
        let targets = mail.onPaper(all: request.query["all"] == "yes")
        let ranges = LetterParts(count: targets.count).ranges
        let part = request.query["part"].flatMap { Int($0) } ?? 1
        guard ranges.indices.contains(part - 1) else { throw Refusal.notFound("There are no letters in this part.") }
        var frame = PrintFrame(site: mail.view.hub.name, heading: mail.view.campaign.title, content: "")
        frame.dateLine = mail.view.today.medium
        try await dress(&frame, hub: mail.view.hub.id)
        frame.kind = .letter
        frame.carriesStyles = carriesStyles
        let letters = try targets[ranges[part - 1]].map { target in
            let (subject, text) = try mail.filled(for: target)
            return PrintLetter(address: mail.postalLines(of: target), heading: subject, content: CampaignMail.paragraphs(text))
        }
        return PrintLetters(frame, letters).html
    }

    func lettersPage(_ request: Request) async throws -> Answer {
        .page(try await document(request, try await campaignMail(request), carriesStyles: false))
    }

    /// Fifty letters a file. Where no PDF maker is installed: 503, with the page to print instead.
    func lettersPDF(_ request: Request) async throws -> Answer {
        let mail = try await campaignMail(request)
        let part = request.query["part"].flatMap { Int($0) } ?? 1
        guard let maker = tools.pdf else {
            var frame = campaignFrame("No PDF just now", mail.view)
            frame.action = Action("Open the letters to print", "\(mail.view.path)/letter/paper?part=\(part)")
            frame.content =
                "<p>This copy of the program has no PDF maker installed. The letters are also a page made for paper: open it and print it, or save it as a PDF from your browser.</p>"
            return .page(frame.html, status: 503)
        }
        let bytes = try await maker.pdf(ofDocument: try await document(request, mail, carriesStyles: true).bytes)
        return .file(bytes, name: "letters-\(part).pdf", contentType: "application/pdf")
    }

    // MARK: Spreadsheets

    func mergeCSV(_ request: Request) async throws -> Answer {
        let mail = try await campaignMail(request)
        var writer = CSVWriter(byteOrderMark: true)
        writer.write(texts: [
            "Name", "Contact", "Address", "E-mail", "Telephone", "Kind", "Area", "Who rings", "Subject", "Letter",
        ])
        for target in mail.asked {
            let values = mail.values(for: target)
            let (subject, text) = try mail.filled(for: target)
            writer.write([
                .text(target.title), .text(values[.contact] ?? ""), .text(mail.postalLines(of: target).joined(separator: ", ")),
                .text(target.email ?? ""), .text(target.telephone ?? ""), .text(target.kind), .text(target.area),
                .text(mail.view.name(of: target.callerID) ?? ""), .text(subject), .text(text),
            ])
        }
        return .file(writer.bytes, name: "mail-merge.csv", contentType: "text/csv; charset=utf-8")
    }

    func campaignCSV(_ request: Request) async throws -> Answer {
        let view = try await campaignView(request)
        var writer = CSVWriter(byteOrderMark: true)
        writer.write(texts: [
            "Name", "Kind", "Area", "Who rings", "How far", "Tries since reached", "Invited on", "Letter came back", "Last contact",
            "Ring from", "Reason",
        ])
        for target in view.targets {
            let progress = target.progress
            writer.write([
                .text(target.title), .text(target.kind), .text(target.area), .text(view.name(of: target.callerID) ?? ""),
                .text(progress.stage.words), .number(progress.tries), .text(target.posts.last?.day.iso ?? ""),
                .text(target.posts.last?.problem ?? ""), .text(progress.lastDay?.iso ?? ""), .text(progress.due?.iso ?? ""),
                .text(progress.reason ?? ""),
            ])
        }
        return .file(writer.bytes, name: "campaign-list.csv", contentType: "text/csv; charset=utf-8")
    }
}
