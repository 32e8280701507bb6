internal import Civil
internal import House
internal import Store

extension Register {
    /// Whose word counts first where several registers know one setting: the published registers, then the feed, then lists.
    var rank: Int {
        switch self {
        case .ofsted, .agency: 0
        case .gias: 1
        case .feed: 2
        case .list: 3
        }
    }
}

extension RegistrationLoad {
    /// Adds what this register says to a setting that another register brought.
    func attach(_ facts: RegisterFacts, to settingID: String, _ places: [String: Place]) throws {
        guard let row = try session.first("select * from setting where id = \(settingID)") else { return }
        let before = SettingRow(row)
        let others = try session.all(
            "select register, urn from registration where setting_id = \(settingID)"
        ).filter { $0.text("register") != register.rawValue || $0.text("urn") != facts.urn }
        let isFirst = others.allSatisfy { ($0.code("register", as: Register.self)?.rank ?? 9) > register.rank }
        let held = try corrections(of: [settingID])[settingID] ?? []
        var setting = before
        setting.take(facts, isFirst: isFirst, previous: nil)
        // Whichever of the two came first: one that says it is for the youngest is enough.
        if before.isEarlyYears { setting.isEarlyYears = true }
        setting.settle(place(of: facts, among: places), keeping: before, held: held)
        try keep(held, in: &setting, before: before, facts: facts)
        let inspections = try Inspection.of(setting: settingID, in: session)
        setting.take(Inspection.latest(inspections))
        if setting != before {
            try SettingRow.write(
                [setting], in: session, version: try run.version(), now: run.now, checkedOn: run.edition)
        }
    }
}

extension SettingRow {
    /// Takes over what a register says. The first register of a setting decides; another fills what is empty, and changes only
    /// what it brought itself before (`previous`, its old row).
    mutating func take(_ facts: RegisterFacts, isFirst: Bool, previous: Row?) {
        func text(_ held: String?, _ column: String, _ told: String?) -> String? {
            let isItsOwn = previous.map { $0.textOrNil(column) == held } ?? false
            return isFirst || isItsOwn || held == nil ? told ?? (isItsOwn ? nil : held) : held
        }
        name = text(name, "name", facts.name)
        address = text(address, "address", facts.address)
        town = text(town, "town", facts.town)
        postcode = text(postcode, "postcode", facts.postcode)
        telephone = text(telephone, "telephone", facts.telephone)
        email = text(email, "email", facts.email)
        website = text(website, "website", facts.website)
        registers = text(registers, "registers", facts.registers)
        if facts.tellsSecrecy { isSecret = facts.isSecret }
        if isFirst {
            type = facts.type
            places = facts.places ?? places
            isEarlyYears = facts.isEarlyYears || (isEarlyYears && !facts.isSureOfAge)
            status = facts.isClosed ? .closed : .open
        } else {
            if places == nil || places == 0 || places == previous?.intOrNil("places") {
                places = facts.places ?? places
            }
            if facts.isEarlyYears { isEarlyYears = true }
            if previous?.textOrNil("gone_day") != nil, status == .gone, !facts.isClosed { status = .open }
        }
        if isFirst || authorityCode == nil {
            authorityCode = facts.authorityCode ?? authorityCode
            authorityName = facts.authorityTitle ?? facts.authorityName ?? authorityName
        }
    }

    /// Places it anew when its postcode changed or it was nowhere before; a place set by hand stays.
    mutating func settle(_ found: Place, keeping before: SettingRow, held: [HeldFact]) {
        if isSecret { return settle(.nowhere) }
        if held.contains(where: { $0.field == "postcode" || $0.field == "ward_code" }) {
            place = before.place
            return
        }
        let isMoved = postcode != before.postcode || before.isSecret
        if isMoved || found.isBetter(than: before.place) { settle(found) } else { place = before.place }
    }
}

extension Place {
    /// Whether this is known on firmer ground than the other (`docs/rules/postcodes.md`).
    func isBetter(than other: Place) -> Bool {
        func rank(_ basis: PlaceBasis) -> Int {
            switch basis {
            case .hand: 6
            case .live: 5
            case .terminated: 4
            case .register: 3
            case .sector: 2
            case .ward: 1
            case .none: 0
            }
        }
        return rank(basis) > rank(other.basis)
    }
}
