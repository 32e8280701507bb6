internal import Store

extension IdentityLetters {
    /// To a claimant whose address is proven: whoever reads the address on record said no.
    func claimDenied(_ claim: Claim, setting: String?) -> Letter {
        let setting = setting ?? "the setting"
        return answer(
            to: claim.email, name: claim.name, personID: claim.personID, subject: "Your request for \(setting)",
            lines: [
                "Hello \(claim.name),",
                "You asked to look after the entry of \(setting). We wrote to the address that Ofsted or the council holds for it, and the "
                    + "answer was no.",
                "If that is a mistake, speak with the setting, or with your hub.",
            ])
    }
}
