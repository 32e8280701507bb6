internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

/// One contact: what it says, correcting it, and what it said before.
extension Network {
    var correctionRoutes: [Route] {
        let one = "/staff/network/{hub}/contacts/{contact}"
        return [
            route(.get, one, .logContact, "A contact, and what it said before", at: Self.atHub) {
                try await $0.correctionPage($1, errors: FieldErrors())
            },
            route(.post, one, .logContact, "Correct a contact", at: Self.atHub) { try await $0.correct($1) },
        ]
    }

    private struct Reading: Sendable {
        let hub: HubGround
        let story: Contacts.Story
        let titles: [String: String]
        let team: [PeopleBook.Entry]
        let settingPeople: [PeopleBook.Entry]
        let people: [String: String]

        /// "Call with Larkspur Nursery".
        var heading: String {
            let settings = story.words.settings
            let who =
                settings.count == 1 ? titles[settings[0]] ?? "A setting" : settings.isEmpty ? "a partner" : "\(settings.count) settings"
            return "\(story.words.how.name) with \(who)"
        }
    }

    private func reading(_ request: Request) async throws -> Reading {
        let (slug, id, today) = (request.parameter("hub"), request.parameter("contact"), tools.clock.today)
        return try await tools.database.read { session in
            let hub = try HubGround.of(slug, on: today, session)
            let story = try Contacts.story(id, session)
            let versions = [story.words] + story.before.map(\.words)
            var seen: Set<String> = []
            let team = try PeopleBook.of(hub: hub.id, roles: Network.teamRoles, session).filter { seen.insert($0.id).inserted }
            let one = story.words.settings.count == 1 ? story.words.settings.first : nil
            let told = versions.flatMap { [$0.withPerson, $0.nextPerson] }.compactMap { $0.map { "person:\($0)" } }
            return Reading(
                hub: hub, story: story, titles: try Directory.titles(of: versions.flatMap(\.settings), session), team: team,
                settingPeople: try one.map { try PeopleBook.of(hub: hub.id, setting: $0, session) } ?? [],
                people: try PeopleBook.names(told + story.before.map(\.by) + [story.by], session))
        }
    }

    private func correctionPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let read = try await reading(request)
        let story = read.story
        let base = "/staff/network/\(read.hub.slug)"
        let one = story.words.settings.count == 1 ? story.words.settings.first : nil
        var frame = tools.frame(read.heading, for: .staff, at: "/staff/network")
        frame.breadcrumbs = [Link("The network", base)]
        if let one { frame.breadcrumbs.append(Link(read.titles[one] ?? "A setting", "\(base)/settings/\(one)")) }
        frame.lead = "On \(story.words.day.medium), logged by \(read.people[story.by] ?? "somebody who left")."
        frame.errors = errors
        frame.scripts = ["keep.js"]
        let history = history(read)
        if story.isUndone {
            frame.notices = [.note("It was taken back, so it stands in no list and no count.")]
            frame.content = "\(Button("Bring it back", action: "\(base)/contacts/\(request.parameter("contact"))/restore"))\(history)"
            return .page(frame.html)
        }
        var form = Form.post(
            "\(base)/contacts/\(request.parameter("contact"))", "Save", fields: fields(read))
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.hidden = [("version", "\(story.version)")]
        form.cancel = Link("Leave it", one.map { "\(base)/settings/\($0)" } ?? base)
        frame.content = Columns(Card("Correct it", form.html).html, history).html
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func history(_ read: Reading) -> HTML {
        let versions = read.story.before
        if versions.isEmpty { return Card("What it said before", "<p>It was never corrected.</p>").html }
        let items = versions.indices.reversed().html { index -> HTML in
            let later = index + 1 < versions.count ? versions[index + 1].words : read.story.words
            let rows = versions[index].words.differences(to: later, titles: read.titles, people: read.people)
            let by = read.people[versions[index].by] ?? "somebody who left"
            return "<h3>\(versions[index].at.shown), by \(by)</h3>\(Difference(rows))"
        }
        return Card("What it said before", items).html
    }

