"""England's 1.49 million postcodes into an empty database, beside `sqlite3 .import` of the same unpacked file."""
from measuring import child, place as ground
from measuring.figure import Figure, middle, shown, spread

from .ofsted import sqlite_import

ROUNDS = 3


def sqlite(place):
    file = place.plain("postcodes")
    runs = {"ours": [], "peer": [], "memory": []}
    for _ in range(ROUNDS):
        runs["peer"].append(sqlite_import(place, file))
        path = place.fresh("postcodes")
        done, report = place.load("postcodes", f"sqlite:{path}", file)
        place.drop(path)
        if report["read"] != ground.POSTCODE_ROWS or report["new"] + report["rejected"] != report["read"]:
            raise child.Failed(f"rows are lost: {report['read']} read, {report['new']} new, {report['rejected']} rejected")
        runs["ours"].append(done.seconds)
        runs["memory"].append(done.peak_mb)
    ours, peer = middle(runs["ours"]), middle(runs["peer"])
    return [
        Figure(
            "postcodes", "load England's 1.49 million postcodes into SQLite", ours / peer, "x", "at most", 3,
            ours=shown(ours, "s"), peer=f"sqlite3 .import {shown(peer, 's')}",
            note=f"at most {shown(max(runs['memory']), 'MB')} of memory",
            details={name: spread(values) for name, values in runs.items()}),
    ]
