public import House
internal import Store

extension Directory {
    /// How long this room keeps what people sent in. The registers' own facts, and what was done with them, are the hub's record and stay.
    public var retention: [Retention] {
        [
            Retention(
                "uploads", "Files sent in and not applied", .days(Uploads.keptDays), then: "after they were sent; deleted", in: "upload"
            ) { "created_at < \($0)" }
        ]
    }
}
