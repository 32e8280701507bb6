"""Makes England larger: copies of every setting, nearby, under other names and numbers.

A copy lies up to three kilometres off, keeps its kind and its ward, and has the name of another setting of its kind. The
directory's version moves on, so that a running server would take up the change.

    python3 -m searching.multiply DATABASE FACTOR
"""
import contextlib
import random
import sqlite3
import sys

REACH = 3 / 111.2  # three kilometres in degrees of latitude


def columns(connection, table):
    return [row[1] for row in connection.execute(f"pragma table_info({table})")]


def multiply(database, factor, seed=1):
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("pragma synchronous = off")
        settings = connection.execute("select count(*) from setting").fetchone()[0]
        connection.execute("create temp table original as select id, type, name, sort_key from setting")
        for copy in range(1, factor):
            random_ = random.Random(seed * 100 + copy)
            connection.create_function("jitter", 1, lambda width: random_.uniform(-width, width))
            connection.create_function("dice", 0, random_.random)
            add(connection, copy)
        connection.execute("update directory_version set version = version + 1")
        connection.execute("update setting set version = (select version from directory_version)")
        counted = connection.execute("select count(*), count(distinct id) from setting").fetchone()
        if counted != (settings * factor, settings * factor):
            raise SystemExit(f"{settings} settings times {factor} made {counted}")
    return settings * factor


def add(connection, copy):
    """One more England beside what is there. A copy's id ends in a letter that no original's has."""
    mark = "ghijklm"[copy]
    names = columns(connection, "setting")
    values = {name: f"s.{name}" for name in names}
    values |= {
        "id": f"substr(s.id, 1, 35) || '{mark}'", "name": "n.name", "sort_key": "n.sort_key", "site_id": "null",
        "latitude": f"s.latitude + jitter({REACH})", "longitude": f"s.longitude + jitter({REACH * 1.6})",
    }
    connection.execute(
        """create temp table place as
        select id, type, row_number() over (partition by type order by id) as number from temp.original""")
    connection.execute(
        """create temp table name as
        select name, sort_key, type, row_number() over (partition by type order by dice()) as number from temp.original""")
    connection.execute("create index temp.name_number on name (type, number)")
    connection.execute(
        f"""insert into setting ({', '.join(names)}) select {', '.join(values[n] for n in names)}
        from temp.place p join setting s on s.id = p.id join temp.name n on n.type = p.type and n.number = p.number""")
    names = columns(connection, "registration")
    values = {name: f"r.{name}" for name in names}
    values |= {"urn": f"r.urn || '{mark}'", "setting_id": f"substr(r.setting_id, 1, 35) || '{mark}'"}
    connection.execute(
        f"""insert into registration ({', '.join(names)}) select {', '.join(values[n] for n in names)}
        from temp.place p join registration r on r.setting_id = p.id""")
    for table in ("place", "name"):
        connection.execute(f"drop table temp.{table}")


if __name__ == "__main__":
    print(multiply(sys.argv[1], int(sys.argv[2])))
