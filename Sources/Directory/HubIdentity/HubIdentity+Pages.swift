internal import Civil
internal import House
internal import Page
internal import Pictures
internal import Store

extension Directory {
    /// How a hub looks and is reached, to be changed.
    func identityPage(_ request: Request) async throws -> Answer {
        let form = try await identityForm(request)
        let notices: [Notice] =
            request.query["done"] == "saved"
            ? [.success("How the hub looks is saved.", "<a href=\"\(link: form.hub.publicPath)\">See its page as everybody does</a>")] : []
        return .page(identityHTML(form, notices))
    }

    func saveIdentity(_ request: Request) async throws -> Answer {
        var form = try await identityForm(request)
        let read = form.read(request.form)
        let pictures = await pictures(of: request, &form)
        guard let (name, identity) = read, form.errors.isEmpty else {
            if !request.uploads.values.allSatisfy({ $0.size == 0 }), form.errors["logo"] == nil, form.errors["funder-logo"] == nil {
                form.errors.add("logo", "Choose the picture again: it cannot be kept while something else is mended.")
            }
            return .page(identityHTML(form, []), status: 422)
        }
        let (tools, hub) = (tools, form.hub)
        var before = form.before
        before.edition = identity.edition
        do {
            try await tools.database.write { [before, name, identity] session in
                var identity = identity
                if let logo = pictures["logo"] { identity.logo = try Pictures.keep(logo, at: tools.clock.now, in: session) }
                if let logo = pictures["funder-logo"] { identity.funderLogo = try Pictures.keep(logo, at: tools.clock.now, in: session) }
                try identity.save(over: before, name: name, hub, session, tools)
            }
        } catch let refused as ChangeRefused {
            return .page(identityHTML(form, [.error("Nothing was saved.", "\(refused.message)")]), status: 422)
        } catch is IdentityClash {
            let now = try await identityForm(request).before
            form = HubIdentityForm(hub: hub, before: now, typed: request.form)
            let notice = Notice.error(
                "Somebody else saved this page while you were writing.",
                "Below is what you wrote, not yet saved. Look at it and save again.")
            return .page(identityHTML(form, [notice]), status: 409)
        }
        return .redirect(to: "\(hub.staffPath)/identity?done=saved")
    }

    /// The pictures that came with the form, made ours. What is wrong with one stands in the form's errors.
    private func pictures(of request: Request, _ form: inout HubIdentityForm) async -> [String: Picture] {
        var pictures: [String: Picture] = [:]
        for field in ["logo", "funder-logo"] {
            guard let upload = request.uploads[field], upload.size > 0 else { continue }
            do {
                pictures[field] = try await Pictures.picture(fromFile: upload.path, size: upload.size, as: .logo)
            } catch {
                form.errors.add(field, (error as? PictureProblem)?.message ?? "This picture could not be read. Send a PNG or a JPEG.")
            }
        }
        return pictures
    }

    private func identityForm(_ request: Request) async throws -> HubIdentityForm {
        let slug = request.parameter("hub")
        return try await tools.database.read { session in
            let hub = try Hubs.named(slug, session)
            return HubIdentityForm(hub: hub, before: try HubIdentity.of(hub, session))
        }
    }

    private func identityHTML(_ form: HubIdentityForm, _ notices: [Notice]) -> HTML {
        let hub = form.hub
        var frame = tools.frame("How \(hub.name) looks and is reached", for: .staff, at: hub.staffPath)
        frame.breadcrumbs = [Link("Hubs and areas", "/staff/hubs"), Link(hub.name, hub.staffPath)]
        frame.lead = "It stands on the hub’s public pages and on its printed directories."
        frame.notices = notices
        frame.errors = form.errors
        if let path = form.before.colours?.path, !frame.stylesheets.contains(path) { frame.stylesheets.append(path) }
        frame.content = Columns(Card(nil, form.html).html, openingCard(hub, form.before)).html
        return frame.html
    }

