/// One postcode as a file gives it.
struct PostcodeRecord: Sendable, Equatable {
    var line = 0
    /// `E15 4QZ`.
    var postcode = ""
    var latitude: Double?
    var longitude: Double?
    var authority: String?
    var ward: String?
    var lsoa: String?
    var isTerminated = false

    /// The seven characters in one number, for quick comparing: `E154QZ` and no other postcode.
    var key: UInt64 { PostcodeRecord.key(postcode) }

    static func key(_ postcode: String) -> UInt64 {
        var key: UInt64 = 0
        for byte in postcode.utf8 where byte != 32 { key = key << 8 | UInt64(byte) }
        return key
    }

    /// The postcode of a key, with its space.
    static func postcode(ofKey key: UInt64) -> String {
        var bytes: [UInt8] = []
        for shift in stride(from: 56, through: 0, by: -8) {
            let byte = UInt8(truncatingIfNeeded: key >> UInt64(shift))
            if byte != 0 { bytes.append(byte) }
        }
        if bytes.count > 3 { bytes.insert(32, at: bytes.count - 3) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The letters it begins with: `E`, `SO`.
    static func area(_ postcode: String) -> String {
        String(decoding: postcode.utf8.prefix { $0 >= 65 }, as: UTF8.self)
    }

    /// Changes when anything about the postcode does.
    var fingerprint: UInt64 {
        var hash = FactsHash()
        hash.add(latitude.map { Int(bitPattern: UInt($0.bitPattern)) })
        hash.add(longitude.map { Int(bitPattern: UInt($0.bitPattern)) })
        hash.add(authority)
        hash.add(ward)
        hash.add(lsoa)
        return hash.value
    }
}
