/// The latest result of an inspection, as a short code that says its framework too.
///
/// A report card (from 10 November 2025) has no headline grade and is never turned into an old one.
public enum Outcome {
    /// A choice in the search form: the code and its words.
    public static let choices: [(code: String, words: String)] = [
        ("oeif-1", "Outstanding"), ("oeif-2", "Good"), ("oeif-3", "Requires improvement"), ("oeif-4", "Inadequate"),
        ("report-card", "Report card"), ("ncor-met", "Met (no children on roll)"),
        ("ncor-not-met", "Not met (no children on roll)"), ("oosc-met", "Met (out-of-school care)"),
        ("oosc-not-met", "Not met (out-of-school care)"), ("cr-met", "Met (Childcare Register)"),
        ("cr-not-met", "Not met (Childcare Register)"), ("effective", "Effective (agency)"),
        ("ineffective", "Ineffective (agency)"), ("none", "Not yet inspected"),
    ]

    /// The code in words; a code this version does not know is shown as it stands. Of a school we do not know: schools are
    /// inspected under rules of their own, which the childcare register does not tell.
    public static func words(_ code: String?, of type: SettingType) -> String {
        guard let code, !code.isEmpty else { return type.isOnChildcareRegister ? "Not yet inspected" : "" }
        return choices.first { $0.code == code }?.words ?? code
    }
}
