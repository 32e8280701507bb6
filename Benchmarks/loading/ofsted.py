"""England's Ofsted file, first and again, into a database that knows England's wards and postcodes.

Ours reads, checks, places every provider in its ward, compares with what is held, and keeps the history. The peers
(`sqlite3 .import`, `\\copy`) put the same unpacked file into one table of text.
"""
import csv
import os
import shlex

from measuring import child, place as ground
from measuring.figure import Figure, middle, shown, spread
from measuring.postgresql import PostgreSQL

ROUNDS = 5
MOST_TIMES = 3
MOST_MEMORY = 250


def check(report, first):
    """The promise of the figures: every row is accounted for."""
    kept = report["new"] + report["changed"] + report["unchanged"]
    if report["read"] != ground.OFSTED_ROWS or kept + report["rejected"] != report["read"]:
        raise child.Failed(f"rows are lost: {report['read']} read, {kept} kept, {report['rejected']} rejected")
    if first != (report["new"] > 0):
        raise child.Failed(f"{'first' if first else 'second'} load: {report['new']} new")


def figures(benchmark, engine, peer_name, runs):
    """The lines for one engine. `runs`: seconds and MB by name, each a list over the rounds."""
    first, again, peer = (middle(runs[name]) for name in ("first", "again", "peer"))
    packed = middle(runs["packed"])
    memory = max(runs["memory"])
    details = {name: spread(values) for name, values in runs.items()}
    return [
        Figure(
            benchmark, f"load England's Ofsted file into {engine}", first / peer, "x", "at most", MOST_TIMES,
            ours=shown(first, "s"), peer=f"{peer_name} {shown(peer, 's')}", details=details,
            note=f"wards and postcodes known; straight from the .gz file {shown(packed / peer, 'x')}"),
        Figure(
            benchmark, f"... its memory ({engine})", memory, "MB", "under", MOST_MEMORY,
            note="the most of all rounds, first load and reload"),
        Figure(
            benchmark, f"... again, unchanged ({engine})", again / first, "x", "under", 1, ours=shown(again, "s"),
            peer=f"first load {shown(first, 's')}"),
    ]


def one_round(place, database, runs, file):
    """First load and reload into the same database."""
    done, report = place.load("ofsted", database, file)
    check(report, first=True)
    again, report = place.load("ofsted", database, file)
    check(report, first=False)
    runs["first"].append(done.seconds)
    runs["again"].append(again.seconds)
    runs["memory"] += [done.peak_mb, again.peak_mb]


def names():
    return {"first": [], "again": [], "packed": [], "peer": [], "memory": []}


def sqlite(place):
    base, file = place.base(), place.plain("ofsted")
    runs = names()
    for number in range(ROUNDS):
        runs["peer"].append(sqlite_import(place, file))
        path = place.copy(base, "ofsted")
        one_round(place, f"sqlite:{path}", runs, file)
        if number < 3:
            done, report = place.load("ofsted", f"sqlite:{place.copy(base, 'ofsted')}")
            check(report, first=True)
            runs["packed"].append(done.seconds)
        place.drop(path)
    return figures("import", "SQLite", "sqlite3 .import", runs)


def sqlite_import(place, file):
    """Seconds that `sqlite3 .import --csv` takes for a file into a database of its own."""
    path = place.fresh("peer")
    os.sync()
    done = child.run(["sqlite3", path, f".import --csv {shlex.quote(str(file))} peer"])
    place.drop(path)
    return done.seconds


def postgresql(place):
    file = place.plain("ofsted")
    server = PostgreSQL()
    try:
        place.say("preparing: England's wards and postcodes in PostgreSQL")
        base = server.create("eyhub_bench_base")
        for kind in ("wards", "postcodes"):
            place.load(kind, base)
        with open(file, encoding="utf-8-sig", newline="") as f:
            columns = next(csv.reader(f))
        table = "create table peer (" + ", ".join(f'"{name}" text' for name in columns) + ")"
        runs = names()
        for number in range(ROUNDS):
            server.create("eyhub_bench_peer")
            server.psql(table, "eyhub_bench_peer")
            os.sync()
            runs["peer"].append(server.psql(f"\\copy peer from '{file}' csv header", "eyhub_bench_peer").seconds)
            one_round(place, server.create("eyhub_bench", "eyhub_bench_base"), runs, file)
            if number < 3:
                done, report = place.load("ofsted", server.create("eyhub_bench", "eyhub_bench_base"))
                check(report, first=True)
                runs["packed"].append(done.seconds)
    finally:
        server.close()
    return figures("import-postgresql", "PostgreSQL", "\\copy", runs)
