internal import Civil
internal import House
internal import Identity
internal import Page
internal import Store

/// The letter that asks somebody to answer.
struct SurveyLetter {
    let site: Site
    var look: HubLook?
    let hub: String
    let survey: NeedSurvey

    func letter(to person: PeopleBook.Entry, at address: String, setting: String, key: String, until: Instant, from: Instant) -> Letter {
        let (link, account) = ("\(site.address)/needs/\(key)", "\(site.address)/account#notices")
        let subject = "\(hub) asks: what do you need?"
        let greeting = "Hello \(person.name),"
        let question =
            "What does \(setting) need from \(hub) this term? A few short questions, until \(survey.closesDay.long). You need not sign in:"
        let promise =
            "Nobody sees what you answered beside your name or your setting’s. The link is yours alone: whoever has it can answer in your place."
        let plain = """
            \(greeting)

            \(question)

            \(link)

            \(promise)

            You would rather get no such letters? Choose it at \(account)

            """
        let html = MailFrame(
            subject, from: look, site,
            content: """
                <p>\(greeting)</p><p>\(question)</p><p><a href="\(link: link)">Answer the questions</a></p><p>\(promise)</p>\
                <p>You would rather get no such letters? <a href="\(link: account)">Choose it on your account page</a></p>
                """
        ).html
        return Letter(
            LetterKind("needs-survey", ifInDoubt: .leave, isSecret: true), to: address, name: person.name, personID: person.id,
            subject: subject, text: plain, html: html.string, secretUntil: until, dueAt: from)
    }
}
