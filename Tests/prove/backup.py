"""Part 6: a backup taken while everybody writes is one moment of the database, whole, on either engine."""

import csv
import time
from pathlib import Path

import postgres
import writers
from failing import expect
from ground import ENGINES, Place
from house import House, command

TIMES = 3
# Tables whose rows change after they were written: their rows in a backup need not stand in a later export.
CHANGING = {"outbox", "session", "attempt", "directory_version", "api_token"}


def backup(ground, _):
    return [trial(ground, engine, number) for engine in ENGINES for number in range(1, TIMES + 1)]


def trial(ground, engine, number):
    name = f"backup_{engine}_{number}"
    place, file = ground.place(engine, name), ground.folder / f"{name}.backup"
    with House(place.address, ground.log("backup")) as house:
        everybody = writers.start(house, ground, f"b{number}", 4)
        writers.until_each_has(everybody, 3)
        before = set(writers.together(everybody, "taken"))
        command("backup", str(file), "--database", place.address)
        # They were at it all the while, and go on after it.
        writers.until_each_has(everybody, max(len(writer.taken) for writer in everybody) + 1)
        for writer in everybody:
            writer.stop()
        faults = writers.together(everybody, "faults")
        expect(not faults, f"{engine}: writing while a backup was made: {faults[:1]}")
        house.stop()
    expect(command("check", "--backup", str(file)).startswith(f"{file} is whole"), "the backup is not whole")
    exports, restored = {}, None
    for other in ENGINES:
        restored = restore(ground, other, name, file)
        judge(restored, before, everybody, f"{engine} to {other}")
        exports[other] = export(ground, restored)
    expect(exports["sqlite"] == exports["postgresql"], f"{engine}: restored to SQLite and to PostgreSQL, the rows differ: {differing(exports)}")
    rows = agree(exports["sqlite"], export(ground, place), engine)
    kept = writers.Kept(restored).things
    place.remove()
    return (
        f"{engine}: during {len(set(writers.together(everybody, 'taken')))} writes; {len(before)} were acknowledged before it began, all in it; "
        f"{len(kept)} in it in all, one moment of each writer; restored to both engines, {rows} rows the same, row by row")


def restore(ground, engine, name, file):
    if engine == "postgresql":
        place = Place(engine, postgres.create(f"prove_{name}_again"), name=f"prove_{name}_again")
    else:
        target = ground.folder / f"{name}_again.sqlite"
        place = Place(engine, f"sqlite:{target}", file=target)
    command("restore", str(file), "--database", place.address)
    return place


def judge(place, before, everybody, words):
    kept = writers.Kept(place)
    expect(not list(kept.faults()), f"{words}: {list(kept.faults())}")
    expect(before <= kept.things, f"{words}: acknowledged before the backup began and not in it: {sorted(before - kept.things)[:5]}")
    for writer in everybody:
        here = [thing for thing in writer.taken if thing in kept.things]
        # One moment: of what somebody wrote one after the other there is the beginning, without a gap.
        expect(here == writer.taken[: len(here)], f"{words}: of {writer.name} something earlier is missing and something later there")
    if place.engine == "sqlite":
        expect(place.column("pragma integrity_check") == ["ok"], f"{words}: SQLite finds the file damaged")
        expect(place.rows("pragma foreign_key_check") == [], f"{words}: rows point to rows that are not there")


def export(ground, place):
    """Every table of a place as a set of rows, read by the program's own export."""
    folder = ground.folder / f"export-{time.monotonic_ns()}"
    command("export", "--everything", str(folder), "--database", place.address)
    tables = {}
    for file in Path(folder).glob("*.csv"):
        with open(file, newline="", encoding="utf-8-sig") as lines:
            tables[file.stem] = sorted(tuple(row) for row in csv.reader(lines))
    return tables


def differing(exports):
    one, other = exports.values()
    return [name for name in sorted(set(one) | set(other)) if one.get(name) != other.get(name)]


def agree(earlier, later, engine):
    """Every row of the earlier moment still stands in the later one, but for those that change by their nature."""
    count = 0
    for name, rows in earlier.items():
        count += len(rows)
        if name not in CHANGING:
            missing = set(rows) - set(later.get(name, []))
            expect(not missing, f"{engine}: a row of {name} in the backup never was in the database: {sorted(missing)[:1]}")
    return count
