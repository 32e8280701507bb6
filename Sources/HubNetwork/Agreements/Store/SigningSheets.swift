internal import Civil
internal import House
internal import Pictures
internal import Store

/// A sheet of paper typed off: kept with its photo before anything of it is signed, so that nothing typed is lost.
struct SigningSheet: Sendable {
    let id: String
    let agreementID: String
    let day: Day
    let lines: [SignerLine]
    let photo: String?
    let isSaved: Bool

    init?(_ row: Row) {
        guard let day = row.day("day") else { return nil }
        id = row.text("id")
        agreementID = row.text("agreement_id")
        self.day = day
        lines = SignerLine.read(row.text("lines")).lines
        photo = row.textOrNil("photo")
        isSaved = row.textOrNil("saved_at") != nil
    }
}

enum SigningSheets {
    /// Keeps a sheet. Returns its id.
    static func keep(
        _ lines: String, day: Day, photo: Picture?, _ agreement: Agreement, _ tools: Tools, _ session: any Session
    ) throws -> String {
        let id = tools.ids.next()
        let name = try photo.map { try Pictures.keep($0, at: tools.clock.now, in: session) }
        try session.run(
            """
            insert into signing_sheet (id, agreement_id, day, lines, photo, entered_at, by_whom)
            values (\(id), \(agreement.id), \(day), \(lines), \(name), \(tools.clock.now), \(tools.asker.auditName))
            """)
        return id
    }

    static func with(id: String, _ session: any Session) throws -> SigningSheet {
        guard let found = try session.first("select * from signing_sheet where id = \(id)").flatMap(SigningSheet.init) else {
            throw Refusal.notFound("There is no sheet at this address.")
        }
        return found
    }

    /// Those typed and not yet saved as signatures.
    static func waiting(_ agreement: Agreement, _ session: any Session) throws -> [SigningSheet] {
        try session.all("select * from signing_sheet where agreement_id = \(agreement.id) and saved_at is null order by entered_at, id")
            .compactMap(SigningSheet.init)
    }

    /// Saves the sheet's lines as signatures, each with the setting found for it; where none was, the words on the paper stand for it.
    /// Nil when it was saved before.
    static func save(
        _ sheet: SigningSheet, settings: [String?], people: (SignerLine, String?) throws -> String?, _ agreement: Agreement, _ tools: Tools,
        _ session: any Session
    ) throws -> [Signed]? {
        try session.lock("eyhub.agreement.\(agreement.id)")
        let marked = try session.run(
            "update signing_sheet set saved_at = \(tools.clock.now) where id = \(sheet.id) and saved_at is null")
        guard marked == 1 else { return nil }
        return try sheet.lines.enumerated().map { index, line in
            let setting = index < settings.count ? settings[index] : nil
            return try Signatures.sign(
                NewSignature(
                    id: tools.ids.next(), settingID: setting, settingWords: setting == nil ? line.setting : nil,
                    personID: try people(line, setting), name: line.name, role: line.role, how: .paper, day: sheet.day, sheetID: sheet.id),
                agreement, tools, session)
        }
    }

    /// Lets the photo and what was typed off go; the signatures stay.
    static func clear(_ id: String, _ session: any Session) throws {
        if let photo = try session.first("select photo from signing_sheet where id = \(id)")?.textOrNil("photo") {
            try Pictures.drop(photo, in: session)
        }
        try session.run("update signing_sheet set photo = null, lines = '' where id = \(id)")
    }

    /// Lets a sheet go that was never saved.
    static func drop(_ id: String, _ session: any Session) throws {
        try clear(id, session)
        try session.run("delete from signing_sheet where id = \(id) and saved_at is null")
    }
}
