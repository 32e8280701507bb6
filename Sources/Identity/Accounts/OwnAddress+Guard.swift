internal import House
internal import Page
internal import Store

/// Whoever changes where an account's letters go says again that it is them: a browser left open, or taken over, must not be enough.
///
/// This is the one place of it: `againFields` asks, `saysAgain` judges.
extension Identity {
    /// The question for somebody who has a passphrase or a second step; none for who has neither: the letter to their old address
    /// guards them.
    func againFields(_ person: Person) -> [Field] {
        if person.hasPassphrase {
            var field = Field.passphrase("again", "Your passphrase", hint: "So that nobody else does this at a screen you left open.")
            field.autocomplete = "current-password"
            return [field]
        }
        if person.hasSecondStep {
            var field = Field.text(
                "again", "The code from your authenticator", hint: "So that nobody else does this at a screen you left open.", width: .short
            )
            field.autocomplete = "one-time-code"
            field.inputMode = "numeric"
            return [field]
        }
        return []
    }

    /// What is wrong with the answer; empty when it is them. A code is used up by it, so ask last.
    func saysAgain(_ request: Request, _ person: Person) async throws -> FieldErrors {
        // Who has a second step and did not take it now is not known well enough, whatever else they know.
        if person.hasSecondStep, !request.asker.isSecondStepDone { throw Refusal.secondStep }
        var errors = FieldErrors()
        let typed = String((request.form["again"] ?? "").prefix(1_000))
        let tools = tools
        if person.hasPassphrase {
            try await tools.count([(.passphraseByAccount, People.key(person.email))])
            let kept = try await tools.database.read {
                try $0.first("select passphrase from person where id = \(person.id)")?.textOrNil("passphrase")
            }
            if try await !doorkeeper.hasher.matches(typed, kept) { errors.add("again", "This is not your passphrase.") }
        } else if person.hasSecondStep {
            try await tools.count([(.codeByAccount, person.id)])
            let code = typed.filter { !$0.isWhitespace && $0 != "-" }.uppercased()
            let box = doorkeeper.box
            let isRight = try await tools.database.write { try Identity.accepts(code, of: person.id, box, tools, $0) }
            if !isRight { errors.add("again", "This code is not right, or was used already. Wait for the next one and try again.") }
        }
        if !errors.isEmpty {
            try await tools.database.write { session in
                try Audit.log(session, tools, action: "identity.refused.again", subject: "person:\(person.id)")
            }
        }
        return errors
    }
}
