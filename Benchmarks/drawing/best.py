"""What OR-Tools finds in a given time by the model written ward by ward, as JSON.

    python3 -m drawing.best INPUTS AREA COUNT TOLERANCE SECONDS
"""
import json
import pathlib
import sys

from measuring.place import AREAS

sys.path.insert(0, str(AREAS))
import exact  # noqa: E402
import territory  # noqa: E402

folder, name, count, tolerance, seconds = pathlib.Path(sys.argv[1]), sys.argv[2], *map(float, sys.argv[3:])
land = territory.Territory(folder / f"{name}.csv", folder / f"{name}.geojson")
print(json.dumps(exact.by_assignment(land, int(count), tolerance, seconds, 2)))
