internal import House

/// Whether one setting is what a search asks for, distance apart.
struct FinderTest {
    let search: SettingSearch
    let scope: FinderScope
    let audience: Audience
    var words: [String]
    /// Forgives a letter or two in each word.
    var forgives = false
    /// The kinds asked for as bits; all of them when none was chosen.
    let kinds: UInt32
    private let parts: [[UInt8]]
    /// Nothing is asked for but what a glance can tell.
    private let isGlanceEnough: Bool

    init(_ search: SettingSearch, _ scope: FinderScope, _ audience: Audience, words: [String]) {
        self.search = search
        self.scope = scope
        self.audience = audience
        self.words = words
        kinds = search.types.isEmpty ? .max : search.types.reduce(0) { $0 | $1.bit }
        parts = words.map { Array($0.utf8) }
        isGlanceEnough =
            search.ward == nil && search.authority == nil && search.leastPlaces == nil && search.outcome == nil
            && search.register == nil && scope.wards == nil && scope.settings == nil && scope.hubID == nil
    }

    /// The quick look that comes first.
    var sieve: FinderSieve { FinderSieve(self) }

    /// Whether the setting of a glance that passed the sieve is what is asked for.
    func fits(_ glance: FinderGlance, among entries: [FinderEntry], names: FinderNames) -> Bool {
        namesFit(audience == .staff ? glance.name : glance.publicName, names)
            && (isGlanceEnough || fits(entries[Int(glance.index)]))
    }

    /// Whether a setting is what is asked for, its name apart.
    func fits(_ entry: FinderEntry) -> Bool {
        if kinds & entry.kind == 0 { return false }
        if audience == .stranger && (entry.isSecret || !entry.isOpen) { return false }
        if !search.includesOlder && !entry.isEarlyYears { return false }
        if entry.hubID == nil ? !scope.includesRegister : entry.hubID != scope.hubID { return false }
        if let ward = search.ward, entry.wardCode != ward { return false }
        if let authority = search.authority, entry.authorityCode != authority { return false }
        if let least = search.leastPlaces, (entry.places ?? -1) < least { return false }
        if let outcome = search.outcome, !hasOutcome(entry, outcome) { return false }
        if let register = search.register, !entry.registers.contains(register) { return false }
        return isInScope(entry)
    }

    private func hasOutcome(_ entry: FinderEntry, _ outcome: String) -> Bool {
        outcome == "none" ? entry.outcome == nil && entry.type.isOnChildcareRegister : entry.outcome == outcome
    }

    private func isInScope(_ entry: FinderEntry) -> Bool {
        guard scope.wards != nil || scope.settings != nil else { return true }
        if let ward = entry.wardCode, scope.wards?.contains(ward) == true { return true }
        if scope.settings?.contains(entry.id) == true { return true }
        // A hub's own settings are its own wherever they are; an area's are those in its wards.
        return scope.areaName == nil && entry.hubID != nil && entry.hubID == scope.hubID
    }

    private func namesFit(_ name: FinderNames.Span, _ names: FinderNames) -> Bool {
        if words.isEmpty { return true }
        if !forgives { return names.holds(name, parts) }
        let held = names.text(name).split(separator: " ")
        return words.allSatisfy { word in held.contains { FinderWords.isNear(word, String($0)) } }
    }

    /// Whether a word of a name answers a word asked for.
    func matches(_ wanted: String, word: String) -> Bool {
        forgives ? FinderWords.isNear(wanted, word) : FinderWords.contains(word, wanted)
    }
}

/// Comparing words by their bytes.
enum FinderWords {
    /// Whether the text holds the part anywhere.
    static func contains(_ text: String, _ part: String) -> Bool {
        var text = text
        var part = part
        return text.withUTF8 { hay in part.withUTF8 { contains(hay, $0) } }
    }

    static func contains(_ hay: UnsafeBufferPointer<UInt8>, _ needle: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = needle.first else { return true }
        guard hay.count >= needle.count else { return false }
        for start in 0...(hay.count - needle.count) where hay[start] == first {
            var length = 1
            while length < needle.count && hay[start + length] == needle[length] { length += 1 }
            if length == needle.count { return true }
        }
        return false
    }

    /// Whether two words differ by one letter left out, added, changed or swapped with its neighbour; two in a word of
    /// eight letters or more; none in a word of three or fewer. The word asked for may also be the beginning of the other.
    static func isNear(_ wanted: String, _ word: String) -> Bool {
        let left = Array(wanted.utf8)
        let right = Array(word.utf8)
        let allowed = left.count <= 3 ? 0 : left.count < 8 ? 1 : 2
        if distance(left, right, within: allowed) <= allowed { return true }
        guard left.count >= 4, right.count > left.count else { return false }
        return distance(left, Array(right.prefix(left.count)), within: allowed) <= allowed
    }

    /// Damerau's distance with adjacent swaps (optimal string alignment); anything over the limit is the limit plus one.
    static func distance(_ left: [UInt8], _ right: [UInt8], within limit: Int) -> Int {
        if abs(left.count - right.count) > limit { return limit + 1 }
        if limit == 0 { return left == right ? 0 : 1 }
        var before: [Int] = []
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var next = [i + 1]
            next.reserveCapacity(right.count + 1)
            for (j, b) in right.enumerated() {
                var cost = min(row[j + 1] + 1, next[j] + 1, row[j] + (a == b ? 0 : 1))
                if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { cost = min(cost, before[j - 1] + 1) }
                next.append(cost)
            }
            if (next.min() ?? 0) > limit { return limit + 1 }
            before = row
            row = next
        }
        return row[right.count]
    }
}
