/// Finds authorities by the names registers use. Built once for a load: the table is small.
struct AuthorityBook {
    private var byName: [String: AuthorityName] = [:]

    init() {
        for entry in AuthorityName.all { byName[AuthorityBook.key(entry.name)] = entry }
    }

    /// The authority a name stood for on a day (ISO text); nil for a name we do not know or that no longer means one authority.
    func find(_ name: String, on day: String) -> AuthorityName? {
        guard let entry = byName[name] ?? byName[AuthorityBook.key(name)] else { return nil }
        if let until = entry.until, day > until { return nil }
        return entry
    }

    /// Whether the register says by this that it does not know.
    static func isUnknown(_ name: String) -> Bool { name == "Not Recorded" || name.lowercased() == "not recorded" }

    private static func key(_ name: String) -> String { name.lowercased() }

    /// Puts the authority's code and ONS name to the name the register gave. Returns a remark when the name is not known.
    func settle(_ facts: inout RegisterFacts, edition: String) -> String? {
        guard let name = facts.authorityName else { return nil }
        if AuthorityBook.isUnknown(name) {
            facts.authorityName = nil
            return nil
        }
        guard let authority = find(name, on: edition) else {
            return "“\(name)” is not an authority we know; it is kept as it stands."
        }
        facts.authorityCode = authority.code
        facts.authorityTitle = authority.title
        return nil
    }
}