    private func fields(_ read: Reading) -> [Field] {
        let words = read.story.words
        let there = words.settings.map { Choice($0, read.titles[$0] ?? "A setting") }
        let others = read.hub.settings.filter { !words.settings.contains($0.id) }.map { Choice($0.id, $0.title) }
        var fields: [Field] = []
        if !there.isEmpty {
            fields.append(Field.checkboxes("setting", "With whom?", choices: there).filled(all: words.settings))
            fields.append(Field.select("other", "And with", choices: others, prompt: "Nobody else"))
        }
        fields += [
            Field.radios("how", "How?", choices: Contact.How.allCases.map { Choice($0.rawValue, $0.name) }).filled(words.how.rawValue),
            Field.radios("outcome", "What came of it?", choices: Contact.Outcome.allCases.map { Choice($0.rawValue, $0.name) }).filled(
                words.outcome.rawValue),
            Field.textArea("note", "What was said", hint: "Write no child’s name.", rows: 5).optional().filled(words.note),
            Field.text("purpose", "What was it about?").optional().filled(words.purpose),
            Field.date("day", "On which day").filled(words.day.medium),
        ]
        if !read.settingPeople.isEmpty {
            fields.append(
                Field.select("with", "With whom there", choices: read.settingPeople.map { Choice($0.id, $0.name) }, prompt: "Not said")
                    .filled(words.withPerson))
        }
        fields.append(
            Field.checkbox("shared", "The setting’s own people may read this note").filled(words.isShared ? "yes" : nil))
        fields.append(
            .group(
                "What next?",
                [
                    Field.text("next", "To do").optional().filled(words.nextStep),
                    Field.date("next_day", "By").optional().filled(words.nextDay?.medium),
                    Field.select(
                        "next_person", "Who does it", choices: read.team.map { Choice($0.id, $0.name) }, prompt: "Nobody yet"
                    ).filled(words.nextPerson),
                ]))
        return fields
    }

    private func correct(_ request: Request) async throws -> Answer {
        let read = try await reading(request)
        if read.story.isUndone { throw Refusal.badRequest("This contact was taken back. Bring it back to correct it.") }
        var reader = FormReader(request.form)
        guard let words = words(read, &reader) else { return try await correctionPage(request, errors: reader.errors) }
        let (tools, id) = (tools, request.parameter("contact"))
        let version = request.form["version"].flatMap { Int($0) } ?? 0
        let hub = read.hub.id
        let saved = try await tools.database.write { try Contacts.correct(id, to: words, version: version, hub: hub, tools, $0) }
        if !saved {
            let now = try await reading(request)
            let differences = now.story.words.differences(to: words, titles: now.titles, people: now.people)
            let versions = TwoVersions(
                rows: differences.map { ($0.field, $0.before, $0.after) }, action: request.path, fields: fields(now), typed: request.form,
                version: now.story.version, back: Link(now.heading, request.path), rest: history(now))
            return versions.answer(in: tools.frame(TwoVersions.heading, for: .staff, at: "/staff/network"))
        }
        let base = "/staff/network/\(read.hub.slug)"
        return .redirect(to: words.settings.count == 1 ? "\(base)/settings/\(words.settings[0])?done=corrected" : "\(base)?done=corrected")
    }

    private func words(_ read: Reading, _ reader: inout FormReader) -> ContactWords? {
        let today = tools.clock.today
        let form = reader.form
        let known = Set(read.story.words.settings).union(read.hub.settings.map(\.id))
        let settings = Set(form.all("setting") + [form["other"] ?? ""]).filter(known.contains).sorted()
        if settings.isEmpty && !read.story.words.settings.isEmpty { reader.fail("setting", "Choose at least one setting.") }
        let how = reader.choice("how", of: Contact.How.self, missing: "Say how you were in touch.")
        let outcome = reader.choice("outcome", of: Contact.Outcome.self, missing: "Say what came of it.")
        let note = reader.optionalText("note", max: 20_000)
        let purpose = reader.optionalText("purpose", max: 200)
        let day = reader.day("day") ?? today
        if day > today { reader.fail("day", "This day is still to come. Write the day it happened.") }
        let next = reader.optionalText("next", max: 500)
        var nextDay = reader.day("next_day")
        if next != nil && nextDay == nil { nextDay = today.adding(days: 14) }
        if next == nil && nextDay != nil { reader.fail("next", "Write what is to be done by then, or take the date away.") }
        guard let how, let outcome, reader.errors.isEmpty else { return nil }
        var words = read.story.words
        words.settings = settings
        words.how = how
        words.outcome = outcome
        words.note = note
        words.purpose = purpose
        words.day = day
        words.isShared = reader.flag("shared")
        // Somebody who left stays named where nobody chose anew.
        if !read.settingPeople.isEmpty { words.withPerson = read.settingPeople.first { $0.id == form["with"] }?.id }
        words.nextStep = next
        words.nextDay = next == nil ? nil : nextDay
        words.nextPerson = next == nil ? nil : read.team.first { $0.id == form["next_person"] }?.id
        return words
    }
}
