internal import Civil
public import House
internal import Store

extension Network {
    /// What this room writes in the trail, in plain words.
    public static let trailWords = TrailWords(
        contactActions + campaignActions + agreementActions + championActions + gatheringActions + groupActions + needActions + planActions,
        kinds: trailKinds)

    private static let contactWords: TrailAction.Reading = {
        var words: [String: String] = [:]
        for how in Contact.How.allCases { words[how.rawValue] = "\(how.name)," }
        for outcome in Contact.Outcome.allCases { words[outcome.rawValue] = ", \(outcome.name.lowercased())" }
        return .codes(words)
    }()

    private static let contactActions: [TrailAction] = [
        TrailAction("network.contact.logged", "Logged a contact", contactWords),
        TrailAction("network.contact.corrected", "Corrected a logged contact", contactWords),
        TrailAction("network.contact.undone", "Took back a logged contact"),
        TrailAction("network.contact.restored", "Put a logged contact back"),
        TrailAction("network.next.done", "Ticked off a next step"),
        TrailAction("network.membership.joined", "Said that a setting joined the hub", .codes([:]), own: .all),
        TrailAction("network.membership.left", "Said that a setting left the hub", .codes([:]), own: .all),
    ]

    private static let campaignActions: [TrailAction] = [
        TrailAction("network.campaign.made", "Made a campaign"),
        TrailAction("network.campaign.changed", "Changed a campaign"),
        TrailAction("network.campaign.listed", "Added to a campaign’s list"),
        TrailAction("network.campaign.partner", "Added a partner to a campaign’s list", .codes([:])),
        TrailAction("network.campaign.unlisted", "Took one off a campaign’s list", .nothing),
        TrailAction("network.campaign.relisted", "Put one back on a campaign’s list", .nothing),
        TrailAction("network.campaign.callers", "Shared a campaign’s calls out among callers"),
        TrailAction("network.campaign.letter", "Wrote a campaign’s letter"),
        TrailAction("network.campaign.sent", "Sent a campaign’s letter by e-mail"),
        TrailAction("network.campaign.posted", "Marked a campaign’s letters as posted"),
        TrailAction("network.campaign.unposted", "Took back that a campaign’s letters were posted"),
        TrailAction("network.campaign.stopped", "Asked for no more campaign letters"),
        TrailAction("network.campaign.closed", "Closed a campaign"),
        TrailAction("network.campaign.reopened", "Opened a campaign again"),
    ]

    private static let signatureWords = TrailAction.Reading.codes([
        "pledge": "Pledge,", "collaboration": "Collaboration agreement,", "page": "on the page", "phone": "by event code",
        "paper": "on paper",
    ])

    private static let agreementActions: [TrailAction] = [
        TrailAction("network.agreement.begun", "Began to write a pledge or agreement"),
        TrailAction("network.agreement.draft-begun", "Began a new version of a pledge or agreement"),
        TrailAction("network.agreement.draft-saved", "Saved a draft of a pledge or agreement"),
        TrailAction("network.agreement.draft-discarded", "Threw away a draft of a pledge or agreement"),
        TrailAction("network.agreement.published", "Published a pledge or agreement"),
        TrailAction("network.agreement.closed", "Closed a pledge or agreement to signing"),
        TrailAction("network.agreement.reopened", "Opened a pledge or agreement to signing again"),
        TrailAction("network.signing-event.made", "Opened signing at an event"),
        TrailAction("network.signing-event.closed", "Closed signing at an event"),
        TrailAction("network.signing-event.reopened", "Opened signing at an event again"),
        TrailAction("network.signature.given", "Signed a pledge or agreement", signatureWords, own: .all),
        TrailAction(PledgeRenewals.told, "Told a setting that its pledge is to be renewed", .codes([:]), own: .fact),
        TrailAction("network.signature.withdrawn", "Struck a signature out", .codes([:]), own: .fact),
        TrailAction("network.signature.restored", "Put a signature back", .codes([:]), own: .fact),
        TrailAction("network.signature.countersigned", "Signed for the hub", .codes([:]), own: .fact),
        TrailAction("network.signature.matched", "Said which setting a signature is for", .codes([:]), own: .fact),
    ]

