internal import House
internal import Store

/// How the demonstration's hubs look, with telephone numbers that Ofcom keeps for films: nobody ever answers them.
enum DemoIdentity {
    /// Fills in what nobody has, and opens the hub. Does nothing to a hub that says something of itself already.
    static func fill(_ hub: Hub, _ session: any Session, _ tools: Tools) throws {
        let blank = try HubIdentity.of(hub, session)
        guard blank.edition == 0 else { return }
        var identity = blank
        for index in identity.safeguarding.indices {
            identity.safeguarding[index].day = "020 7946 0101"
            identity.safeguarding[index].night = "020 7946 0102"
            identity.safeguarding[index].officer = "020 7946 0103"
        }
        identity.formatTelephone = "020 7946 0104"
        identity.formatEmail = "formats@demo.example.org"
        if hub.isSample {
            identity.colour = Colour("#0b5a55")
            identity.funder = "Supported by the Fund for Early Friendships (invented)"
            identity.introduction = """
                We bring together everybody who looks after young children here: nurseries, childminders, pre-schools and schools. We \
                meet every term, share what works, and help families find a place near them.

                Whoever works with children under five is welcome. Come to a meeting near you, or ask us to call on you.
                """
            identity.videoAddress = "https://films.example.org/a-morning-at-the-hub"
            identity.videoTitle = "A morning at the hub (3 minutes, subtitled)"
        }
        try identity.save(over: blank, name: hub.name, hub, session, tools)
        try Opening.set(hub, isOpen: true, session, tools)
    }
}
