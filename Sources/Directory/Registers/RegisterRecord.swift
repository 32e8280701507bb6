internal import House

/// Facts on their way from the file to the database, handed on without being copied.
final class RegisterRecord: Sendable {
    let facts: RegisterFacts
    let urn: String
    /// The first eight bytes of its number: puts records in the order in which the tables keep them.
    let rank: UInt64
    let fingerprint: UInt64
    /// What its setting is sorted and searched by; made here because records are made on the thread that reads.
    let sortKey: String

    init(_ facts: RegisterFacts) {
        self.facts = facts
        urn = facts.urn
        rank = RegisterRecord.rank(facts.urn)
        fingerprint = facts.fingerprint
        sortKey = facts.name.map(SortKey.of) ?? ""
    }

    /// Its number and where its register says it is, if it does.
    var ownPlace: (urn: String, place: Place)? { facts.ownPlace.map { (urn, $0) } }

    private static func rank(_ urn: String) -> UInt64 {
        var rank: UInt64 = 0
        var shift: UInt64 = 64
        for byte in urn.utf8.prefix(8) {
            shift -= 8
            rank |= UInt64(byte) << shift
        }
        return rank
    }
}

/// FNV-1a over facts with their boundaries: tells a changed record from an unchanged one.
struct FactsHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ text: String?) {
        guard let text else { return step(1) }
        let taken: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
            for byte in bytes { step(byte) }
        }
        if taken == nil { for byte in text.utf8 { step(byte) } }
        step(0xFF)
    }

    mutating func add(_ number: Int?) {
        guard let number else { return step(1) }
        var rest = UInt64(bitPattern: Int64(number))
        for _ in 0..<8 {
            step(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
        step(0xFE)
    }

    private mutating func step(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    /// Sixteen hexadecimal figures, as `registration.fingerprint` keeps it.
    static func text(_ value: UInt64) -> String {
        String(unsafeUninitializedCapacity: 16) { target in
            for place in 0..<16 {
                let figure = UInt8(truncatingIfNeeded: value >> UInt64((15 - place) * 4)) & 0xF
                target[place] = figure < 10 ? figure + 48 : figure + 87
            }
            return 16
        }
    }
}
