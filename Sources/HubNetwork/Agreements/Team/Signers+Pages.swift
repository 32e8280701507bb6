internal import Civil
internal import Directory
internal import Files
internal import House
internal import Page
internal import Store

extension Network {
    /// Which settings have signed and which have not, by area and kind, and the same as a spreadsheet.
    var signerRoutes: [Route] {
        let one = "/staff/network/{hub}/pledges/{agreement}"
        return [
            route(.get, "\(one)/settings", .seePledges, "Who has signed a pledge and who has not", at: Self.atAgreement) {
                try await $0.signersPage($1)
            },
            route(.get, "\(one)/settings.csv", .seePledges, "Who has signed a pledge, as a spreadsheet", at: Self.atAgreement) {
                try await $0.signersCSV($1)
            },
        ]
    }

    /// What the list is narrowed to.
    private struct Narrowing {
        let group: SigningPicture.Group?
        let area: String?
        let type: SettingType?

        init(_ query: FormData) {
            group = query["show"].flatMap(SigningPicture.Group.init(rawValue:))
            area = query["area"].flatMap { $0.isEmpty ? nil : $0 }
            type = query["type"].flatMap(SettingType.init(rawValue:))
        }

        func places(_ picture: SigningPicture) -> [HubGround.Place] {
            (group.map { picture.settings($0) } ?? picture.hub.settings).filter { place in
                (area.map { place.areas.contains($0) } ?? true) && (type == nil || place.type == type)
            }
        }

        func address(_ path: String) -> PageAddress {
            var query: [(String, String)] = []
            if let group { query.append(("show", group.rawValue)) }
            if let area { query.append(("area", area)) }
            if let type { query.append(("type", type.rawValue)) }
            return PageAddress(path, query)
        }
    }

    private func signingPicture(_ request: Request) async throws -> SigningPicture {
        let today = tools.clock.today
        return try await tools.database.read {
            try SigningPicture.of(request.parameter("agreement"), hub: request.parameter("hub"), on: today, $0)
        }
    }

    private func signersPage(_ request: Request) async throws -> Answer {
        let picture = try await signingPicture(request)
        let narrowing = Narrowing(request.query)
        let slug = picture.hub.slug
        let path = "\(picture.agreement.path(slug))/settings"
        let places = narrowing.places(picture)
        let number = request.query["page"].flatMap { Int($0) } ?? 1
        let address = narrowing.address(path)
        let paging = Paging(page: number, size: 25, total: places.count, address: address)
        var frame = frame(narrowing.group?.words ?? "Who has signed", hub: slug, section: .pledges)
        frame.breadcrumbs = [
            Link("Pledges and agreements", "/staff/network/\(slug)/pledges"), Link(picture.agreement.title, picture.agreement.path(slug)),
        ]
        frame.lead = """
            \(places.count == 1 ? "1 setting" : "\(grouped(places.count)) settings") of \(grouped(picture.hub.settings.count)) for \
            “\(picture.agreement.title)”.
            """
        let file = narrowing.address("\(path).csv")
        let lines = Array(places[paging.range])
        let list: HTML =
            lines.isEmpty
            ? "<p>No setting fits all of this. <a href=\"\(link: path)\">Show every setting</a></p>"
            : """
            <form method="get" action="\(link: "/staff/network/\(slug)/log")"><ul class="todo">\(lines.html { item($0, picture) })</ul>\
            <p><button class="button quiet">Log one contact with those ticked</button></p></form>\(paging)\
            <p class="take">Take it with you: <a href="\(link: file.href)">Spreadsheet (CSV)</a></p>
            """
        frame.content = "\(filter(picture, narrowing, path))\(Card(nil, list))"
        return .page(frame.html)
    }