    private static let championActions: [TrailAction] = [
        TrailAction(
            "network.champion.stood", "Stood as a champion",
            .codes(Dictionary(uniqueKeysWithValues: Champion.Source.allCases.map { ($0.rawValue, $0.words) }))),
        TrailAction("network.champion.changed", "Changed what is held of a champion"),
        TrailAction("network.champion.consent", "Changed whether a champion’s contact is shared"),
        TrailAction("network.champion.accepted", "Said yes to a champion"),
        TrailAction("network.champion.declined", "Said no to a champion"),
        TrailAction("network.champion.left", "Said that a champion left", .codes([:])),
        TrailAction("network.champion.reopened", "Took back that a champion left, or the no to one"),
        TrailAction("network.champion.forgotten", "Forgot a champion"),
        TrailAction(
            "network.champion.area.given", "Gave an area to a champion",
            .codes(["champion": "Champion of", "coordinator": "Coordinator of"])),
        TrailAction("network.champion.area.ended", "Ended a champion’s post", .codes([:])),
        TrailAction("network.champion.area.resumed", "Took back that a champion’s post ended"),
        TrailAction("network.champion.link.set", "Chose who links a champion to the hub", .codes([:])),
        TrailAction("network.champion.event.opened", "Opened a sign-up of champions at an event", .codes([:])),
        TrailAction("network.champion.event.close", "Closed a sign-up of champions"),
        TrailAction("network.champion.event.reopen", "Opened a sign-up of champions again"),
        TrailAction("network.champion.event.code", "Made a new code for a sign-up of champions"),
        TrailAction(
            "network.champion.deadlines", "Changed after how many days champions are asked after", field: "First meeting and quiet, in days"
        ),
        TrailAction("network.area.met", "Noted a meeting of a mini-hub", .codes([:])),
        TrailAction("network.area.meeting.undone", "Took back a meeting of a mini-hub"),
        TrailAction("network.area.meeting.restored", "Put a meeting of a mini-hub back"),
        TrailAction("network.handover.ticked", "Ticked a step of a hand-over", .codes([:])),
        TrailAction("network.handover.unticked", "Unticked a step of a hand-over", .codes([:])),
        TrailAction("network.handover.recorded", "Recorded a hand-over", .codes([:])),
        TrailAction("network.handover.undone", "Took back a hand-over"),
        TrailAction("network.handover.criterion.added", "Added a step to the hand-over rule"),
        TrailAction("network.handover.criterion.removed", "Removed a step from the hand-over rule"),
        TrailAction("network.handover.criterion.restored", "Put a step back into the hand-over rule"),
    ]

    private static let gatheringActions: [TrailAction] = [
        TrailAction("network.gathering.planned", "Planned a meeting", .codes([:])),
        TrailAction("network.gathering.changed", "Changed a planned meeting", .codes([:])),
        TrailAction("network.gathering.cancelled", "Called a meeting off"),
        TrailAction("network.gathering.restored", "Put a meeting back on"),
        TrailAction("network.gathering.noted", "Noted who was at a meeting"),
        TrailAction("network.host.offered", "Said whether a setting can host", own: .all),
        TrailAction("network.host.chosen", "Chose a host for a meeting", .codes([:])),
        TrailAction("network.host.drawn", "Let the turn choose a meeting’s host", .codes([:])),
        TrailAction("network.host.agreed", "Agreed with a meeting’s host", .codes([:])),
    ]

    private static let groupActions: [TrailAction] = [
        TrailAction(
            "network.group.made", "Set up a group",
            .codes(Dictionary(uniqueKeysWithValues: NetworkGroup.Kind.allCases.map { ($0.rawValue, $0.name) }))),
        TrailAction("network.group.changed", "Changed a group"),
        TrailAction("network.group.ended", "Ended a group", .codes([:])),
        TrailAction("network.group.reopened", "Took back that a group ended"),
        TrailAction("network.group.terms.written", "Wrote a group’s terms of reference"),
        TrailAction("network.group.terms.set-aside", "Kept another’s words of a group’s terms of reference aside"),
        TrailAction("network.group.seat.added", "Added a seat to a group", seatWords),
        TrailAction("network.group.seat.removed", "Took a seat out of a group", .nothing),
        TrailAction("network.group.seat.restored", "Put a seat back into a group", .nothing),
        TrailAction("network.group.seat.filled", "Filled a seat of a group", .codes([:])),
        TrailAction("network.group.seat.left", "Said that somebody left a seat", .codes([:])),
        TrailAction("network.group.seat.left-undone", "Took back that somebody left a seat", .codes([:])),
        TrailAction("network.group.deliverable.added", "Added something a group is to do", .nothing),
        TrailAction("network.group.deliverable.done", "Ticked something a group was to do", .nothing),
        TrailAction("network.group.deliverable.not-done", "Unticked something a group is to do", .nothing),
        TrailAction("network.group.deliverable.removed", "Removed something a group was to do", .nothing),
        TrailAction("network.group.deliverable.restored", "Put back something a group is to do", .nothing),
        TrailAction("network.group.meeting.added", "Noted a meeting of a group", .codes([:])),
        TrailAction("network.group.meeting.undone", "Took back a meeting of a group", .nothing),
        TrailAction("network.group.meeting.restored", "Put a meeting of a group back", .nothing),
        TrailAction("network.group.note.before", "Wrote what a sector wants raised", .nothing),
        TrailAction("network.group.note.after", "Wrote what a sector is told", .nothing),
        TrailAction("network.group.note.undone", "Took back a note of a sector", .nothing),
        TrailAction("network.group.note.restored", "Put a note of a sector back", .nothing),
    ]

