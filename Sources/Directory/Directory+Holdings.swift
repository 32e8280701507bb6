public import House
internal import Store

extension Directory {
    /// What this room holds about people of the network. What the registers say of childminders is the registers' own and stays with them.
    public static let holdings: [Holding] = [
        written(.correction, "by_whom", "Corrections you made"), written(.merge, "by_whom", "Records you merged"),
        written(.planStep, "by_whom", "Steps you took in drawing areas"),
        written(.possibleDuplicate, "decided_by", "Doubles you decided about"),
        Holding(
            "proposal", ["by_whom", "decided_by"], "Changes you asked for or decided about",
            fate: "Stay by number, without the name: the setting’s facts rest on them.",
            rows: { id, session in
                try session.all(
                    """
                    select at, setting_id, reason, decision, decided_at, answer from proposal
                    where by_whom = \("person:\(id)") or decided_by = \("person:\(id)") order by at
                    """)
            }),
        FormatRequest.holding,
    ]

    /// A table that says by number who did something.
    private static func written(_ table: WrittenTable, _ column: String, _ words: String) -> Holding {
        Holding(
            table.rawValue, [column], words, fate: "Stays by number, without the name: the fact rests on it.",
            rows: { try $1.all("\(table.select) \("person:\($0)") order by 1") })
    }

    private enum WrittenTable: String {
        case correction, merge, planStep = "plan_step", possibleDuplicate = "possible_duplicate"

        var select: SQL {
            switch self {
            case .correction: "select at, setting_id, field, value, before, reason from correction where by_whom ="
            case .merge: "select at, kept_id, gone_id from merge where by_whom ="
            case .planStep: "select at, plan_id, what, subject from plan_step where by_whom ="
            case .possibleDuplicate: "select decided_at, load_id, decision from possible_duplicate where decided_by ="
            }
        }
    }
}
