internal import House
internal import Identity
internal import Store

extension Network {
    /// What pledges and agreements hold about people (`docs/rules/pledges.md`).
    static let agreementHoldings: [Holding] = [
        Holding(
            "signature",
            [
                "person_id", "name", "name_key", "role_words", "by_whom", "countersigned_by", "countersigned_name", "withdrawn_by",
                "withdrawn_because",
            ], "Pledges and agreements you signed",
            fate: "Your name, your role and photos of papers you signed go. That the setting signed stays: the hub counts on it.",
            rows: { id, session in
                try session.all(
                    """
                    select s.day, v.title, v.number, s.setting_id, s.name, s.role_words, s.how, s.signed_at, s.withdrawn_at, s.withdrawn_because
                    from signature s join agreement_version v on v.id = s.version_id where \(try signed(by: id, session)) order by s.day, s.id
                    """)
                    + session.all(
                        """
                        select s.day, v.title, v.number, s.setting_id, s.how, s.signed_at, s.countersigned_at, s.countersigned_name
                        from signature s join agreement_version v on v.id = s.version_id
                        where s.countersigned_by = \("person:\(id)") or s.withdrawn_by = \("person:\(id)") or
                            (s.by_whom = \("person:\(id)") and s.how = 'paper') order by s.day, s.id
                        """)
            },
            forget: { id, _, session in
                let mine = try session.all("select s.id, s.sheet_id from signature s where \(try signed(by: id, session))")
                for sheet in Set(mine.compactMap { $0.textOrNil("sheet_id") }) { try SigningSheets.clear(sheet, session) }
                try session.run(
                    """
                    update signature set name = '', name_key = id, role_words = '', person_id = null, withdrawn_because = null
                    where id in \(list: mine.map { $0.text("id") })
                    """)
                try session.run("update signature set countersigned_name = null where countersigned_by = \("person:\(id)")")
            }),
        Holding(
            "signing_sheet", ["by_whom", "lines", "photo"], "Sheets of signatures you typed off",
            fate: "Stay by number. A photo goes when anybody who signed on it is forgotten.",
            rows: {
                try $1.all("select day, entered_at, saved_at from signing_sheet where by_whom = \("person:\($0)") order by entered_at")
            }),
        Holding(
            "signing_event", ["by_whom"], "Event codes you made", fate: "Stay by number, without the name.",
            rows: {
                try $1.all("select title, first_day, last_day from signing_event where by_whom = \("person:\($0)") order by first_day")
            }),
        Holding(
            "agreement", ["by_whom"], "Pledges and agreements you began", fate: "Stays by number, without the name.",
            rows: { try $1.all("select kind, created_at from agreement where by_whom = \("person:\($0)") order by created_at") }),
        Holding(
            "agreement_version", ["by_whom", "published_by"], "Versions you began or published", fate: "Stays by number, without the name.",
            rows: { id, session in
                try session.all(
                    """
                    select title, number, begun_at, published_at from agreement_version
                    where by_whom = \("person:\(id)") or published_by = \("person:\(id)") order by begun_at
                    """)
            }),
        Holding(
            "agreement_save", ["by_whom"], "Drafts you saved", fate: "Stays by number, without the name.",
            rows: { try $1.all("select title, at from agreement_save where by_whom = \("person:\($0)") order by at") }),
    ]

    /// Signatures of a person: under their account, or under their name at a setting they have or had a role in.
    private static func signed(by id: String, _ session: any Session) throws -> SQL {
        let person = try PeopleBook.namesAndSettings(of: id, session)
        return """
            (s.person_id = \(id) or (s.person_id is null and s.name_key in \(list: person.names.map(Signatures.key))
                and s.setting_id in \(list: person.settings)))
            """
    }

    /// How long this room keeps what people signed.
    static let agreementRetention: [Retention] = [
        Retention(
            "signature-names", "Names and roles on signatures", .years(6),
            .between(
                1, 7, "A signature holds for a year and is evidence for the time of claims, six years (Limitation Act 1980, section 5)."),
            then: "after the day they were received; blanked",
            in: "signature",
            .blanked("name = '', name_key = id, role_words = '', withdrawn_because = null, countersigned_name = null")
        ) { "signed_at < \($0) and name <> ''" },
        Retention(
            "signing-sheets", "Photos of signed papers, with what was typed off them", .years(2),
            .between(1, 6, "A signature typed from paper may be questioned while it holds, which is a year."),
            then: "after they were sent in; deleted",
            in: "signing_sheet", .each { id, _, session in try SigningSheets.clear(id, session) }
        ) { "entered_at < \($0) and saved_at is not null and (photo is not null or lines <> '')" },
        Retention(
            "unsaved-sheets", "Sheets of signatures typed and never saved", .days(30),
            .between(1, 90, "Somebody may come back to a sheet they began."), then: "after they were typed; deleted",
            in: "signing_sheet", .each { id, _, session in try SigningSheets.drop(id, session) }
        ) { "entered_at < \($0) and saved_at is null" },
        Retention(
            "event-codes", "Codes that let people sign at an event", .days(90),
            .between(1, 365, "Once the event is over the code opens nothing; the poster may be wanted for the record."),
            then: "after their last day; blanked",
            in: "signing_event", .blanked("code_sealed = null")
        ) { "code_sealed is not null and last_day < \($0)" },
    ]
}
