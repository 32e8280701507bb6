internal import Civil
public import House
internal import Page
internal import Store

/// Taking somebody's second step away who lost the telephone and the recovery codes: they set up a new one when they next sign in.
enum SecondStepReset {
    static func reset(_ person: Person, _ tools: Tools, _ session: any Session) throws {
        try session.run(
            """
            update person set second_step_secret = null, second_step_waiting = null, second_step_at = null, second_step_used = 0
            where id = \(person.id)
            """)
        try session.run("delete from recovery_code where person_id = \(person.id)")
        // Whoever sits there with the lost telephone is put out.
        try Sessions.endAll(of: person.id, except: nil, tools, session)
        try Audit.log(session, tools, action: "identity.second-step.reset", subject: "person:\(person.id)")
        let letter = try IdentityLetters.of(person, tools, session).secondStepTakenAway(person)
        try Outbox.post(letter, in: session, ids: tools.ids, clock: tools.clock)
    }
}

extension PeopleDesk {
    /// Takes the person's second step away and signs them out everywhere. Make sure first that it is they who ask.
    public static func resetSecondStep(email: String, _ tools: Tools) async throws {
        try await tools.database.write { session in
            guard let person = try People.with(email: email, session) else {
                throw Refusal.notFound("There is nobody with the address \(email). “eyhub user list” shows who is here.")
            }
            try SecondStepReset.reset(person, tools, session)
        }
    }
}

extension Identity {
    var secondStepResetRoutes: [Route] {
        let path = "/staff/people/{person}/second-step"
        return [
            route(.get, path, .resetSecondStep, "Ask before a second step is taken away") { try await $0.confirmReset($1) },
            route(.post, path, .resetSecondStep, "Take somebody’s second step away") { try await $0.resetSecondStep($1) },
        ]
    }

    private func confirmReset(_ request: Request) async throws -> Answer {
        let person = try await somebody(request)
        let confirm = Confirm(
            "Take \(person.name)’s second step away?", action: request.path, confirm: "Take it away",
            cancel: Link("Leave it", "/staff/people"),
            consequences: [
                "Make sure it is they who ask: call them on a number you know, or see them.",
                "They are signed out everywhere, and set up a new second step when they next sign in.", "They get a letter about it.",
            ])
        var frame = tools.frame("Lost telephone", for: .staff, at: "/staff/people", content: "\(confirm)")
        frame.breadcrumbs = [Link("People", "/staff/people")]
        return .page(frame.html)
    }

    private func resetSecondStep(_ request: Request) async throws -> Answer {
        let person = try await somebody(request)
        let tools = tools
        try await tools.database.write { try SecondStepReset.reset(person, tools, $0) }
        return .redirect(to: "/staff/people?done=second-step")
    }
}
