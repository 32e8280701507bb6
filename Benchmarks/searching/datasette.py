"""Datasette over the same settings: the same question in SQL, the answer as JSON.

It gets what it can use: a table of just the settings strangers may find, homes already placed in their ward, indexes, the
leanest shape of JSON. It is asked twice: in the words a person would write (kind, name part, distance reckoned in SQL), and
in those of somebody who knows SQLite well, who first cuts a box around the circle out of an index.
"""
import contextlib
import json
import sqlite3
import sys
import urllib.parse

from measuring import child
from measuring.server import Server

from . import questions

TABLE = """
create table setting (
    number integer primary key, id text not null, type text not null, name text, sort_key text not null, town text,
    postcode text, ward text, authority text, latitude real, longitude real, places integer, outcome text, outcome_day text);
insert into setting
    select null, s.id, s.type, s.name, s.sort_key, s.town, s.postcode, w.name, s.authority_name,
        case s.is_home when 1 then w.latitude else s.latitude end,
        case s.is_home when 1 then w.longitude else s.longitude end, s.places, s.outcome, s.outcome_day
    from source.setting s left join source.ward w on w.code = s.ward_code
    where s.hub_id is null and s.merged_into is null and s.status = 'open' and s.is_secret = 0 and s.is_early_years = 1
    order by s.sort_key, s.id;
create index setting_place on setting (type, latitude, longitude);
create index setting_name on setting (sort_key);
create table postcode (postcode text primary key, latitude real, longitude real) without rowid;
insert into postcode select postcode, latitude, longitude from source.postcode;
analyze main;
"""

SEARCH = """
with here as (select latitude, longitude, :miles * 1609.344 as reach from postcode where postcode = :near)
select *, count(*) over () as total from (
    select s.*, here.reach, 2 * 6371008.8 * asin(sqrt(
        pow(sin(radians(s.latitude - here.latitude) / 2), 2)
        + cos(radians(here.latitude)) * cos(radians(s.latitude)) * pow(sin(radians(s.longitude - here.longitude) / 2), 2)
    )) as metres
    from here cross join setting s
    where s.type in (select value from json_each(:types)) and s.sort_key like '%' || :q || '%' BOX
) where metres <= reach order by metres, number limit 25
"""
BOX = """
    and s.latitude between here.latitude - here.reach / 111000 and here.latitude + here.reach / 111000
    and s.longitude between here.longitude - here.reach / (111000 * cos(radians(here.latitude + 0.1)))
        and here.longitude + here.reach / (111000 * cos(radians(here.latitude + 0.1)))
"""
QUERIES = {"search": {"sql": SEARCH.replace("BOX", "")}, "boxed": {"sql": SEARCH.replace("BOX", BOX)}}


def build(source, target):
    with contextlib.closing(sqlite3.connect(f"file:{target}", uri=True)) as connection:
        connection.execute("attach ? as source", [f"file:{source}?mode=ro"])
        connection.executescript(TABLE)
        connection.execute("vacuum")


def start(place, source):
    table, metadata = place.folder / "peer.db", place.folder / "queries.json"
    table.unlink(missing_ok=True)
    # A child builds the table, so that this Python stays small (see measuring/child.py).
    child.run([sys.executable, "-m", "searching.datasette", source, table], env=child.environment(), cap=120)
    metadata.write_text(json.dumps({"databases": {"peer": {"queries": QUERIES}}}))
    return Server(
        lambda port: ["datasette", "serve", "-i", table, "--metadata", metadata, "-h", "127.0.0.1", "-p", port,
                      "--setting", "suggest_facets", "off", "--setting", "sql_time_limit_ms", "20000"],
        place.folder / "datasette.log", "/-/versions.json")


def path(question, words="search"):
    part, postcode, kinds = question
    pairs = {"q": part, "near": postcode, "miles": questions.MILES, "types": json.dumps(kinds), "_shape": "array"}
    return f"/peer/{words}.json?" + urllib.parse.urlencode(pairs)


def check(ours, peer, asked):
    """All give the same answer: as many in all, and the same first page."""
    for question in asked:
        one = json.loads(ours.get(questions.json_path(question))[1])
        here = [round(setting["metres"]) for setting in one["settings"]]
        for words in QUERIES:
            other = json.loads(peer.get(path(question, words))[1])
            total = other[0]["total"] if other else 0
            there = [round(setting["metres"]) for setting in other]
            # A metre's rounding may fall either way.
            if one["total"] != total or len(here) != len(there) or any(abs(a - b) > 1 for a, b in zip(here, there)):
                raise child.Failed(f"{question}: ours finds {one['total']}, Datasette {total}; {here[:5]}, {there[:5]}")


if __name__ == "__main__":
    build(*sys.argv[1:])
