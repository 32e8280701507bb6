internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// The terms of reference: what stands, every earlier version, and the form that writes the next.
    func termsPage(_ request: Request) async throws -> Answer {
        .page(try await termsHTML(request, FieldErrors(), typed: nil))
    }

    func saveTerms(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        guard let body = reader.text("terms", missing: "Write the terms of reference.", max: 20_000) else {
            return .page(try await termsHTML(request, reader.errors, typed: request.form), status: 422)
        }
        let (tools, id, version) = (tools, request.parameter("group"), Int(request.form["version"] ?? "") ?? 0)
        guard try await tools.database.write({ try GroupWork.write(terms: body, over: version, id, tools, $0) }) else {
            let reading = try await termsReading(request)
            let versions = TwoVersions(
                rows: [("The terms of reference", reading.now?.body, body)], action: "\(reading.group.path)/terms",
                fields: [termsField("What you wrote", reading)], typed: request.form, version: reading.now?.number ?? 0,
                back: Link("Terms of reference", "\(reading.group.path)/terms"),
                rest: "<p class=\"quiet\">What you wrote is also kept below, as “set aside”.</p>\(earlier(reading))")
            return versions.answer(in: frame(TwoVersions.heading, hub: reading.group.ground.slug, section: .groups))
        }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/groups/\(id)?done=terms")
    }

    private struct TermsReading {
        let group: GroupReading
        let versions: [TermsVersion]
        let names: [String: String]
        /// Those that stand.
        var now: TermsVersion? { versions.first { !$0.isAside } }
    }

    private func termsReading(_ request: Request) async throws -> TermsReading {
        let reading = try await groupReading(request)
        let (versions, names) = try await tools.database.read { session in
            let versions = try GroupWork.versions(reading.book.group.id, session)
            return (versions, try PeopleBook.names(versions.map(\.by), session))
        }
        return TermsReading(group: reading, versions: versions, names: names)
    }

    private func termsField(_ label: String, _ reading: TermsReading) -> Field {
        Field.textArea(
            "terms", label,
            hint:
                "What the group is for, what it decides, who sits in it, how it meets, how it tells the sectors. At most 20,000 characters.",
            rows: 16
        ).filled(reading.now?.body)
    }

    private func termsHTML(_ request: Request, _ errors: FieldErrors, typed: FormData?) async throws -> HTML {
        let reading = try await termsReading(request)
        let (ground, path, now) = (reading.group.ground, reading.group.path, reading.now)
        var frame = frame("Terms of reference", hub: ground.slug, section: .groups)
        frame.breadcrumbs = [Link("Groups", "/staff/network/\(ground.slug)/groups"), Link(reading.group.book.group.title, path)]
        frame.errors = errors
        let standing: HTML =
            now.map { terms in
                let by = "\(terms.writtenAt?.shown ?? ""), \(reading.names[terms.by] ?? "")"
                return Card("As they stand: version \(terms.number)", "\(paragraphs(terms.body))<p class=\"quiet\">\(by)</p>").html
            } ?? ""
        var writing: HTML?
        if mayKeepGroups(ground.id) {
            var form = Form.post("\(path)/terms", "Save as a new version", fields: [termsField("The terms of reference", reading)])
            form.values = typed
            form.errors = errors
            form.hidden = [("version", "\(now?.number ?? 0)")]
            form.cancel = Link("Leave them as they are", path)
            writing = Card(now == nil ? "Write them" : "Change them", form.html).html
        }
        frame.content = "\(writing ?? standing)\(earlier(reading))"
        return frame.html
    }

    private func earlier(_ reading: TermsReading) -> HTML? {
        let items = reading.versions.filter { $0.id != reading.now?.id }.html { version in
            let words = version.isAside ? "Set aside, written over version \(version.number)" : "Version \(version.number)"
            return Disclosure(
                "\(words), \(version.writtenAt?.dayInLondon.medium ?? ""), \(reading.names[version.by] ?? "")", paragraphs(version.body)
            ).html
        }
        return items.isEmpty ? nil : Card("Earlier versions", items).html
    }
}
