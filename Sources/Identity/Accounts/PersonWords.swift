internal import House
internal import Store

/// The words of people's names and addresses, kept so that somebody is found by the beginning of any of them, in any order and without
/// accents: "kow an" finds Anna Kowalska, "barnet.gov" everybody with an address there.
enum PersonWords {
    /// The words of a text, as they are kept and looked for.
    static func of(_ text: String) -> Set<String> { Set(SortKey.of(text).split(separator: " ").map(String.init)) }

    /// Keeps the words of a person's name and address, in place of those kept before.
    static func write(_ personID: String, name: String, email: String, _ session: any Session) throws {
        try clear(personID, session)
        for word in of(name + " " + email).sorted() {
            try session.run("insert into person_word (word, person_id) values (\(word), \(personID))")
        }
    }

    static func clear(_ personID: String, _ session: any Session) throws {
        try session.run("delete from person_word where person_id = \(personID)")
    }

    /// For people who were there before their words were kept.
    @Sendable static func writeAll(_ session: any Session) throws {
        let people = try session.all("select id, name, email from person where forgotten_at is null")
        for row in people { try write(row.text("id"), name: row.text("name"), email: row.text("email"), session) }
    }

    /// The condition that a person has, for each word typed, one that begins with it. Nil when nothing was typed; nobody is found by
    /// signs alone.
    static func condition(_ typed: String, person id: SQL) -> SQL? {
        // More words than a name has are a text pasted by mistake; the first ten are enough to find nobody.
        let words = of(typed).sorted().prefix(10)
        if words.isEmpty { return typed.allSatisfy(\.isWhitespace) ? nil : "1 = 0" }
        let found = words.map { word -> SQL in
            "\(id) in (select w.person_id from person_word w where w.word >= \(word) and w.word < \(word + "\u{10FFFF}"))"
        }
        return .join(found, separator: " and ")
    }
}
