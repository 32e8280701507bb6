internal import Store

/// What a register says of one setting, tidied: the same for every register and every shape of its file.
struct RegisterFacts: Sendable {
    var line = 0
    var urn = ""
    // Kept in `registration`, in the order of `names`.
    var name: String?
    var kind: String?
    var subtype: String?
    var status: String?
    /// `EYR`, `CCR`, `VCR`, those that apply, in this order with commas.
    var registers: String?
    var registeredOn: String?
    var places: Int?
    var personURN: String?
    var personName: String?
    var address: String?
    var town: String?
    var postcode: String?
    var authorityName: String?
    var region: String?
    var deprivationBand: String?
    var telephone: String?
    var email: String?
    var website: String?
    var details: String?
    var inspections: [Inspection] = []

    // Decided from the facts above, for the setting.
    var type = SettingType.other
    var isEarlyYears = false
    /// Marked ANON, WREF or MOD: never public, never put on a map.
    var isSecret = false
    /// Whether this register says who is secret: only the feed does.
    var tellsSecrecy = false
    /// Open or closed as the register has it.
    var isClosed = false
    /// The authority's code (domain §6); nil when the register does not say or says a name we do not know.
    var authorityCode: String?
    var authorityTitle: String?
    /// The register's own idea of where it is, used when its postcode is not one we know.
    var ownPlace: Place?
    /// Facts this file has no column for: what was known of them before stays.
    var absent: [Absent] = []
    /// False when the file says too little to tell that a setting is not for the early years.
    var isSureOfAge = true
    /// Numbers in other registers that mean the same setting, likeliest first.
    var claims: [URN] = []

    /// Changes when anything the register says changes; where it lies on the map is not what the register says.
    var fingerprint: UInt64 {
        var hash = FactsHash()
        for text in [name, kind, subtype, status, registers, registeredOn, personURN, personName, address, town] {
            hash.add(text)
        }
        for text in [postcode, authorityName, region, deprivationBand, telephone, email, website, details] {
            hash.add(text)
        }
        hash.add(places)
        for inspection in inspections { inspection.combine(into: &hash) }
        return hash.value
    }

    enum Absent: String, Sendable, CaseIterable {
        case kind, subtype, status, registers, places, address, town, postcode, region, telephone, website, details
        case registeredOn = "registered_on"
        case personURN = "person_urn"
        case personName = "person_name"
        case band = "deprivation_band"
    }

    /// Takes over what the file could not say from what was known before.
    mutating func fillAbsent(from row: Row) {
        for fact in absent {
            let held = row.textOrNil(fact.rawValue)
            switch fact {
            case .kind: kind = held
            case .subtype: subtype = held
            case .status: status = held
            case .registers:
                registers = held
                isEarlyYears = held?.hasPrefix("EYR") ?? false
            case .places: places = row.intOrNil("places")
            case .address: address = held
            case .town: town = held
            case .postcode: postcode = held
            case .region: region = held
            case .telephone: telephone = held
            case .website: website = held
            case .details: details = held
            case .registeredOn: registeredOn = held
            case .personURN: personURN = held
            case .personName: personName = held
            case .band: deprivationBand = held
            }
        }
    }

    static let names: [StaticString] = [
        "name", "kind", "subtype", "status", "registers", "registered_on", "places", "person_urn", "person_name",
        "address",
        "town", "postcode", "authority_name", "region", "deprivation_band", "telephone", "email", "website", "details",
    ]

    var values: [Value] { values(after: []) }

    /// The values in the order of `names`, behind those given.
    func values(after key: [Value]) -> [Value] {
        var all: [Value] = []
        all.reserveCapacity(key.count + 19)
        all.append(contentsOf: key)
        all.append(Value(name))
        all.append(Value(kind))
        all.append(Value(subtype))
        all.append(Value(status))
        all.append(Value(registers))
        all.append(Value(registeredOn))
        all.append(Value(places))
        all.append(Value(personURN))
        all.append(Value(personName))
        all.append(Value(address))
        all.append(Value(town))
        all.append(Value(postcode))
        all.append(Value(authorityName))
        all.append(Value(region))
        all.append(Value(deprivationBand))
        all.append(Value(telephone))
        all.append(Value(email))
        all.append(Value(website))
        all.append(Value(details))
        return all
    }
}

/// Facts on their way from the file to the database, handed on without being copied.
final class RegisterRecord: Sendable {
    let facts: RegisterFacts
    let fingerprint: UInt64

    init(_ facts: RegisterFacts) {
        self.facts = facts
        fingerprint = facts.fingerprint
    }

    /// Its number and where its register says it is, if it does.
    var ownPlace: (urn: String, place: Place)? { facts.ownPlace.map { (facts.urn, $0) } }
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
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
