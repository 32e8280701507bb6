internal import Civil
internal import House
internal import Store

/// A pledge or a collaboration agreement of a hub, with its versions.
struct Agreement: Sendable {
    /// One text of it: a draft, or published and fixed.
    struct Version: Sendable {
        let id: String
        let number: Int
        let text: AgreementText
        /// So many days before its end a signature is due to be renewed.
        let noticeDays: Int
        /// Whoever signed an older one is asked to sign again.
        let asksAgain: Bool
        /// Goes up with every save of the draft.
        let edition: Int
        let publishedAt: Instant?
        let publishedBy: String?
        /// SHA-256 of the text on the day it was published.
        let fingerprint: String?

        var isDraft: Bool { publishedAt == nil }
        /// The text is what was published, to the letter.
        var isWhole: Bool { fingerprint == text.fingerprint }

        init(_ row: Row) {
            id = row.text("id")
            number = row.int("number")
            text = AgreementText(row)
            noticeDays = row.int("notice_days")
            asksAgain = row.bool("asks_again")
            edition = row.int("edition")
            publishedAt = row.instant("published_at")
            publishedBy = row.textOrNil("published_by")
            fingerprint = row.textOrNil("fingerprint")
        }

        var terms: SigningRule.Terms {
            SigningRule.Terms(number: number, needsBoth: text.needsBoth, renews: text.renews, noticeDays: noticeDays)
        }
    }

    let id: String
    let hubID: String
    let kind: AgreementKind
    /// People may sign it, and who has not is looked for.
    let isOpen: Bool
    /// Oldest first.
    let versions: [Version]

    /// The text in force: the newest that was published.
    var current: Version? { versions.last { !$0.isDraft } }
    var draft: Version? { versions.last { $0.isDraft } }
    var title: String { (current ?? draft)?.text.title ?? kind.name }
    /// The newest version that everybody was asked to sign.
    var floor: Int { versions.last { !$0.isDraft && $0.asksAgain }?.number ?? 1 }

    func version(_ id: String) -> Version? { versions.first { $0.id == id } }
}

/// Pledges and agreements as they stand in the database.
enum Agreements {
    /// Those of a hub, oldest first.
    static func of(hub: String, _ session: any Session) throws -> [Agreement] { try read("a.hub_id = \(hub)", session) }

    /// The agreement of this id. Throws `Refusal.notFound`.
    static func with(id: String, _ session: any Session) throws -> Agreement {
        guard let found = try read("a.id = \(id)", session).first else { throw none }
        return found
    }

    static let none = Refusal.notFound("There is no pledge or agreement at this address.")

    private static func read(_ condition: SQL, _ session: any Session) throws -> [Agreement] {
        let rows = try session.all(
            """
            select v.*, a.hub_id, a.kind, a.is_open from agreement a join agreement_version v on v.agreement_id = a.id
            where \(condition) order by a.created_at, a.id, v.number
            """)
        var order: [String] = []
        var byID: [String: [Row]] = [:]
        for row in rows {
            let id = row.text("agreement_id")
            if byID[id] == nil { order.append(id) }
            byID[id, default: []].append(row)
        }
        return order.compactMap { id in
            guard let rows = byID[id], let first = rows.first, let kind: AgreementKind = first.code("kind") else { return nil }
            return Agreement(
                id: id, hubID: first.text("hub_id"), kind: kind, isOpen: first.bool("is_open"), versions: rows.map(Agreement.Version.init))
        }
    }
}
