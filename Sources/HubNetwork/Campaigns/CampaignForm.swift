internal import Civil
internal import House
internal import Page

/// The words of a campaign on a form.
enum CampaignForm {
    static func fields(_ words: CampaignWords?, today: Day) -> [Field] {
        [
            Field.text("title", "What is it called?", hint: "For example: Every childminder, autumn 2026.").filled(words?.title),
            Field.textArea("asks", "What do you ask them for?", hint: "One sentence that a caller can say and a letter can hold.", rows: 2)
                .filled(words?.asks ?? "to join the hub and come to its next meeting"),
            Field.textArea("purpose", "Why?", hint: "For the team: what this campaign should change.", rows: 3).optional()
                .filled(words?.purpose),
            Field.date("from", "From").filled((words?.from ?? today).medium),
            Field.date("to", "Until").optional().filled(words?.to?.medium),
        ]
    }

    static func read(_ reader: inout FormReader, today: Day) -> CampaignWords? {
        let title = reader.text("title", missing: "Give the campaign a name.", max: 120)
        let asks = reader.text("asks", missing: "Say what you ask them for.", max: 500)
        let purpose = reader.optionalText("purpose", max: 2_000)
        let from = reader.day("from") ?? today
        let to = reader.day("to")
        if let to, to < from { reader.fail("to", "This day is before the campaign begins.") }
        guard let title, let asks, reader.errors.isEmpty else { return nil }
        return CampaignWords(title: title, purpose: purpose, asks: asks, from: from, to: to)
    }
}

extension Campaign {
    var words: CampaignWords { CampaignWords(title: title, purpose: purpose, asks: asks, from: from, to: to) }
}
