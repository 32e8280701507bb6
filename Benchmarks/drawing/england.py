"""All of England's wards into 300 areas. What is promised of the plan is checked by code that shares nothing with ours."""
import json
import sys

from measuring import child
from measuring.figure import Figure, shown

COUNT = 300
TOLERANCE = 0.1


def measure(place):
    folder, out = place.areas(), place.folder / "england.json"
    place.say(f"drawing: all of England in {COUNT} areas")
    done = child.run(
        [place.binary, "plan", "areas", "--settings", folder / "england.csv", "--wards", folder / "england.geojson",
         "--count", COUNT, "--tolerance", TOLERANCE, "--seed", 1, "--json"], cap=600)
    out.write_text(done.out)
    told = json.loads(child.run([sys.executable, "-m", "drawing.check", folder, out], env=child.environment()).out)
    return [
        Figure(
            "england", f"all England's wards into {COUNT} areas", done.seconds, "s", "under", 60,
            note=f"{told['wards']} wards, {told['settings']} settings; {shown(done.peak_mb, 'MB')} of memory", details=told),
        Figure(
            "england", "... furthest from the mean weight", 100 * told["balance"], "%", "at most", 100 * TOLERANCE),
        Figure(
            "england", "... areas not connected, or faulty", told["apart"] + len(told["faults"]), "", "at most", 0,
            note=f"checked apart, in Python; {told['over_water']} areas reach over water, of {told['landmasses']} "
            "landmasses in all, and are connected on each", details={"faults": told["faults"]}),
    ]
