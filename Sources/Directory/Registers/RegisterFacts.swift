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

    /// Hands the facts over in the order of `names`.
    func tell(_ taker: some FactTaker) {
        taker.add(name)
        taker.add(kind)
        taker.add(subtype)
        taker.add(status)
        taker.add(registers)
        taker.add(registeredOn)
        taker.add(places)
        taker.add(personURN)
        taker.add(personName)
        taker.add(address)
        taker.add(town)
        taker.add(postcode)
        taker.add(authorityName)
        taker.add(region)
        taker.add(deprivationBand)
        taker.add(telephone)
        taker.add(email)
        taker.add(website)
        taker.add(details)
    }

    /// The facts as values, in the order of `names`.
    var values: [Value] {
        let list = FactValues()
        tell(list)
        return list.values
    }
}

/// Takes facts one after the other.
protocol FactTaker {
    func add(_ text: String?)
    func add(_ number: Int?)
}

extension BulkRows: FactTaker {}

private final class FactValues: FactTaker {
    var values: [Value] = []

    func add(_ text: String?) { values.append(Value(text)) }
    func add(_ number: Int?) { values.append(Value(number)) }
}
