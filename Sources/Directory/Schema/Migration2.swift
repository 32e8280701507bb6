internal import Store

/// What came after the first edition, each a step of its own.
enum Migration2 {
    static let all: [Migration] = [
        Migration(room: "Directory", number: 5, name: "places the registers give", places)
    ]

    /// Where a register itself says a setting is. What it was last used for is taken over; the rest comes with the next load.
    static let places: [SQL] = [
        """
        create table register_place (
            register text not null, urn text not null, latitude \(.real), longitude \(.real), ward_code text, lsoa_code text,
            basis text not null check (basis in ('register', 'ward')), primary key (register, urn)
        )\(.keyed)
        """,
        """
        insert into register_place (register, urn, latitude, longitude, ward_code, lsoa_code, basis)
        select r.register, r.urn, s.latitude, s.longitude, s.ward_code, s.lsoa_code, s.place_basis
        from registration r join setting s on s.id = r.setting_id
        where (s.place_basis = 'register' and r.register in ('ofsted', 'gias')) or (s.place_basis = 'ward' and r.register = 'list'
            and not exists (select 1 from correction c
                where c.setting_id = s.id and c.field = 'ward_code' and c.undone_at is null))
        """,
    ]
}
