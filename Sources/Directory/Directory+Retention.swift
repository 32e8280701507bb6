internal import Civil
public import House
internal import Store

extension Directory {
    /// How long this room keeps what people sent in. The registers' own facts, and what was done with them, are the hub's record and stay.
    public var retention: [Retention] {
        [
            Retention(
                "uploads", "Files sent in and not applied", .days(Uploads.keptDays),
                .between(1, 90, "A file sent in may hold what must not lie about; three months is the life of one edition of a register."),
                then: "after they were sent; deleted", in: "upload"
            ) { "created_at < \($0)" },
            Retention(
                "format-requests", "Who asked for another format, and how to reach them", .days(FormatRequest.keptDays),
                .between(30, 365, "Those who ask are told that it goes a year after the answer; a month leaves time for questions."),
                then: "after the answer; blanked", in: "format_request",
                .each { id, tools, session in try FormatRequest.clear("id = \(id)", tools.clock.now, session) }
            ) { "cleared_at is null and answered_at < \($0)" },
        ]
    }
}