    /// Whether everybody sees the hub, and what is missing if not.
    private func openingCard(_ hub: Hub, _ identity: HubIdentity) -> HTML {
        let state: HTML =
            hub.isOpen
            ? "<p>\(Tag("Open", .good)) Everybody sees its pages.</p>" : "<p>\(Tag("Not open", .warning)) Only its team sees its pages.</p>"
        let missing = Opening.hindrances(hub, identity)
        let list: HTML = missing.isEmpty ? "" : "<p>Safeguarding numbers still to come:</p><ul>\(missing.html { "<li>\($0)</li>" })</ul>"
        var card = Card("Who sees it", "\(state)\(list)")
        card.link = Link(hub.isOpen ? "Close the hub again" : "Open the hub to everybody", "\(hub.staffPath)/opening")
        return card.html
    }

    // MARK: Opening

    /// What a hub needs to open, and the button.
    func openingPage(_ request: Request) async throws -> Answer {
        let (hub, identity) = try await openingOf(request)
        return .page(
            openingHTML(hub, identity, request.query["done"] == "open" ? [.success("The hub is open.", "Everybody sees its pages.")] : []))
    }

    func changeOpening(_ request: Request) async throws -> Answer {
        let (hub, identity) = try await openingOf(request)
        let wish = request.form["do"]
        guard wish == "open" || wish == "close" else { return .page(openingHTML(hub, identity, []), status: 422) }
        let tools = tools
        do {
            try await tools.database.write { session in
                if wish == "open" { try Opening.open(hub, session, tools) } else { try Opening.close(hub, session, tools) }
            }
        } catch let refused as ChangeRefused {
            return .page(
                openingHTML(hub, identity, [.error(refused.message, "Write the numbers that are missing, then open it.")]), status: 422)
        }
        return .redirect(to: wish == "open" ? "\(hub.staffPath)/opening?done=open" : "\(hub.staffPath)?done=closed")
    }

    private func openingOf(_ request: Request) async throws -> (Hub, HubIdentity) {
        let slug = request.parameter("hub")
        return try await tools.database.read { session in
            let hub = try Hubs.named(slug, session)
            return (hub, try HubIdentity.of(hub, session))
        }
    }

    private func openingHTML(_ hub: Hub, _ identity: HubIdentity, _ notices: [Notice]) -> HTML {
        let path = "\(hub.staffPath)/opening"
        var frame = tools.frame(hub.isOpen ? "\(hub.name) is open" : "Open \(hub.name)", for: .staff, at: hub.staffPath)
        frame.breadcrumbs = [Link("Hubs and areas", "/staff/hubs"), Link(hub.name, hub.staffPath)]
        frame.notices = notices
        let missing = Opening.hindrances(hub, identity)
        let list: HTML = "<ul>\(missing.html { "<li>\($0)</li>" })</ul>"
        let look: HTML = "<p><a href=\"\(link: hub.publicPath)\">See its page as everybody \(hub.isOpen ? "does" : "will")</a></p>"
        if hub.isOpen {
            let warning: HTML =
                missing.isEmpty
                ? ""
                : Card(
                    "Safeguarding numbers are missing",
                    """
                    <p>The hub was open before they were asked for, so it stays open. People who worry about a child look for them: \
                    write them soon.</p>\(list)<p><a href="\(link: "\(hub.staffPath)/identity")">Write the numbers</a></p>
                    """
                ).html
            let close = Confirm(
                "Close it again?", action: path, confirm: "Close the hub", cancel: Link("Leave it open", hub.staffPath),
                consequences: [
                    "Only its team sees its pages. Links on leaflets lead nowhere until it is opened again.", "Nothing is lost.",
                ], hidden: [("do", "close")])
            frame.content = "\(warning)\(look)\(close)"
        } else if missing.isEmpty {
            frame.lead = "Until now only its team sees it."
            let open = Confirm(
                "Open \(hub.name) to everybody?", action: path, confirm: "Open the hub", cancel: Link("Not yet", hub.staffPath),
                consequences: [
                    "Everybody finds it on the first page and sees its areas in force, its directories and how to reach it.",
                    "The safeguarding numbers stand at the foot of each of its pages.", "It can be closed again.",
                ], hidden: [("do", "open")], isDanger: false)
            frame.content = "\(open)\(look)"
        } else {
            frame.lead = "A hub opens once people who worry about a child find there whom to ring."
            frame.action = Action("Write the numbers", "\(hub.staffPath)/identity")
            frame.content = "\(Card("Still missing", list))\(look)"
        }
        return frame.html
    }
}
