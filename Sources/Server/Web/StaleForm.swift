internal import House
internal import Page

/// A form from a page that was opened before its sender changed hats, or signed in anew, in another tab: its token is of the cookie they
/// had then. It came from a page of ours (`CrossSiteGuard`), so nothing is done, and nothing they wrote is lost: they are asked.
enum StaleForm {
    /// What no page repeats.
    private static let secrets: Set<String> = ["passphrase", "old", "new", "code"]

    /// The question, or nil where there is nobody to ask or nothing to keep.
    static func question(_ body: FormBody, to path: String, from asker: Asker, _ look: HubLook?, _ tools: Tools) -> Answer? {
        let fields = body.form.pairs.filter { $0.name != "token" }
        guard asker.personID != nil, body.form["token"]?.isEmpty == false, body.uploads.isEmpty,
            !fields.contains(where: { secrets.contains($0.name) })
        else { return nil }
        var form = Form.post(path, "Send it now", fields: [])
        form.hidden = fields.map { ($0.name, $0.value) }
        form.cancel = Link("Leave it", "/start")
        let words = fields.map(\.value).filter { $0.contains(" ") }
        let written: HTML? =
            words.isEmpty ? nil : "<p>You wrote:</p>\(words.html { "<pre class=\"letter\">\($0)</pre>" })"
        let hat = asker.worn.map { ", \($0.words)" } ?? ""
        var frame = tools.serving(asker).frame(
            "Send it once more?", for: .staff, at: "",
            content: """
                <p>Since you opened that page you changed your hat or signed in anew, so nothing was done yet, and nothing you wrote is \
                lost.</p><p>You are now <strong><bdi>\(asker.name)</bdi></strong>\(hat).</p>\(written)\(form)
                """)
        if let look { frame.wear(look) }
        frame.isListed = false
        return .page(frame.html, status: 403)
    }
}
