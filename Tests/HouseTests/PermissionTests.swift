import House
import Testing

/// The rule of docs/rules/permissions.md.
@Suite struct PermissionTests {
    private let deed = Deed(
        "test.do", "Do it", [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownArea, .manager: .ownSetting])
    private let place = Whereabouts(hubs: ["h"], areas: ["a"], settingID: "s")

    private func hat(_ role: Role, hub: String? = "h", area: String? = nil, setting: String? = nil) -> Hat {
        Hat(id: "r", role: role, hubID: hub, areaID: area, settingID: setting)
    }

    @Test func eachRoleReachesAsFarAsTheTableSays() {
        #expect(Permission.answer([hat(.administrator, hub: nil)], deed, place) == .yes)
        #expect(Permission.answer([hat(.hubLead)], deed, place) == .yes)
        #expect(Permission.answer([hat(.coordinator, area: "a")], deed, place) == .yes)
        #expect(Permission.answer([hat(.manager, setting: "s")], deed, place) == .yes)
    }

    @Test func withinTheHubWhatIsNotOnesOwnIsForbidden() {
        #expect(Permission.answer([hat(.coordinator, area: "b")], deed, place) == .forbidden)
        #expect(Permission.answer([hat(.manager, setting: "t")], deed, place) == .forbidden)
        #expect(Permission.answer([hat(.mentor)], deed, place) == .forbidden)
    }

    @Test func whatIsAnotherHubsDoesNotExist() {
        for role in Role.allCases where role != .administrator {
            #expect(Permission.answer([hat(role, hub: "other", area: "a2", setting: "s2")], deed, place) == .unknown, "\(role)")
        }
        #expect(Permission.answer([], deed, place) == .unknown)
    }

    @Test func hatsAddUpAndNoneTakesAway() {
        #expect(Permission.answer([hat(.mentor, hub: "other"), hat(.hubLead)], deed, place) == .yes)
        #expect(Permission.answer([hat(.hubLead, hub: "other"), hat(.mentor)], deed, place) == .forbidden)
    }

    @Test func listsOpenForWhoeverMayDoItSomewhere() {
        #expect(Permission.answer([hat(.hubLead)], deed, .several) == .yes)
        #expect(Permission.answer([hat(.mentor)], deed, .several) == .forbidden)
    }

    @Test func whatIsOfNoHubIsTheAdministrators() {
        let nowhere = Whereabouts()
        #expect(Permission.answer([hat(.administrator, hub: nil)], deed, nowhere) == .yes)
        #expect(Permission.answer([hat(.hubLead)], deed, nowhere) == .forbidden)
    }
}
