"""Holds `eyhub plan areas` against OR-Tools (optimum) and k-means-constrained (peer).

    python compare.py INPUTS --binary "eyhub plan areas" --out results.json
"""
import argparse
import json
import math
import os
import pathlib
import shlex
import subprocess
import time

import exact
import peer
import territory as ground


def plan(binary, folder, name, count, tolerance, seed):
    """Runs the product once; its answer and the seconds of the whole process."""
    command = shlex.split(binary) + [
        "--settings", str(folder / f"{name}.csv"), "--wards", str(folder / f"{name}.geojson"),
        "--count", str(count), "--tolerance", str(tolerance), "--seed", str(seed), "--json"]
    started = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.monotonic() - started
    if not done.stdout.strip():
        raise SystemExit(f"{name} {count}: {done.stderr.strip()}")
    return json.loads(done.stdout), seconds


def one(options, folder, name, count):
    land = ground.Territory(folder / f"{name}.csv", folder / f"{name}.geojson")
    answer, seconds = plan(options.binary, folder, name, count, options.tolerance, options.seed)
    widened = [r["tolerance"] for r in answer["relaxed"] if r["constraint"] == "tolerance"]
    tolerance = widened[0] if widened else options.tolerance
    faults, total = land.check(answer, count, tolerance)
    row = {
        "area": name, "count": count, "tolerance": tolerance, "metres": round(total, 1),
        "seconds": round(seconds, 3), "proof": answer.get("proof"), "faults": faults,
    }
    if options.cap > 0:
        if widened:
            asked = exact.solve(land, count, options.tolerance, options.cap, options.workers, None)
            row["ortools_at_asked_tolerance"] = asked["status"]
        best = exact.solve(land, count, tolerance, options.cap, options.workers, total)
        if options.cross_check:
            plain = exact.by_assignment(land, count, tolerance, options.cap, options.workers)
            row["ortools_by_assignment"] = plain
        row["ortools"] = best
        if best["metres"]:
            row["to_ortools"] = round(total / best["metres"], 6)
    groups = peer.grouped(land, count, options.tolerance)
    split = peer.total(land, groups)
    moved, balance, apart = peer.whole_wards(land, groups)
    whole = peer.total(land, moved)
    # At the same balance: ours drawn again with the tolerance that its whole wards reach.
    same, _ = plan(options.binary, folder, name, count, max(options.tolerance, math.ceil(balance * 1000) / 1000), options.seed)
    row["kmeans"] = {
        "whole_wards_balance": round(balance, 3), "areas_apart": apart,
        "ours_to_whole_wards_at_same_balance": whole and round(same["total"] / whole, 4),
        "ours_to_split_wards": split and round(total / split, 4)}
    return row


def england(options, folder):
    land = ground.Territory(folder / "england.csv", folder / "england.geojson")
    answer, seconds = plan(options.binary, folder, "england", 300, options.tolerance, options.seed)
    faults, total = land.check(answer, 300, options.tolerance)
    over_water = [f for f in faults if "not connected" in f]
    return {"area": "england", "count": 300, "metres": round(total, 1), "seconds": round(seconds, 1),
            "faults": [f for f in faults if f not in over_water], "areas_over_water": len(over_water),
            "notes": answer.get("notes")}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", type=pathlib.Path, help="folder written by inputs.py")
    parser.add_argument("--binary", default="eyhub plan areas", help="command that draws areas")
    parser.add_argument("--areas", default="newham,barnet,southampton,telford")
    parser.add_argument("--counts", default="3,4,5,6,7,8")
    parser.add_argument("--tolerance", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cap", type=float, default=120, help="seconds for OR-Tools a case; 0 leaves it out")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--cross-check", action="store_true", help="also solve the model written ward by ward")
    parser.add_argument("--england", action="store_true", help="also all England into 300 areas")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("areas.json"))
    options = parser.parse_args()
    rows = []
    for name in filter(None, options.areas.split(",")):
        for count in map(int, options.counts.split(",")):
            rows.append(one(options, options.inputs, name, count))
            print(json.dumps(rows[-1]), flush=True)
            options.out.write_text(json.dumps(rows, indent=1) + "\n")
    if options.england:
        rows.append(england(options, options.inputs))
        print(json.dumps(rows[-1]), flush=True)
    options.out.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
