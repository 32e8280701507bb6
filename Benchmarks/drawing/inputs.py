"""The files that `eyhub plan areas` and its peers read, made once a run by Benchmarks/areas/inputs.py."""
import pathlib
import sys

from measuring import child

AREAS = pathlib.Path(__file__).resolve().parents[1] / "areas"
# The bundled files under the names inputs.py looks for.
NAMES = {
    "six-areas/ofsted-2021-08-31-placed.csv.gz": "ofsted-2021-08-31-six-areas.csv.gz",
    "six-areas/schools-2024-06.csv.gz": "gias-2024-06-six-areas.csv.gz",
    "england/ofsted-2021-08-31.csv.gz": "ofsted-2021-08-31-england.csv.gz",
    "england/schools-2024-06.csv.gz": "gias-2024-06-open-geocoded.csv.gz",
    "england/postcodes-2025-10.csv.gz": "postcodes-england-2025-10.csv.gz",
    "england/wards-2024-05.geojson.gz": "wards_2024-05_england_bsc.geojson.gz",
    **{
        f"six-areas/wards-2024-05-{name}.geojson": f"wards_2024-05_{name}_bsc.geojson"
        for name in ("newham", "barnet", "merton", "southampton", "hull", "telford")
    },
}


def make(place):
    """The folder with NAME.csv and NAME.geojson for each area and for England."""
    folder = place.folder / "areas"
    if not folder.exists():
        place.say("preparing: the settings and wards of each area")
        links = place.folder / "areas-data"
        links.mkdir()
        for ours, theirs in NAMES.items():
            (links / theirs).symlink_to(place.data / ours)
        child.run([sys.executable, AREAS / "inputs.py", links, folder, "--england"])
    return folder
