internal import House
internal import Identity
internal import Store

extension Gate {
    /// What of a refusal belongs into the trail: what somebody may not do, and what is kept from them as if it were not there. That a record
    /// is not there, or a form is not filled in, is no refusal; nor is the way of a stranger to the sign-in.
    func refused(_ refusal: Refusal, _ asked: House.Request, isProgram: Bool) async -> Refused? {
        switch refusal {
        case .forbidden: asked.asker.tokenDeeds.map { !$0.contains(asked.deed.code) } == true ? .tokenDeed : .deed
        case .secondStep: .secondStep
        case .signIn: isProgram ? .token : .signIn
        case .tooMany: .tooOften
        case .notFound:
            asked.asker.isStranger
                ? nil : await (try? tools.database.read { asked.permit.isOutOfReach(in: $0) }) == true ? .elsewhere : nil
        case .badRequest, .unavailable: nil
        }
    }
}
