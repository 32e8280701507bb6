"""Whether a plan of England is what it should be: each ward once, balanced, connected.

    python3 -m drawing.check INPUTS ANSWER
"""
import json
import pathlib
import sys

from measuring.place import AREAS

sys.path.insert(0, str(AREAS))
import territory  # noqa: E402


def pieces(land, wards):
    """The connected pieces of these wards."""
    waiting = set(wards)
    while waiting:
        piece, stack = set(), [waiting.pop()]
        while stack:
            ward = stack.pop()
            piece.add(ward)
            fresh = land.neighbours[ward] & waiting
            waiting -= fresh
            stack.extend(fresh)
        yield piece


def check(land, answer):
    count = len(answer["areas"])
    faults, metres = land.check(answer, count, 1e9)
    if count != 300:
        faults.append(f"{count} areas")
    faults = [fault for fault in faults if "not connected" not in fault]
    landmass = {ward: number for number, piece in enumerate(pieces(land, range(len(land.wards)))) for ward in piece}
    mean = sum(land.weights) / count
    balance, over_water, apart = 0.0, 0, 0
    for area in answer["areas"]:
        wards = [land.index[ward] for ward in area["wards"]]
        balance = max(balance, abs(sum(land.ward_weight[ward] for ward in wards) - mean) / mean)
        masses = [landmass[min(piece)] for piece in pieces(land, wards)]
        # In two pieces on one landmass is not connected; one piece on each of two is an area with an island.
        apart += len(masses) != len(set(masses))
        over_water += len(set(masses)) > 1
    return {
        "faults": faults, "balance": balance, "apart": apart, "over_water": over_water, "metres": round(metres, 1),
        "landmasses": len(set(landmass.values())), "wards": len(land.wards), "settings": len(land.ids),
        "notes": answer.get("notes"),
    }


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    ground = territory.Territory(folder / "england.csv", folder / "england.geojson")
    print(json.dumps(check(ground, json.loads(pathlib.Path(sys.argv[2]).read_text()))))
