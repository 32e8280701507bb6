/// A code of an area that was given anew while nothing in our tables changed with it: both codes mean one place.
///
/// Data with dates. Where boundaries moved too, the codes mean different places and both are kept with their editions.
struct CodeChange: Sendable {
    let newer: String
    /// The code the ward boundaries and the deprivation tables in use carry.
    let kept: String
    let from: String
    let why: String

    static let all: [CodeChange] = [
        CodeChange(newer: "E08000038", kept: "E08000016", from: "2025-04-01", why: "Barnsley"),
        CodeChange(newer: "E08000039", kept: "E08000019", from: "2025-04-01", why: "Sheffield"),
    ]

    /// The code we keep for an area: the one other tables use for it.
    static func kept(_ code: String) -> String {
        for change in all where change.newer == code { return change.kept }
        return code
    }
}
