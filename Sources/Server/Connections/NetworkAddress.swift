/// Network addresses as they are counted.
enum NetworkAddress {
    /// What is counted as one: an IPv4 address, the /64 of an IPv6 one (a household or an office has at least that), and nothing
    /// (empty) for this machine itself.
    static func counted(_ address: String) -> String {
        let address = address.lowercased()
        if isThisMachine(address) { return "" }
        // An IPv4 address in IPv6's clothes.
        if address.hasPrefix("::ffff:"), address.contains(".") { return counted(String(address.dropFirst(7))) }
        guard address.contains(":") else { return address }
        return firstHalf(of: address)
    }

    static func isThisMachine(_ address: String) -> Bool {
        address.isEmpty || address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }

    /// The first four groups, with what `::` stands for written out.
    private static func firstHalf(of address: String) -> String {
        guard let gap = address.firstRange(of: "::") else { return address.split(separator: ":").prefix(4).joined(separator: ":") }
        let before = address[..<gap.lowerBound].split(separator: ":")
        let after = address[gap.upperBound...].split(separator: ":")
        let zeros = Array(repeating: Substring("0"), count: max(0, 8 - before.count - after.count))
        return (before + zeros + after).prefix(4).joined(separator: ":")
    }
}
