public import Civil
public import Store

extension Pictures {
    /// The table of pictures, whichever room they belong to.
    public static let migrations: [Migration] = [
        Migration(
            room: "Pictures", number: 1, name: "pictures",
            [
                """
                create table picture (
                    name text primary key, kind text not null check (kind in ('png', 'jpg')), width \(.integer) not null,
                    height \(.integer) not null, bytes \(.bytes) not null, created_at text not null
                )\(.strict)
                """
            ])
    ]

    /// Keeps a picture. Returns its name, which is chance and its kind.
    public static func keep(_ picture: Picture, at now: Instant, in session: any Session) throws -> String {
        var generator = SystemRandomNumberGenerator()
        let chance = (0..<2).map { _ in generator.next() as UInt64 }.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
        let name = "\(chance).\(picture.kind.rawValue)"
        try session.run(
            """
            insert into picture (name, kind, width, height, bytes, created_at) values (\(name), \(picture.kind), \(picture.width),
                \(picture.height), \(Value.bytes(picture.bytes)), \(now))
            """)
        return name
    }

    /// The picture of this name.
    public static func named(_ name: String, in session: any Session) throws -> Picture? {
        guard let row = try session.first("select kind, width, height, bytes from picture where name = \(name)"),
            let kind: Picture.Kind = row.code("kind")
        else { return nil }
        return Picture(kind: kind, width: row.int("width"), height: row.int("height"), bytes: row.bytes("bytes"))
    }

    /// Lets a picture go that nothing shows any more.
    public static func drop(_ name: String, in session: any Session) throws {
        try session.run("delete from picture where name = \(name)")
    }
}

extension Picture.Kind: Bindable {}
