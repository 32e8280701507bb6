internal import House
internal import Store

extension Network {
    /// What the tables of champions hold about people.
    static let championHoldings: [Holding] = [
        Holding(
            "champion",
            [
                "person_id", "name", "email", "telephone", "setting_said", "note", "declined_because", "left_because", "decided_by",
                "by_whom",
            ],
            "That you volunteered as a champion",
            fate: "That somebody volunteered and held an area stays. Your name, how to reach you and every note go.",
            rows: { id, session in
                try session.all(
                    """
                    select name, email, telephone, setting_said, wish_area, shares, shares_at, stood_at, state, declined_because, left_day,
                        left_because, note
                    from champion where person_id = \(id) order by stood_at, id
                    """)
            },
            forget: { id, _, session in try Champions.blank("person_id = \(id)", session) }),
        Holding(
            "area_post", ["link_person", "by_whom", "ended_by", "ended_because"], "Areas you held, or stand beside somebody in",
            fate: "That the area was held stays, without the name of who held it or stood beside.",
            rows: { id, session in
                try session.all(
                    """
                    select p.kind, p.area_name, p.from_day, p.to_day, p.ended_because from area_post p join champion c on c.id = p.champion_id
                    where c.person_id = \(id) or p.link_person = \(id) order by p.from_day, p.id
                    """)
            },
            forget: { id, _, session in try session.run("update area_post set link_person = null where link_person = \(id)") }),
        byNumber("champion_deadline", "Deadlines of a hub you set", "hub_id, first_meeting_days, quiet_days, changed_at"),
        byNumber("champion_event", "Sign-ups at events you opened", "title, from_day, to_day, made_at"),
        byNumber("area_meeting", "Meetings of areas you recorded", "area_name, day, people"),
        byNumber("handover_criterion", "What you wrote down for hand-overs", "words"),
        byNumber("handover_tick", "Criteria of hand-overs you ticked", "area_name, met_day"),
        byNumber("handover", "Hand-overs you recorded", "area_name, day, note"),
    ]

    /// A table that only says who wrote: that stays, by number.
    static func byNumber(_ table: StaticString, _ words: String, _ columns: StaticString) -> Holding {
        let (name, shown) = (SQL(stringLiteral: table), SQL(stringLiteral: columns))
        return Holding(
            "\(table)", ["by_whom"], words, fate: "Stays by number, without the name.",
            rows: { try $1.all("select \(shown) from \(name) where by_whom = \("person:\($0)") order by 1") })
    }
}
