"""The optimum of a year's hosts by OR-Tools CP-SAT, one aim after the other: meetings without a host, settings' turns squared, kinds'
distance from their fair shares, metres. Each aim is held fast before the next is made the least.

    python -m hosting.peer FOLDER SECONDS        prints JSON: what it found, whether proven, and the seconds of solving
"""
import csv
import datetime
import json
import math
import pathlib
import sys
import time

from ortools.sat.python import cp_model

RADIUS = 6_371_008.8


def metres(one, other):
    south, east = (math.radians(other[i] - one[i]) / 2 for i in (0, 1))
    h = math.sin(south) ** 2 + math.cos(math.radians(one[0])) * math.cos(math.radians(other[0])) * math.sin(east) ** 2
    return int(2 * RADIUS * math.asin(min(1, math.sqrt(h))) + 0.5)


def rows(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def solve(folder, cap):
    folder = pathlib.Path(folder)
    places = rows(folder / "places.csv")
    meetings = sorted(rows(folder / "meetings.csv"), key=lambda m: (m["day"], m["series"], m["id"]))
    comers = {}
    for row in rows(folder / "comers.csv"):
        comers.setdefault(row["series"], []).append((float(row["lat"]), float(row["lon"])))
    way = {
        (series, p): sum(metres(point, (float(place["lat"]), float(place["lon"]))) for point in points)
        for series, points in comers.items() for p, place in enumerate(places)}
    started = time.monotonic()
    model = cp_model.CpModel()
    x = {}
    for m, meeting in enumerate(meetings):
        day = datetime.date.fromisoformat(meeting["day"])
        for p, place in enumerate(places):
            away = any(
                datetime.date.fromisoformat(s.split("/")[0]) <= day <= datetime.date.fromisoformat(s.split("/")[-1])
                for s in place["away"].split())
            if int(place["holds"]) >= int(meeting["people"]) and not away and (
                    place["step_free"] == "1" or meeting["step_free"] != "1"):
                x[m, p] = model.NewBoolVar(f"x{m}_{p}")
    of_meeting = [[x[m, p] for p in range(len(places)) if (m, p) in x] for m in range(len(meetings))]
    for chosen in of_meeting:
        model.AddAtMostOne(chosen)
    for m, meeting in enumerate(meetings):
        follows = next((n for n in range(m + 1, len(meetings)) if meetings[n]["series"] == meeting["series"]), None)
        beside = {n for n in range(m + 1, len(meetings)) if meetings[n]["day"] == meeting["day"]} | ({follows} - {None})
        for n in beside:
            for p in range(len(places)):
                if (m, p) in x and (n, p) in x:
                    model.AddAtMostOne([x[m, p], x[n, p]])
    squares, by_kind = [], {}
    for p, place in enumerate(places):
        own = [x[m, p] for m in range(len(meetings)) if (m, p) in x]
        before = int(place["turns_before"])
        turns = model.NewIntVar(before, before + len(own), f"n{p}")
        model.Add(turns == before + sum(own))
        square = model.NewIntVar(0, (before + len(own)) ** 2, f"s{p}")
        model.AddMultiplicationEquality(square, [turns, turns])
        squares.append(square)
        by_kind.setdefault(place["kind"], []).append(turns)
    total = sum(int(place["turns_before"]) for place in places) + len(meetings)
    kinds = []
    for kind, turns in by_kind.items():
        gap = model.NewIntVar(-10**7, 10**7, f"g{kind}")
        model.Add(gap == len(places) * sum(turns) - total * len(turns))
        square = model.NewIntVar(0, 10**14, f"k{kind}")
        model.AddMultiplicationEquality(square, [gap, gap])
        kinds.append(square)
    aims = {
        "unhosted": len(meetings) - sum(x.values()), "settings": sum(squares), "kinds": sum(kinds),
        "metres": sum(way[meetings[m]["series"], p] * v for (m, p), v in x.items()),
    }
    found, proven = {}, True
    for name, aim in aims.items():
        model.Minimize(aim)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(1, cap - (time.monotonic() - started))
        solver.parameters.num_workers = 2
        status = solver.Solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return {"found": found, "proven": False, "seconds": time.monotonic() - started}
        proven = proven and status == cp_model.OPTIMAL
        found[name] = round(solver.ObjectiveValue())
        model.Add(aim <= found[name])
    found["kinds"] /= len(places) ** 2
    return {"found": found, "proven": proven, "seconds": round(time.monotonic() - started, 3)}


if __name__ == "__main__":
    print(json.dumps(solve(sys.argv[1], float(sys.argv[2]))))
