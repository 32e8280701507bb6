internal import House
public import Store

/// Which setting of a hub somebody means by a few words: a name, or a postcode.
///
/// For pages that strangers open: what is shown of a setting is what strangers may know, and whether the words name a home that is not
/// shown to them stays unsaid.
public struct SettingGuess: Sendable {
    /// A setting as strangers may be shown it.
    public struct Shown: Sendable {
        public let id: String
        public let title: String
        /// Where it is: its street, or its ward for a home.
        public let place: String
    }

    /// Those that may be meant, the likeliest first; at most eight.
    public let shown: [Shown]
    /// The one of `shown` that is named to the letter.
    public let exact: Shown?
    /// The one setting the words name to the letter, shown to strangers or not. Never to be told to a stranger.
    public let settled: String?

    public static func of(_ words: String, hub id: String, _ session: any Session) throws -> SettingGuess {
        let hub = try Hubs.with(id: id, session)
        let agreed = try AgreedFields.of(hub.settings, session)
        let settings = try session.all(
            """
            \(Setting.select) where s.status = 'open' and s.is_early_years = 1 and \(hub.settings) order by s.sort_key, s.id
            """
        ).map(Setting.init)
        return guess(words, among: settings) { Set((agreed[$0] ?? []).map(\.rawValue)) }
    }

    /// The rule, over settings that were read.
    static func guess(_ words: String, among settings: [Setting], agreed: (String) -> Set<String>) -> SettingGuess {
        let key = SortKey.of(words)
        let postcode = Postcode(words)?.text
        var ranked: [(rank: Int, shown: Shown)] = []
        var named: [String] = []
        for setting in settings {
            if isNamed(setting, key, postcode) { named.append(setting.id) }
            guard let seen = setting.forStrangers(agreed: agreed(setting.id)), let name = seen.name else { continue }
            guard let rank = rank(name: name, postcode: seen.postcode, key, postcode) else { continue }
            let place = seen.isHome ? seen.wardName : seen.address ?? seen.wardName
            ranked.append((rank, Shown(id: seen.id, title: name, place: place ?? "")))
        }
        let shown = ranked.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
        let exact = shown.filter { $0.rank == 0 }
        return SettingGuess(
            shown: shown.prefix(8).map(\.shown), exact: exact.count == 1 ? exact[0].shown : nil,
            settled: named.count == 1 ? named[0] : nil)
    }

    private static func isNamed(_ setting: Setting, _ key: String, _ postcode: String?) -> Bool {
        if setting.isSecret { return false }
        if let postcode { return setting.postcode == postcode }
        return !key.isEmpty && setting.name.map { SortKey.of($0) == key } ?? false
    }

    /// 0 for the very name, 1 for the postcode, 2 for every word in it, 3 with a letter or two forgiven; nil for another setting.
    private static func rank(name: String, postcode held: String?, _ key: String, _ postcode: String?) -> Int? {
        if let postcode { return held == postcode ? 1 : nil }
        guard key.count > 1 else { return nil }
        let own = SortKey.of(name)
        if own == key { return 0 }
        let wanted = key.split(separator: " ").map(String.init)
        let words = own.split(separator: " ").map(String.init)
        if wanted.allSatisfy({ part in words.contains { $0.hasPrefix(part) } }) { return 2 }
        return wanted.allSatisfy({ part in words.contains { FinderWords.isNear(part, $0) } }) ? 3 : nil
    }
}
