public import Store

/// What somebody is in the network. One person may be several at once, each for a time and in a scope.
///
/// The names are the field's (`docs/rules/permissions.md` says what each may do).
public enum Role: String, Sendable, CaseIterable, Codable {
    case administrator, hubLead = "hub-lead", coordinator, champion, mentor, adviser, areaSENCo = "area-senco"
    case healthPartner = "health-partner", steering, manager, practitioner, parentChampion = "parent-champion", funder

    /// As people say it.
    public var name: String {
        switch self {
        case .administrator: "Administrator"
        case .hubLead: "Hub lead"
        case .coordinator: "Mini-hub coordinator"
        case .champion: "Hub champion"
        case .mentor: "Mentor"
        case .adviser: "Local authority adviser"
        case .areaSENCo: "Area SENCo"
        case .healthPartner: "Health partner"
        case .steering: "Steering group member"
        case .manager: "Setting manager"
        case .practitioner: "Practitioner or childminder"
        case .parentChampion: "Parent champion"
        case .funder: "Funder (reads only)"
        }
    }

    /// Where the role is held.
    public var level: Level {
        switch self {
        case .administrator: .installation
        case .coordinator: .area
        case .manager, .practitioner: .setting
        case .hubLead, .champion, .mentor, .adviser, .areaSENCo, .healthPartner, .steering, .parentChampion, .funder: .hub
        }
    }

    /// Whether its holder sees other people's data, and so signs in with a second step.
    public var needsSecondStep: Bool {
        switch self {
        case .practitioner, .parentChampion, .funder: false
        case .administrator, .hubLead, .coordinator, .champion, .mentor, .adviser, .areaSENCo, .healthPartner, .steering, .manager:
            true
        }
    }

    /// What a role is held over.
    public enum Level: String, Sendable, CaseIterable { case installation, hub, area, setting }
}

/// A role somebody holds now, with what it is held over.
public struct Hat: Sendable, Equatable {
    /// The id of the role's record.
    public let id: String
    public let role: Role
    /// The hub it belongs to; nil for the installation's administrator.
    public let hubID: String?
    public let areaID: String?
    public let settingID: String?
    /// What it is held over, as people call it: "Riverside mini-hub".
    public let over: String

    public init(id: String, role: Role, hubID: String? = nil, areaID: String? = nil, settingID: String? = nil, over: String = "") {
        self.id = id
        self.role = role
        self.hubID = hubID
        self.areaID = areaID
        self.settingID = settingID
        self.over = over
    }

    /// "Mini-hub coordinator, Riverside".
    public var words: String { over.isEmpty ? role.name : "\(role.name), \(over)" }
}

extension Role: Bindable {}
