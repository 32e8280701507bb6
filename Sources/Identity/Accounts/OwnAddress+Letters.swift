internal import Civil
internal import House
internal import Page
internal import Store

extension LetterKind {
    /// To a new address: whoever opens its link says that the address is theirs.
    static let addressLink = LetterKind("address-link", ifInDoubt: .sendAgain, isUrgent: true, isSecret: true)
    /// To the old address, with the link that stops a change. It never follows the person to another address.
    static let addressNotice = LetterKind("address-notice", ifInDoubt: .sendAgain, isUrgent: true, isSecret: true)
}

/// The letters about a change of address. Those to a new address carry nothing that whoever asks has written: nobody can send their own
/// words to others by way of us. Those to an old address do not say what the new one is: it may be no business of its readers.
extension IdentityLetters {
    func addressConfirm(to email: String, personID: String, token: String, until: Instant) -> Letter {
        letter(
            .addressLink, to: email, name: "", personID: personID, subject: "Is this your new address for \(site.name)?",
            lines: [
                "Hello,", "Somebody, most likely you, wants to use this address to sign in to \(site.name).",
                "Open this page and say yes. The link works once, until \(until.shown). Until you say yes, nothing changes.",
            ], link: "\(site.address)/address/confirm/\(token)", button: "See what is asked",
            after: "It was not you? Then leave it, and nothing happens.", until: until)
    }

    func addressIsKnown(_ other: Person) -> Letter {
        answer(
            to: other.email, name: other.name, personID: other.id, subject: "You have an account at \(site.name) already",
            lines: [
                "Hello \(other.name),",
                "Somebody, perhaps you, wants to move another account at \(site.name) to this address. One address belongs to one account, and "
                    + "this one belongs to yours, so nothing was changed.",
                "You have two accounts? Sign in with this address, and ask an administrator to close the other one.",
            ], link: signingIn, after: "It was not you? Then there is nothing to do.")
    }

    func addressNotice(_ person: Person, token: String, until: Instant) -> Letter {
        letter(
            .addressNotice, to: person.email, name: person.name, personID: person.id, subject: "Your address at \(site.name) is to change",
            lines: [
                "Hello \(person.name),",
                "Somebody, most likely you, asked to sign in to \(site.name) with another e-mail address from now on. We wrote there too; "
                    + "nothing changes until that letter is opened.",
                "It was you? Then there is nothing to do here.",
                "It was not you? Open this page. It stops the change, or puts this address back if the change is done already, and signs out "
                    + "everybody who is signed in to your account. The link works once, for seven days after the change.",
            ], link: "\(site.address)/address/stop/\(token)", button: "This was not me",
            after: "You cannot open it any more? Then tell an administrator.", until: until)
    }

    /// To the old address, without a link: the earlier letter has it.
    func addressMoved(_ person: Person) -> Letter {
        answer(
            to: person.email, name: person.name, personID: person.id, subject: "Your address at \(site.name) has changed",
            lines: [
                "Hello \(person.name),", "Your account at \(site.name) now has another e-mail address. Letters no longer come here.",
                "It was not you? Open the link in our letter “Your address at \(site.name) is to change”. It works for seven days from now. "
                    + "After that, tell an administrator.",
            ])
    }

    /// To the address that was taken away again.
    func addressPutBack(_ person: Person) -> Letter {
        answer(
            to: person.email, name: "", personID: person.id, subject: "This address was taken off an account at \(site.name)",
            lines: [
                "Hello,",
                "Whoever reads the address this account at \(site.name) had before says that the change to yours was not theirs. So the old "
                    + "address was put back, and everybody was signed out.",
                "It was you, and the change was right? Then tell an administrator: they can correct it.",
            ])
    }

    /// After an administrator corrected the address: to the old one and to the new one.
    func addressCorrected(_ person: Person, to email: String) -> Letter {
        let isOld = People.key(email) == People.key(person.email)
        let news =
            isOld
            ? "An administrator of \(site.name) gave your account another e-mail address, because you could not use this one any more. Letters no longer come here."
            : "An administrator of \(site.name) gave your account this e-mail address. Sign in with it from now on."
        return answer(
            to: email, name: person.name, personID: person.id, subject: "Your address at \(site.name) has changed",
            lines: [
                "Hello \(person.name),", news,
                "You were signed out everywhere.",
            ], link: isOld ? nil : signingIn, after: "You do not know about this? Then tell an administrator at once.")
    }

    func nameCorrected(_ name: String, email: String, personID: String) -> Letter {
        answer(
            to: email, name: name, personID: personID, subject: "Your name at \(site.name) was corrected",
            lines: [
                "Hello \(name),", "An administrator of \(site.name) corrected your name. This is how others see it now: \(name).",
                "It is not right? Change it on your account page.",
            ], link: ("\(site.address)/account/name", "Change your name"))
    }
}
