internal import Civil
internal import Directory
internal import House
internal import Page

extension Network {
    /// All answers on one sheet.
    func printReadiness(_ request: Request) async throws -> Answer {
        let ready = try await readiness(request)
        let answers = [ReadinessPart.vision, .roles, .capacity].html { part in
            let questions = part.questions.html { question -> HTML in
                let answer = ready.answers[question.code]
                let words: HTML = answer.map { "<p>\($0.text)</p>" } ?? "<p class=\"quiet-line\">Not answered yet.</p>"
                let who = answer.flatMap { answer in ready.names[answer.by].map { "\($0)\(answer.day.map { ", \($0.medium)" } ?? "")" } }
                return "<h3>\(question.words)</h3>\(words)\(who.map { "<p class=\"quiet-line\">\($0)</p>" as HTML })"
            }
            return "<h2>\(part.name)</h2>\(questions)"
        }
        let pilot = ready.pilot
        let why: HTML? = pilot?.decisionNote.map { "<p>\($0)</p>" }
        let place = pilot?.place.map { " In \($0)." } ?? ""
        let words = pilotWords(ready).drop { $0 == ":" || $0 == " " }
        let scope: HTML =
            "<h2>\(ReadinessPart.pilot.name)</h2><p>\(words.isEmpty ? "Not chosen yet." : "\(words.prefix(1).uppercased())\(words.dropFirst()).\(place)")</p>\(why)"
        var tips = Table(
            "Twelve tips", columns: [Table.Column("Tip"), Table.Column("Who"), Table.Column("By"), Table.Column("Done")],
            rows: ReadinessTip.all.map { tip in
                let standing = ready.tips[tip.code]
                return Table.Row([
                    "\(tip.words)", "\(ready.name(of: standing?.owner))", "\(standing?.planned?.short)", "\(standing?.done?.short)",
                ])
            })
        tips.isCompact = true
        tips.isCaptionHidden = true
        var frame = PrintFrame(
            site: ready.hub.name, heading: "How \(ready.hub.name) prepares", content: "\(answers)\(scope)<h2>Twelve tips</h2>\(tips)")
        try await dress(&frame, hub: ready.hub.id)
        frame.dateLine = "As on \(tools.clock.today.long)"
        frame.lead = "\(ready.progress.done) of \(ready.progress.all) done."
        return .page(frame.html)
    }
}
