/// Words to start from. The four aims are those of Southampton's partnership pledge of 2018 and the principles those of York's and Barnet's
/// partnerships, in words of our own; a hub changes them as it likes.
extension AgreementText {
    static func samplePledge(of hub: String) -> AgreementText {
        AgreementText(
            title: "Our partnership pledge",
            opening:
                "Every childminder, nursery, pre-school and school of \(hub) is part of one community around the same children. We pledge to:",
            aims: [
                "Talk with the childminders, nurseries, pre-schools and schools near us: know who they are, answer them, and tell them what we plan.",
                "Help families use all of their 30 hours, shared between two of us where that suits them, and tell one another where there is a free place.",
                "Make every move easy for the child, from home to us, between us and on to school: pass on what helps before the first day.",
                "Be a Partner in Excellence: show what we do well, ask about what we find hard, and learn together for every child.",
            ],
            renews: true)
    }

    static func sampleCollaboration(of hub: String) -> AgreementText {
        AgreementText(
            title: "How we work together in \(hub)",
            opening: "This says who does what, so that nobody has to guess and nobody carries it alone.",
            aims: [
                "Every setting knows the others near it and can ask any of them for help.",
                "Training, visits and meetings are open to all of us, whatever our size.",
                "What we learn in one place is soon known in the others.",
            ],
            duties: [
                "The hub lead: calls the meetings of the whole hub, keeps the list of members, answers within five working days.",
                "Each mini-hub coordinator: speaks with every setting of the area each term, and keeps the dates.",
                "Each setting: sends somebody to a meeting every term, and hosts one when its turn comes.",
                "Childminders: are asked which times suit them before a date is set.",
                "Schools: open their doors before children move up, and share a room or training where they can.",
                "The council: tells us early what changes in funding and inspection.",
            ],
            principles: [
                "We treat one another as equals: a childminder’s word counts as much as a head teacher’s.",
                "We do ourselves what we ask of others.",
                "We notice what others achieve, and say so.",
                "We are honest, and we listen to the end before we answer.",
                "We ask for help, and go a little out of our way to give it.",
            ],
            needsBoth: true, renews: false)
    }
}
