internal import Civil
internal import Files
internal import Store

/// Loads the feed Ofsted gives each authority, as XML or JSON. It names people and homes that the published register leaves
/// out, so its facts are kept apart from the published ones.
struct FeedLoad {
    private let run: LoadRun

    init(_ run: LoadRun) { self.run = run }

    func read() throws {
        let tree = try Tree.read(run.source)
        guard let extract = tree.first("OfstedChildcareRegisterLocalAuthorityExtract") else {
            throw LoadRefusal(
                """
                \(run.source.name) is not Ofsted’s feed to an authority: it should begin with \
                “OfstedChildcareRegisterLocalAuthorityExtract”.
                """)
        }
        let name = extract.text("Extract", "LocalAuthority", "LocalAuthorityName")
        if name.isEmpty && extract["Registration"].isEmpty {
            throw LoadRefusal(
                "\(run.source.name) names no authority and holds no registration. Ask for the extract again.")
        }
        let authority = AuthorityBook().find(name, on: run.edition.iso)
        if authority == nil {
            run.journal.note(line: 0, "“\(name)” is not an authority we know; it is kept as it stands.")
        }
        let load = try RegistrationLoad(run, register: .feed)
        load.cover(name.isEmpty ? nil : name)
        run.journal.headerIs(["number", "reference", "name"])
        for (index, registration) in extract["Registration"].enumerated() {
            run.journal.countRead()
            if index % 200 == 0 { try run.say("Comparing", 0.5) }
            do {
                let facts = try FeedRecord.facts(
                    registration, number: index + 1, authority: authority, name: name.isEmpty ? nil : name)
                if let reason = try load.take(RegisterRecord(facts)) { throw RowProblem(reason) }
            } catch let problem as RowProblem {
                run.journal.reject(
                    line: index + 1, problem.reason,
                    ["\(index + 1)", registration.text("ReferenceNumber"), registration.text("Setting", "SettingName")])
            }
        }
        try load.finish()
    }

    /// Whether any feed has been loaded: only then do new records of the published register look there for their setting.
    static func isLoaded(_ session: any Session) throws -> Bool {
        try session.count("select count(*) from registration where register = 'feed'") > 0
    }
}
