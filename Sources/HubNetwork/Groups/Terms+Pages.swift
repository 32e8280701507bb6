internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// The terms of reference: what stands, every earlier version, and the form that writes the next.
    func termsPage(_ request: Request) async throws -> Answer {
        .page(try await termsHTML(request, FieldErrors(), typed: nil, clash: false))
    }

    func saveTerms(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        guard let body = reader.text("terms", missing: "Write the terms of reference.", max: 20_000) else {
            return .page(try await termsHTML(request, reader.errors, typed: request.form, clash: false), status: 422)
        }
        let (tools, id, version) = (tools, request.parameter("group"), Int(request.form["version"] ?? "") ?? 0)
        guard try await tools.database.write({ try GroupWork.write(terms: body, over: version, id, tools, $0) }) else {
            return .page(try await termsHTML(request, FieldErrors(), typed: request.form, clash: true), status: 409)
        }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/groups/\(id)?done=terms")
    }

    private func termsHTML(_ request: Request, _ errors: FieldErrors, typed: FormData?, clash: Bool) async throws -> HTML {
        let reading = try await groupReading(request)
        let group = reading.book.group
        let (versions, names) = try await tools.database.read { session in
            let versions = try GroupWork.versions(group.id, session)
            return (versions, try PeopleBook.names(versions.map(\.by), session))
        }
        let now = versions.first { !$0.isAside }
        var frame = frame("Terms of reference", hub: reading.ground.slug, section: .groups)
        frame.breadcrumbs = [Link("Groups", "/staff/network/\(reading.ground.slug)/groups"), Link(group.title, reading.path)]
        frame.errors = errors
        let standing: HTML =
            now.map { terms in
                Card(
                    "As they stand: version \(terms.number)",
                    "\(paragraphs(terms.body))<p class=\"quiet\">\(terms.writtenAt?.shown), \(names[terms.by])</p>"
                ).html
            } ?? ""
        var writing: HTML?
        if mayKeepGroups(reading.ground.id) {
            var form = Form.post(
                "\(reading.path)/terms", clash ? "Save mine as the newest version" : "Save as a new version",
                fields: [
                    Field.textArea(
                        "terms", clash ? "What you wrote" : "The terms of reference",
                        hint:
                            "What the group is for, what it decides, who sits in it, how it meets, how it tells the sectors. At most 20,000 characters.",
                        rows: 16
                    ).filled(now?.body)
                ])
            form.values = typed
            form.errors = errors
            form.hidden = [("version", "\(now?.number ?? 0)")]
            form.cancel = Link("Leave them as they are", reading.path)
            writing = Card(clash ? "What you wrote" : now == nil ? "Write them" : "Change them", form.html).html
        }
        if clash {
            frame.notices = [
                .error(
                    "Somebody changed this while you were writing.",
                    "Nothing is lost: theirs stands, and yours is kept below among the versions as “set aside”. Take what you need from both and save."
                )
            ]
        }
        let earlier = versions.filter { $0.id != now?.id }.html { version in
            let words = version.isAside ? "Set aside, written over version \(version.number)" : "Version \(version.number)"
            return Disclosure(
                "\(words), \(version.writtenAt?.dayInLondon.medium ?? ""), \(names[version.by] ?? "")", paragraphs(version.body)
            ).html
        }
        let old: HTML? = earlier.isEmpty ? nil : Card("Earlier versions", earlier).html
        frame.content = clash ? "\(standing)\(writing)\(old)" : "\(writing ?? standing)\(old)"
        return frame.html
    }
}
