internal import House

/// A name as it stands in an address: small letters, figures and hyphens.
enum Slug {
    /// "Newham Early Years Hub" becomes "newham-early-years-hub"; a name with no letters becomes `fallback`.
    static func of(_ name: String, fallback: String = "hub") -> String {
        let words = SortKey.of(name).split(separator: " ").map(asciiOnly).filter { !$0.isEmpty }
        let slug = String(words.joined(separator: "-").prefix(60))
        return slug.isEmpty ? fallback : slug
    }

    /// The slug, or the slug with the first number behind it that is not taken. `new` is an address of ours and never a slug.
    static func free(_ name: String, fallback: String = "hub", isTaken: (String) throws -> Bool) rethrows -> String {
        let slug = of(name, fallback: fallback)
        if slug != "new", try !isTaken(slug) { return slug }
        var number = 2
        while try isTaken("\(slug)-\(number)") { number += 1 }
        return "\(slug)-\(number)"
    }

    private static func asciiOnly(_ word: Substring) -> String {
        String(decoding: word.utf8.filter { (97...122).contains($0) || (48...57).contains($0) }, as: UTF8.self)
    }
}
