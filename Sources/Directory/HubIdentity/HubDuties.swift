internal import Civil
internal import House
internal import Page
internal import Store

/// What a hub owes to everybody, for the first page of those who can see to it.
enum HubDuties {
    static func items(for asker: Asker, on today: Day, _ session: any Session) throws -> [TodoItem] {
        let hubs = try Hubs.all(session)
        let waiting = try hubs.filter { may(asker, .answerFormats, $0) }.compactMap { try formats(of: $0, on: today, session) }
        return try waiting + hubs.filter { may(asker, .dressHub, $0) }.flatMap { try numbers(of: $0, session) }
    }

    static func may(_ asker: Asker, _ deed: Deed, _ hub: Hub) -> Bool {
        Permission.answer(asker.hats, deed, Whereabouts(hubs: [hub.id])) == .yes
    }

    /// Who waits for a page in another format.
    private static func formats(of hub: Hub, on today: Day, _ session: any Session) throws -> TodoItem? {
        let waiting = try FormatRequest.all(of: [hub], isAnswered: false, session)
        guard let first = waiting.first else { return nil }
        let late = waiting.count { $0.due.day < today }
        let who = waiting.count == 1 ? "One person waits" : "\(waiting.count) people wait"
        return TodoItem(
            "\(who) for something in another format: \(hub.name)", href: waiting.count == 1 ? first.path : "/staff/formats",
            tag: late > 0 ? Tag("\(late) overdue", .bad) : first.due.day == today ? Tag("Due today", .warning) : nil,
            detail: "The first is due on \(first.due.day.long).")
    }

    /// Safeguarding numbers: pressing for a hub that everybody sees, a step on the way for one that is to open.
    private static func numbers(of hub: Hub, _ session: any Session) throws -> [TodoItem] {
        let missing = try HubIdentity.of(hub, session).missing
        if hub.isOpen && missing.isEmpty { return [] }
        let path = "\(hub.staffPath)/\(missing.isEmpty ? "opening" : "identity")"
        if missing.isEmpty { return [TodoItem("Open \(hub.name) to everybody", href: path, detail: "Everything it needs is there.")] }
        let count = missing.count == 1 ? "One safeguarding number is" : "\(missing.count) safeguarding numbers are"
        return [
            TodoItem(
                "Write the safeguarding numbers of \(hub.name)", href: path, tag: hub.isOpen ? Tag("Open without them", .bad) : nil,
                detail: hub.isOpen
                    ? "\(count) missing. Whoever worries about a child looks for them on your pages."
                    : "\(count) missing. The hub opens to everybody once they are there.")
        ]
    }
}
