"""Makes data/england, data/six-areas and the real files of data/samples from a folder of the published files.

    python3 data/make/extract.py FOLDER

FOLDER holds the files as collected from their publishers (data/README.md names each). Nothing is invented
here: rows are taken whole, columns are not renamed, and only what the comments say is left out.
"""

import json
import re
import sys
from pathlib import Path

from shared import DATA, csv_text, read_bytes, read_rows, write

AREAS = {
    "Newham": "E09000025",
    "Barnet": "E09000003",
    "Merton": "E09000024",
    "Southampton": "E06000045",
    "Kingston upon Hull": "E06000010",
    "Telford and Wrekin": "E06000020",
}


def england(source):
    """Whole-country files: repacked, otherwise byte for byte."""
    out = DATA / "england"
    for name, origin in {
        "ofsted-2021-08-31.csv.gz": "ofsted/ofsted-2021-08-31-england.csv.gz",
        "schools-2024-06.csv.gz": "schools/gias-2024-06-open-geocoded.csv.gz",
        "postcodes-2025-10.csv.gz": "postcodes/postcodes-england-2025-10.csv.gz",
        "wards-2024-05.geojson.gz": "boundaries/wards_2024-05_england_bsc.geojson.gz",
        "deprivation-2025.csv.gz": "deprivation/imd2025_england_lsoa21.csv.gz",
        "sector-centroids-2025-10.csv.gz": "postcodes/sector_centroids_england.csv",
        "outcode-centroids-2025-10.csv.gz": "postcodes/outcode_centroids_england.csv",
    }.items():
        write(out / name, read_bytes(source / origin))
    shapes = json.loads(read_bytes(source / "boundaries/lad_2024-12_uk_bsc.geojson.gz"))
    rows = [["code", "name", "lat", "lon"]]
    for feature in shapes["features"]:
        p = feature["properties"]
        if p["LAD24CD"].startswith("E"):
            rows.append([p["LAD24CD"], p["LAD24NM"], f"{p['LAT']:.5f}", f"{p['LONG']:.5f}"])
    write(out / "authorities-2024-12.csv", csv_text(rows))


def six_areas(source):
    out = DATA / "six-areas"
    # The native 48 columns, so that the whole-England file finds these rows unchanged.
    rows = read_rows(source / "ofsted/ofsted-2021-08-31-england.csv.gz")
    authority = rows[0].index("Local authority")
    write(out / "ofsted-2021-08-31.csv.gz", csv_text([rows[0]] + [r for r in rows[1:] if r[authority] in AREAS]))
    for name, origin in {
        "ofsted-2021-08-31-placed.csv.gz": "ofsted/ofsted-2021-08-31-six-areas.csv",
        "schools-2024-06.csv.gz": "schools/gias-2024-06-six-areas.csv",
        "postcodes-2025-10.csv.gz": "postcodes/postcodes-six-areas.csv",
        "deprivation-2025.csv.gz": "deprivation/imd2025_six_areas_lsoa21_with_ward24.csv",
    }.items():
        write(out / name, read_bytes(source / origin))
    shapes = json.loads(read_bytes(source / "boundaries/wards_2024-05_england_bsc.geojson.gz"))
    for name, code in AREAS.items():
        kept = [f for f in shapes["features"] if f["properties"]["LAD24CD"] == code]
        short = name.replace("Kingston upon ", "").replace(" and Wrekin", "").lower()
        collection = {"type": "FeatureCollection", "features": kept}
        text = json.dumps(collection, separators=(",", ":"), ensure_ascii=False)
        write(out / f"wards-2024-05-{short}.geojson", text)


def samples(source):
    out = DATA / "samples"
    for name, origin in {
        "agencies-2021-08-31.csv": "ofsted/childminder_agencies_2021-08-31.csv",
        "agencies-2023-11-21.csv": "ofsted/childminder_agencies_2023-11-21.csv",
        "provider-sample.csv": "ofsted/provider-sample.csv",
        "gias-139-columns.csv": "schools/gias-sample-139-columns.csv",
        "wards-2013-newham.geojson": "boundaries/wards_2013_OLD_E09000025.geojson",
        "feed/start.json": "ofsted/feed/outpost_ofsted_response_start.json",
        "feed/added.json": "ofsted/feed/outpost_ofsted_response_added_item.json",
        "feed/changed.json": "ofsted/feed/outpost_ofsted_response_changed_name.json",
        "feed/deleted.json": "ofsted/feed/outpost_ofsted_response_deleted_item.json",
        "feed/schema.json": "ofsted/feed/ofsted_stub_schema_draft04.json",
        "codepoint-open/_column_headers.csv": "postcodes/codepoint-open-sample/_column_headers.csv",
        "codepoint-open/_licence.txt": "postcodes/codepoint-open-sample/_licence.txt",
    }.items():
        write(out / name, read_bytes(source / origin))
    # The dummy's one e-mail address belongs to a real firm.
    dummy = read_bytes(source / "ofsted/feed/ofsted_stub_latest_dummy.xml").decode()
    write(out / "feed/dummy.xml", re.sub(r"[\w.-]+@[\w.-]+", "someone@example.org", dummy))
    codepoint(source, out / "codepoint-open")


def codepoint(source, out):
    """About 2,000 rows of Code-Point Open: all without a location, then an even spread of the rest."""
    for area, wanted in {"ig": 1000, "sm": 1000}.items():
        lines = read_bytes(source / f"postcodes/codepoint-open-sample/{area}.csv").splitlines(keepends=True)
        unplaced = {i for i, line in enumerate(lines) if b",90," in line}
        step = len(lines) / (wanted - len(unplaced))
        spread = {int(i * step) for i in range(wanted - len(unplaced))}
        write(out / f"{area}.csv", b"".join(lines[i] for i in sorted(spread | unplaced)))
    # Editions before 2024 padded every postcode to seven characters; quality 90 has no place on the map.
    old = []
    for row in [
        '"E1  0AA",10,535267,181084,"E92000001","E19000003","E18000007","","E09000030","E05009332"',
        '"SO140AA",10,442294,112126,"E92000001","E19000002","E18000009","","E06000045","E05015491"',
        '"SO140AE",10,442352,112315,"E92000001","E19000002","E18000009","","E06000045","E05015493"',
        '"SM1 1AA",10,525899,163844,"E92000001","E19000003","E18000007","","E09000029","E05013765"',
        '"IG1 1AR",10,543695,186569,"E92000001","E19000003","E18000007","","E09000026","E05011246"',
        '"IG1 9ZZ",90,0,0,"E92000001","","","","",""',
    ]:
        old.append(row + "\n")
    write(out / "padded-as-before-2024.csv", "".join(old))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    england(folder)
    six_areas(folder)
    samples(folder)
