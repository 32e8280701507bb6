import Page
import TestKit
import Testing

@Suite("Forms")
struct FormTests {
    private func page(_ form: Form) -> HTMLDocument { HTMLDocument("<body>\(form.html.string)</body>") }

    @Test("What was typed is never lost, whatever was typed")
    func valuesAreKept() {
        var form = Form.post("/x", "Save", fields: Gallery.fields)
        let typed = FormData([
            ("name", "\"<x>\" & 'y'"), ("email", "a@b"), ("postcode", "e16"), ("kind", "sc"), ("days", "Monday"), ("days", "Tuesday"),
            ("count", "eleven"), ("ward", Gallery.names[6]), ("opened", "31/2"), ("birthday-month", "13"), ("about", "\n  two\nlines "),
            ("agree", "yes"), ("id", "999"),
        ])
        form.values = typed
        let page = page(form)
        #expect(page.element(id: "name")?["value"] == "\"<x>\" & 'y'")
        #expect(page.all("input").filter { $0.has("checked") }.compactMap { $0["value"] } == ["sc", "Monday", "Tuesday", "yes"])
        #expect(page.all("option").filter { $0.has("selected") }.map(\.text) == [Gallery.names[6]])
        #expect(page.element(id: "birthday-month")?["value"] == "13")
        #expect(form.html.string.contains(">\n\n  two\nlines </textarea>"))
        #expect(page.all("input").first { $0["name"] == "id" }?["value"] == "7", "hidden fields are the program's")
    }

    @Test("Ticks taken away stay away after an error")
    func unticked() {
        let field = Field.checkboxes("days", "Open on", choices: [Choice("a", "A"), Choice("b", "B")]).filled(all: ["a", "b"])
        var form = Form.post("/x", "Save", fields: [field])
        #expect(page(form).all("input").filter { $0.has("checked") }.count == 2)
        form.values = FormData([("other", "1")])
        #expect(page(form).all("input").filter { $0.has("checked") }.isEmpty)
    }

    @Test("An error stands under its field, is tied to it, and the summary leads to it")
    func errors() {
        var errors = FieldErrors()
        errors.add("name", "Enter the setting's name")
        errors.add("kind", "Choose a kind")
        let page = HTMLDocument(Gallery.form(errors: errors, values: FormData([])).html.bytes)
        let name = page.element(id: "name")
        #expect(name?["aria-invalid"] == "true")
        #expect(name?["aria-describedby"] == "name-hint name-error")
        #expect(page.element(id: "name-error")?.text == "Error: Enter the setting's name")
        for link in page.all("a") where link.text.hasPrefix("Choose a kind") {
            #expect(page.element(id: String((link["href"] ?? "").dropFirst()))?["name"] == "kind")
        }
        #expect(page.element(id: "email")?["aria-invalid"] == nil)
    }

    @Test("A form with a file is sent in parts; one without is not; secrets and hidden values go along")
    func encodings() {
        var form = Form.post("/x", "Load", fields: [.group("List", [.file("list", "The list")])])
        form.token = "t0ken"
        form.hidden = [("kind", "ofsted")]
        let page = page(form)
        #expect(page.first("form")?["enctype"] == "multipart/form-data")
        #expect(page.all("input").filter { $0["type"] == "hidden" }.compactMap { $0["value"] } == ["t0ken", "ofsted"])
        #expect(HTMLDocument(Form.get("/x", "Find", fields: [.search("q", "Words")]).html.bytes).first("form")?["enctype"] == nil)
    }

    @Test("Optional questions say so, and phones get the right keyboard")
    func helps() {
        let page = page(Form.post("/x", "Save", fields: Gallery.fields))
        #expect(page.all("label").contains { $0.text == "Email address (optional)" })
        #expect(page.element(id: "count")?["inputmode"] == "numeric")
        #expect(page.element(id: "email")?["autocomplete"] == "email")
        #expect(page.element(id: "postcode")?["autocomplete"] == "postal-code")
    }

    @Test("A confirmation says what will happen and lets the person leave")
    func confirm() {
        let ask = Confirm(
            "Publish?", action: "/p", confirm: "Publish four areas", cancel: Link("Keep working", "/d"), consequences: ["It shows."],
            hidden: [("draft", "7")])
        let page = HTMLDocument(ask.html.bytes)
        #expect(page.all("button").map(\.text) == ["Publish four areas"])
        #expect(page.all("a").map(\.text) == ["Keep working"])
        #expect(page.text.contains("It shows."))
        #expect(page.first("form")?["method"] == "post")
    }
}