    private func filter(_ picture: SigningPicture, _ narrowing: Narrowing, _ path: String) -> HTML {
        var fields: [Field] = [
            Field.select(
                "show", "Who",
                choices: SigningPicture.Group.allCases.map { Choice($0.rawValue, "\($0.words) (\(picture.settings($0).count))") },
                prompt: "Every setting"
            ).filled(narrowing.group?.rawValue)
        ]
        if !picture.hub.areas.isEmpty {
            let areas = picture.hub.areas.map { Choice($0.id, "\($0.name) (\($0.scheme))") }
            fields.append(Field.select("area", "Where", choices: areas, prompt: "The whole hub").filled(narrowing.area))
        }
        let types = Set(picture.hub.settings.map(\.type)).sorted { $0.plural < $1.plural }.map { Choice($0.rawValue, $0.plural) }
        fields.append(Field.select("type", "Kind", choices: types, prompt: "Every kind").filled(narrowing.type?.rawValue))
        let isNarrow = narrowing.group != nil || narrowing.area != nil || narrowing.type != nil
        return FilterForm(action: path, fields: fields, clear: isNarrow ? path : nil).html
    }

    private func item(_ place: HubGround.Place, _ picture: SigningPicture) -> HTML {
        let slug = picture.hub.slug
        let state = picture.states[place.id]
        let latest = picture.signatures.first { $0.settingID == place.id && picture.state(of: $0) != nil }
        let signer: HTML? = latest.map {
            "<a href=\"\(link: "\(picture.agreement.path(slug))/signatures/\($0.id)")\"><bdi>\($0.signer)</bdi></a>, \($0.day.medium). "
        }
        let words: String =
            switch state {
            case .due, .lapsed: state.map { "\($0.words)." } ?? ""
            default: ""
            }
        let action: HTML =
            state?.counts == true
            ? "<a class=\"button quiet small\" href=\"\(link: "\(picture.agreement.path(slug))/certificates/\(place.id)")\">Certificate\(unseen(" of \(place.title)"))</a>"
            : "<a class=\"button quiet small\" href=\"\(link: "/staff/network/\(slug)/log?setting=\(place.id)")\">Log a contact\(unseen(" with \(place.title)"))</a>"
        return """
            <li><label class="tick"><input type="checkbox" name="setting" value="\(place.id)">\(unseen("Choose \(place.title)"))</label>\
            <div>\(place.type.mark.icon(label: place.type.mark.words)) <a class="thing" \
            href="/staff/network/\(segment: slug)/settings/\(segment: place.id)"><bdi>\(place.title)</bdi></a> \
            \(state?.tag ?? Tag("Not signed", .warning))<p>\(signer)\(words) \(place.wardName)</p></div>\(action)</li>
            """
    }

    private func signersCSV(_ request: Request) async throws -> Answer {
        let picture = try await signingPicture(request)
        let names = Dictionary(picture.hub.areas.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var writer = CSVWriter(byteOrderMark: true)
        writer.write(texts: [
            "Setting", "Kind", "Ward", "Area", "Telephone", "E-mail", "State", "Signed on", "Signed by", "Role", "How", "Version",
        ])
        for place in Narrowing(request.query).places(picture) {
            let latest = picture.signatures.first { $0.settingID == place.id && picture.state(of: $0) != nil }
            let area = place.areas.compactMap { names[$0] }.sorted().joined(separator: ", ")
            var fields: [CSVWriter.Field] = [
                .text(place.title), .text(place.type.name), .text(place.wardName ?? ""), .text(area), .text(place.telephone ?? ""),
                .text(place.email ?? ""), .text(picture.states[place.id]?.words ?? "Not signed"),
            ]
            fields += [
                .text(latest?.day.iso ?? ""), .text(latest?.name ?? ""), .text(latest?.role ?? ""), .text(latest?.how.short ?? ""),
            ]
            fields.append(latest.flatMap { picture.agreement.version($0.versionID)?.number }.map { .number($0) } ?? .empty)
            writer.write(fields)
        }
        let name = Narrowing(request.query).group?.rawValue ?? "settings"
        return .file(
            writer.bytes, name: "\(picture.agreement.kind.word)-\(name)-\(tools.clock.today.iso).csv",
            contentType: "text/csv; charset=utf-8")
    }
}
