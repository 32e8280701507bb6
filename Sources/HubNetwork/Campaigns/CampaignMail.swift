internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension LetterKind {
    /// An invitation of a campaign. Whoever gets none is rung; one too many annoys.
    static let campaign = LetterKind("campaign", ifInDoubt: .leave)
}

/// The newest letter of a campaign, ready for everybody on its list.
struct CampaignMail: Sendable {
    static let subject = "An invitation from {hub}"
    static let words = """
        Dear {contact},

        {hub} brings together everybody who looks after young children near you: childminders, nurseries, pre-schools and schools, on an equal footing.

        We would like to ask you {asks}

        {caller} will ring you in the next days to say more and to hear what you think. If another time suits you better, answer this letter.

        With kind regards,
        {hub}
        """

    let view: CampaignView
    let subject: String
    let words: String
    /// Saved, rather than the sample.
    let isSaved: Bool
    /// The manager's name, by setting.
    let managers: [String: String]
    let addresses: [String: [String]]

    static func of(_ view: CampaignView, _ session: any Session) throws -> CampaignMail {
        let row = try session.first(
            "select subject, words from campaign_letter where campaign_id = \(view.campaign.id) and edition = \(view.campaign.edition)")
        let managers = try PeopleBook.of(hub: view.hub.id, roles: [.manager], session)
        return CampaignMail(
            view: view, subject: row?.text("subject") ?? subject, words: row?.text("words") ?? words, isSaved: row != nil,
            managers: Dictionary(
                managers.compactMap { person in person.settingID.map { ($0, person.name) } }, uniquingKeysWith: { first, _ in first }),
            addresses: try Directory.postalAddresses(of: view.targets.compactMap(\.settingID), session))
    }

    /// Tells this letter from any other, for two who write at once.
    var mark: String { Self.mark(subject, words) }

    static func mark(_ subject: String, _ words: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(subject)\n\(words)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return String(hash, radix: 16)
    }

    // MARK: Who gets it

    /// Those who are asked: neither joined nor declined.
    var asked: [CampaignTarget] { view.targets.filter { !$0.progress.stage.isSettled } }

    func has(_ target: CampaignTarget, byEmail: Bool) -> Bool {
        target.posts.contains { $0.edition == view.campaign.edition && $0.isEmail == byEmail }
    }

    /// Those an e-mail goes to now.
    var byEmail: [CampaignTarget] {
        asked.filter { !has($0, byEmail: true) && !$0.wantsNoLetters && ($0.email.map(MailAddress.isGood) ?? false) }
    }

    var withoutAddress: [CampaignTarget] { asked.filter { !($0.email.map(MailAddress.isGood) ?? false) } }
    var unwilling: [CampaignTarget] { asked.filter(\.wantsNoLetters) }
    var cameBack: [CampaignTarget] { view.targets.filter { $0.posts.last?.problem != nil } }

    /// Those a paper letter is made for: everybody asked, or only those who had no e-mail of this edition that arrived.
    func onPaper(all: Bool) -> [CampaignTarget] {
        asked.filter { target in
            all || !target.posts.contains { $0.edition == view.campaign.edition && $0.isEmail && $0.problem == nil }
        }
    }

    // MARK: What it says

    func values(for target: CampaignTarget) -> [LetterWords.Field: String] {
        let contact = target.settingID.flatMap { managers[$0] } ?? target.partner.map(\.name) ?? "all at \(target.title)"
        return [
            .setting: target.place?.title ?? target.partner?.organisation ?? target.title, .contact: contact, .hub: view.hub.name,
            .area: target.place == nil ? view.hub.name : target.area, .caller: view.name(of: target.callerID) ?? "The hub’s team",
            .title: view.campaign.title, .asks: ended(view.campaign.asks), .today: view.today.medium,
        ]
    }

    /// A sentence that asks ends with a full stop, whether somebody typed it or not.
    private func ended(_ text: String) -> String { text.last.map { ".!?".contains($0) } ?? true ? text : "\(text)." }

    func filled(for target: CampaignTarget) throws -> (subject: String, text: String) {
        let values = values(for: target)
        return (try LetterWords(subject).filled(values), try LetterWords(words).filled(values))
    }

    func postalLines(of target: CampaignTarget) -> [String] {
        if let partner = target.partner { return [partner.name, partner.organisation].filter { !$0.isEmpty } }
        let manager = target.settingID.flatMap { managers[$0] }
        return [manager, target.title].compactMap { $0 } + (target.settingID.flatMap { addresses[$0] } ?? [])
    }

    static func paragraphs(_ text: String) -> HTML {
        text.split(separator: "\n\n").html { block in
            let lines = block.split(separator: "\n", omittingEmptySubsequences: true).enumerated()
            return "<p>\(lines.html { "\($0 > 0 ? "<br>" as HTML : HTML())\($1)" })</p>"
        }
    }

    // MARK: Sending

    /// Puts an e-mail for each into the outbox, in the caller's transaction. Whoever had this edition gets no other, however often and by
    /// whomever the button is pressed. Returns how many left.
    func send(_ tools: Tools, _ session: any Session) throws -> Int {
        var sent = 0
        // Where an address is a person's we know, the letter stands in what is held about them.
        let keys = byEmail.compactMap { $0.email?.lowercased() }
        let people = Dictionary(
            try session.all("select id, email_key from person where forgotten_at is null and email_key in \(list: keys)").map {
                ($0.text("email_key"), $0.text("id"))
            }, uniquingKeysWith: { first, _ in first })
        let look = try tools.look(ofHub: view.hub.id, session)
        for target in byEmail {
            guard let address = target.email else { continue }
            let (id, key) = (tools.ids.next(), tools.ids.next())
            let isNew = try session.run(
                """
                insert into campaign_post (id, campaign_id, target_id, edition, way, address, stop_key, day, at, by_whom)
                values (\(id), \(view.campaign.id), \(target.id), \(view.campaign.edition), 'email', \(address), \(key), \(view.today),
                    \(tools.clock.now), \(tools.asker.auditName))
                on conflict (target_id, edition, way) do nothing
                """)
            guard isNew == 1 else { continue }
            let letter = try Outbox.post(
                try letter(to: target, at: address, person: people[address.lowercased()], key: key, look, tools), in: session,
                ids: tools.ids,
                clock: tools.clock)
            try session.run("update campaign_post set letter_id = \(letter) where id = \(id)")
            sent += 1
        }
        if sent > 0 {
            try Audit.log(
                session, tools, action: "network.campaign.sent", subject: "campaign:\(view.campaign.id)",
                after: "edition \(view.campaign.edition), \(sent)")
        }
        return sent
    }

    private func letter(to target: CampaignTarget, at address: String, person: String?, key: String, _ look: HubLook?, _ tools: Tools)
        throws -> Letter
    {
        let (subject, text) = try filled(for: target)
        let stop = "\(tools.site.address)/letters/stop/\(key)"
        let why = "\(view.hub.name) wrote to \(target.title) because it is on the list of “\(view.campaign.title)”."
        let plain = """
            \(text)

            --
            \(why)
            No more invitations from this hub by e-mail: \(stop)

            """
        let html = MailFrame(
            subject, from: look, tools.site,
            content: """
                \(Self.paragraphs(text))<hr><p>\(why) <a href="\(link: stop)">No more invitations from this hub by e-mail</a></p>
                """
        ).html
        return Letter(
            .campaign, to: address, name: target.title, personID: person, subject: subject, text: plain, html: html.string,
            unsubscribe: stop)
    }
}
