internal import Store

/// Plans to begin with, after what two councils did. The words are ours; a hub writes its own.
struct RollOutSample: Sendable {
    /// One step: what is done, how many days from the start, and whether every area has one of its own.
    struct Step: Sendable {
        let title: String
        let offset: Int
        var isPerArea = false

        init(_ title: String, _ offset: Int, perArea: Bool = false) {
            self.title = title
            self.offset = offset
            isPerArea = perArea
        }
    }

    let code: String
    let name: String
    let about: String
    let steps: [Step]

    static let all: [RollOutSample] = [thirteen, localities]

    /// After Southampton: one event for the whole city, then champions in every area.
    static let thirteen = RollOutSample(
        code: "thirteen-steps", name: "A launch event and champions: thirteen steps",
        about: "After Southampton: one Saturday for every kind of setting, then champions who lead their own areas.",
        steps: [
            Step("Plan the launch event for every kind of setting", 0),
            Step("Gather what providers say and want, and decide the next steps by it", 14),
            Step("Ask childminders in person to come and to be champions", 28),
            Step("Ring settings until every part of the place is represented", 42),
            Step("Seat neighbours at one table", 56),
            Step("Keep childminders on the agenda of every meeting", 60),
            Step("Ask for volunteers as champions at the event", 63),
            Step("Bring the champions together to plan their first meetings", 84),
            Step("Ask for every first meeting by a day", 105),
            Step("Put the coming meetings on the council’s website", 112),
            Step("Tell of the meetings in the monthly bulletin", 119),
            Step("Help champions reach one another", 126),
            Step("Hold a second champions’ meeting to share what works", 210),
        ])

    /// After Telford and Wrekin: five localities over a school year, each with a coordinator and a link person.
    static let localities = RollOutSample(
        code: "localities", name: "Area by area over a year",
        about: "After Telford and Wrekin: the vision shared first, then the same stages in every locality.",
        steps: [
            Step("Visit settings of every kind that asked to know more", 0),
            Step("Share the vision with head teachers at their own meeting", 14),
            Step("Hold a workshop for the leads of early years in schools", 28),
            Step("Train the council’s early years staff to oversee and then let go", 42),
            Step("Brief the settings: what the hub is for, and what is in it for them", 56, perArea: true),
            Step("Find a volunteer coordinator, and name the link person beside them", 70, perArea: true),
            Step("Spend a morning away together: vision, values, how to make it known", 98),
            Step("Hold the first meeting", 126, perArea: true),
            Step("Support what does not work yet, before people lose heart", 154, perArea: true),
            Step("Let the coordinator take the lead", 238, perArea: true),
        ])
}
