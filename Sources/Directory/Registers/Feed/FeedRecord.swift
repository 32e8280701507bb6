internal import Civil
internal import Files

/// One registration of the feed as facts. Where an element has one child or many, or none, makes no difference here.
enum FeedRecord {
    static func facts(_ tree: Tree, number: Int, authority: AuthorityName?, name: String?) throws(RowProblem)
        -> RegisterFacts
    {
        var facts = RegisterFacts()
        facts.line = number
        let reference = tree.text("ReferenceNumber")
        guard let urn = URN(reference, in: .feed) else {
            throw RowProblem(
                reference.isEmpty
                    ? "The registration has no reference number." : "“\(reference)” is not an Ofsted number.")
        }
        facts.urn = urn.value
        facts.authorityName = name
        facts.authorityCode = authority?.code
        facts.authorityTitle = authority?.title
        let code = tree.text("ProvisionType")
        facts.kind = known(FeedCodes.kind(code))
        facts.subtype = known(tree.text("SecondaryProvisionType"))
        facts.type = FeedCodes.type(code) ?? .other
        let status = tree.text("RegistrationStatus")
        facts.status = known(FeedCodes.status(status))
        facts.isClosed = FeedCodes.isClosed(status)
        facts.personURN = known(tree.text("RPReferenceNumber"))
        facts.personName = known(tree.text("Provider", "ProviderName"))
        facts.tellsSecrecy = true
        facts.isSecret = isSecret(tree)
        try registration(tree, &facts)
        place(tree, &facts)
        facts.inspections = try inspections(tree)
        facts.details = details(tree, code: code)
        let own = URN(trusted: urn.value, in: .ofsted)
        facts.claims = [own, own.alternative].compactMap(\.self) + [URN(trusted: urn.value, in: .agency)]
        return facts
    }

    private static func known(_ text: String) -> String? { text.isEmpty || text == "REDACTED" ? nil : text }

    /// Any mention of the three marks, however the element is built, makes a setting secret: too much is safer than too little.
    private static func isSecret(_ tree: Tree) -> Bool {
        tree["SpecialConsiderations"].contains { holdsMark($0) }
            || tree["SpecialConsiderationsList"].contains { holdsMark($0) }
    }

    private static func holdsMark(_ tree: Tree) -> Bool {
        let words = tree.text.uppercased().split { !$0.isLetter }
        return words.contains { FeedCodes.secret.contains(String($0)) }
            || tree.attributes.values.contains { FeedCodes.secret.contains($0.uppercased()) }
            || tree.children.contains { FeedCodes.secret.contains($0.name.uppercased()) || holdsMark($0) }
    }

    private static func registration(_ tree: Tree, _ facts: inout RegisterFacts) throws(RowProblem) {
        let day = tree.text("RegistrationDate")
        if !day.isEmpty {
            guard let iso = RowText.written(day) else { throw RowProblem("“\(day)” is not a day (registration date).") }
            facts.registeredOn = iso
        }
        let registers = Set(
            tree["ChildServicesRegisterList"]["ChildServicesRegister"].filter { $0.text("EndDate").isEmpty }
                .map { $0.text("Register") })
        facts.registers = OfstedWords.registers(
            early: registers.contains("EYR"), compulsory: registers.contains("CCR"),
            voluntary: registers.contains("VCR"))
        facts.isEarlyYears = registers.contains("EYR")
        facts.places = tree["ChildcareAgeList"]["ChildcareAge"].compactMap { Int($0.text("MaximumNumber")) }.max()
    }

    private static func place(_ tree: Tree, _ facts: inout RegisterFacts) {
        let setting = tree.first("Setting")
        facts.name = known(setting?.text("SettingName") ?? "") ?? facts.personName
        let own = setting?.first("SettingAddress")
        let address = own ?? tree.first("Provider")?.first("ProviderAddress")
        if let address {
            facts.address = RowText.address(
                ["AddressLine1", "AddressLine2", "AddressLine3"].map { known(address.text($0)) })
            facts.town = known(address.text("Town")).map(RowText.town)
            facts.postcode = known(address.text("Postcode")).map { Postcode($0)?.text ?? $0 }
        }
        let contacts = [setting?.first("SettingContact"), tree.first("Provider")?.first("ProviderContact")].compactMap(
            \.self)
        func first(_ names: [String]) -> String? {
            for contact in contacts {
                for name in names { if let text = known(contact.text(name)) { return text } }
            }
            return nil
        }
        facts.telephone = first(["TelephoneNumber", "WorkTelephoneNumber", "MobileNumber"])
        facts.email = first(["EmailAddress", "Email"])
        facts.website = first(["WebsiteAddress", "Website"])
    }

    private static func inspections(_ tree: Tree) throws(RowProblem) -> [Inspection] {
        var found: [Inspection] = []
        for told in tree["InspectionList"]["Inspection"] {
            let written = told.text("InspectionDate")
            if written.isEmpty { continue }
            guard let day = RowText.written(written) else {
                throw RowProblem("“\(written)” is not a day (inspection).")
            }
            let judgement = told.text("InspectionOverallJudgement")
            let kind = known(told.text("InspectionType"))
            let grade = FeedCodes.grade(judgement)
            let result = grade ?? OfstedWords.result(judgement)
            let isGraded = grade != nil || !(result?.contains("met") ?? false)
            let words = result == nil && !judgement.isEmpty ? "\(kind ?? "Inspection"): \(judgement)" : kind
            let inspection = Inspection(
                framework: isGraded ? .graded : .childcareRegister, onDay: day, number: "", kind: words,
                overall: result,
                safeguarding: nil, judgements: nil)
            if !found.contains(where: { $0.isSameVisit(as: inspection) }) { found.append(inspection) }
        }
        return found
    }

    private static func details(_ tree: Tree, code: String) -> String? {
        var details: [String] = []
        if FeedCodes.type(code) == nil && !code.isEmpty { details.append("provision type \(code)") }
        let periods = tree["ChildcarePeriodList"]["ChildcarePeriod"].map(\.text)
        if !periods.isEmpty { details.append("periods \(periods.joined(separator: " "))") }
        for age in tree["ChildcareAgeList"]["ChildcareAge"] {
            details.append("ages \(age.text("AgeFrom")) to \(age.text("AgeTo")): at most \(age.text("MaximumNumber"))")
        }
        return details.isEmpty ? nil : details.joined(separator: "; ")
    }
}
