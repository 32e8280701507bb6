/// The part of the early years community a setting or person speaks for.
public enum Sector: String, Sendable, CaseIterable, Codable {
    case childminders, pvi, schools, health, council, others

    /// As people say it.
    public var name: String {
        switch self {
        case .childminders: "Childminders"
        case .pvi: "Private, voluntary and independent settings"
        case .schools: "Schools and nursery schools"
        case .health: "Health"
        case .council: "Council and children’s centres"
        case .others: "Others"
        }
    }

    /// Where there is little room.
    public var short: String {
        switch self {
        case .pvi: "PVI settings"
        case .schools: "Schools"
        case .council: "Council"
        default: name
        }
    }
}
