"""A year's hosts for hubs of several sizes: ours beside the optimum of OR-Tools CP-SAT for the same aims."""
import csv
import datetime
import json
import os
import random
import sys
import time

from measuring import child
from measuring.figure import Figure

CAP = float(os.environ.get("EYHUB_BENCH_CAP", "120"))
# Places, meetings, series. The last are the hard ones: few who take turns through many meetings.
CASES = [(12, 6, 1), (30, 12, 4), (100, 36, 4), (100, 36, 1), (8, 36, 1), (4, 36, 1)]


def measure(place):
    return figures([case(place, number, *sizes) for number, sizes in enumerate(CASES)])


def case(place, number, places, meetings, series):
    place.say(f"hosting: {places} places, {meetings} meetings")
    folder = place.folder / f"hosting-{number}"
    folder.mkdir(parents=True, exist_ok=True)
    make(folder, random.Random(number), places, meetings, series)
    started = time.monotonic()
    ours = json.loads(
        child.run(
            [place.binary, "plan", "hosts", "--places", folder / "places.csv", "--meetings", folder / "meetings.csv",
             "--comers", folder / "comers.csv", "--json"], cap=120).out)
    seconds = time.monotonic() - started
    peer = json.loads(
        child.run([sys.executable, "-m", "hosting.peer", folder, CAP], env=child.environment(), cap=CAP * 2 + 60).out)
    return {
        "places": places, "meetings": meetings, "series": series, "seconds": round(seconds, 3), "ours": ours["objective"],
        "is_proven": ours["is_proven"], "fairness": ours["fairness"], "ortools": peer}


def make(folder, dice, places, meetings, series):
    """Places and comers over a town, meetings through a year; the same for the same dice."""
    def point():
        return [round(dice.uniform(51.48, 51.58), 6), round(dice.uniform(-0.05, 0.1), 6)]

    day = datetime.date(2027, 1, 4)
    with open(folder / "places.csv", "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(["id", "kind", "holds", "step_free", "lat", "lon", "turns_before", "last_turn", "away"])
        for n in range(places):
            away = day + datetime.timedelta(days=dice.randrange(300))
            stretch = f"{away}/{away + datetime.timedelta(days=dice.randrange(40))}" if dice.random() < 0.3 else ""
            out.writerow(
                [f"P{n:03}", dice.choice(["childminders", "pvi", "pvi", "schools"]), dice.randrange(6, 60), int(dice.random() < 0.8),
                 *point(), dice.choice([0, 0, 0, 1, 1, 2]), "", stretch])
    with open(folder / "meetings.csv", "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(["id", "day", "series", "people", "step_free", "host"])
        for n in range(meetings):
            when = day + datetime.timedelta(days=n // series * (330 * series // meetings) + n % series * 2)
            out.writerow([f"M{n:02}", when, f"S{n % series}", dice.randrange(6, 30), int(dice.random() < 0.2), ""])
    with open(folder / "comers.csv", "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(["series", "lat", "lon"])
        for n in range(max(places, 40)):
            out.writerow([f"S{n % series}", *point()])


def same(row):
    ours, peer = row["ours"], row["ortools"]["found"]
    if any(ours[name] != peer.get(name) for name in ("unhosted", "settings")) or abs(ours["kinds"] - peer.get("kinds", -1)) > 1e-6:
        return False
    # Each way is rounded to a metre; half a metre may fall to either side in another language's sine.
    return abs(ours["metres"] - peer.get("metres", -1)) <= 40


def figures(rows):
    proven = [row for row in rows if row["ortools"]["proven"]]
    alike = sum(same(row) for row in proven)
    slowest = max(rows, key=lambda row: row["seconds"])
    ours = sum(row["is_proven"] for row in rows)
    peers = max((row["ortools"]["seconds"] for row in proven), default=None)
    return [
        Figure(
            "hosting", f"hosts of a year, {len(rows)} hubs: the same optimum in all its aims", alike / len(proven) if proven else None, "x",
            "at least", 1, peer="OR-Tools CP-SAT",
            note=f"OR-Tools proved {len(proven)} of {len(rows)} within {CAP:.0f} s; ours proved {ours}", details={"cases": rows}),
        Figure(
            "hosting", "... the slowest, whole process", slowest["seconds"], "s", "under", 1, ours=f"{slowest['seconds']:.2f} s",
            peer=f"{peers:.1f} s of solving" if peers else "", note=f"{slowest['places']} places, {slowest['meetings']} meetings"),
    ]