    private static let seatWords = TrailAction.Reading.codes(
        Dictionary(uniqueKeysWithValues: Sector.allCases.map { ($0.rawValue, $0.name) } + [("chair", "Chair")]))

    private static let needActions: [TrailAction] = [
        TrailAction("network.needs.opened", "Opened a needs survey", .codes([:])),
        TrailAction("network.needs.closed", "Closed a needs survey"),
        TrailAction("network.needs.written", "Sent the letters of a needs survey"),
        TrailAction("network.needs.question", "Changed the questions of the needs survey"),
        TrailAction("network.needs.answered", "Answered a needs survey"),
        TrailAction("network.needs.answer-changed", "Changed their answer to a needs survey"),
        TrailAction("network.needs.added-up", "Added a needs survey up and deleted its sheets"),
        TrailAction("network.request.asked", "Asked the hub for something"),
        TrailAction("network.request.joined", "Said “we too” to a request"),
        TrailAction("network.request.left", "Took “we too” back"),
        TrailAction("network.request.answered", "Answered a request"),
        TrailAction("network.request.passed", "Passed a request on"),
        TrailAction("network.request.closed", "Closed a request"),
        TrailAction("network.request.reopened", "Took a request up again"),
        TrailAction("network.request.merged", "Merged a request into another", .nothing),
        TrailAction("network.request.took-in", "Merged another request into this one", .nothing),
        TrailAction("network.request.unmerged", "Took a merged request apart again", .nothing),
        TrailAction("network.request.gave-back", "Took another request out of this one again", .nothing),
        TrailAction("network.request.promise", "Changed within how many days requests are answered"),
    ]

    /// "2026-10-13 2026-10-20" as "planned for 13 October 2026, done on 20 October 2026".
    private static let tipDays: @Sendable (String) -> String = { text in
        let days = text.split(separator: " ", omittingEmptySubsequences: false).map { Day(iso: $0)?.medium }
        let said = [days.first.flatMap { $0 }.map { "planned for \($0)" }, days.dropFirst().first.flatMap { $0 }.map { "done on \($0)" }]
        let words = said.compactMap { $0 }.joined(separator: ", ")
        return words.isEmpty ? "neither planned nor done" : words
    }

    private static let planActions: [TrailAction] = [
        TrailAction("network.readiness.answered", "Answered a question of readiness"),
        TrailAction(
            "network.readiness.pilot", "Decided about a pilot",
            .codes(
                Dictionary(
                    uniqueKeysWithValues: PilotDecision.allCases.map { ($0.rawValue, "– \($0.words)") }
                        + [("pilot", "A pilot"), ("whole", "The whole area")]))),
        TrailAction("network.readiness.tip", "Planned or ticked a tip", .made(tipDays)),
        TrailAction("network.rollout.made", "Made a roll-out plan"),
        TrailAction("network.rollout.changed", "Changed a roll-out plan", .codes([:])),
        TrailAction("network.rollout.removed", "Removed a roll-out plan"),
        TrailAction("network.rollout.restored", "Put a roll-out plan back"),
        TrailAction("network.rollout.step.added", "Added a step to a roll-out plan"),
        TrailAction("network.rollout.step.changed", "Changed a step of a roll-out plan"),
        TrailAction("network.rollout.step.done", "Ticked a step of a roll-out plan", .codes([:])),
        TrailAction("network.rollout.step.reopened", "Unticked a step of a roll-out plan"),
        TrailAction("network.rollout.step.moved", "Moved a step of a roll-out plan", .codes(["up": "one up", "down": "one down"])),
        TrailAction("network.rollout.step.removed", "Removed a step of a roll-out plan"),
        TrailAction("network.rollout.step.restored", "Put a step of a roll-out plan back"),
    ]
}
