internal import House
internal import Page
internal import Store

extension IdentityLetters {
    /// To a claimant whose address is proven: whoever reads the address on record said no.
    func claimDenied(_ claim: Claim, setting: String?) -> Letter {
        let setting = setting ?? "the setting"
        let subject = "Your request for \(setting)"
        let lines = [
            "Hello \(claim.name),",
            "you asked to look after the entry of \(setting). We wrote to the address that Ofsted or the council holds for it, and the answer was no.",
            "If that is a mistake, speak with the setting, or with your hub.",
        ]
        return Letter(
            .answer, to: claim.email, name: claim.name, personID: claim.personID, subject: subject,
            text: lines.joined(separator: "\n\n") + "\n",
            html: MailFrame(subject, from: look, site, content: "\(lines.html { "<p>\($0)</p>" })").html.string)
    }
}
