internal import House

extension Deed {
    static let planHosting = Deed(
        "network.hosting.plan", "Plan the hub’s meetings, and choose and agree who hosts them",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub])
    static let noteAttendance = Deed(
        "network.hosting.attendance", "Note who was at a meeting, who spoke, hosted and chaired", Deed.logContact.reaches)
    static let offerHosting = Deed(
        "network.hosting.offer", "Say whether one’s own setting can host meetings", [.manager: .ownSetting])
}

extension Network {
    static let hostingDeeds: [Deed] = [.planHosting, .noteAttendance, .offerHosting]
}
