"""The files that `eyhub plan areas` and its peers read, made from the bundled public files.

For each authority: NAME.csv (id,lat,lon,ward,weight,can_be_base), the file `eyhub plan areas` takes, and the wards as NAME.geojson.
Settings are the providers with a known place (group providers; childminders are redacted at source) and the open schools.
A base can be a school or a full day care provider. Every setting weighs 1.

    python inputs.py OUT_FOLDER [--data DATA_FOLDER] [--england]
"""
import argparse
import csv
import gzip
import json
import pathlib

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"
AUTHORITIES = {
    "newham": "E09000025",
    "barnet": "E09000003",
    "merton": "E09000024",
    "southampton": "E06000045",
    "hull": "E06000010",
    "telford": "E06000020",
}


def open_text(path):
    """A text file, gzipped or plain."""
    if str(path).endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return open(path, encoding="utf-8-sig", newline="")


def ward_codes(path):
    """Ward code -> feature, in the file's order."""
    with open_text(path) as f:
        features = json.load(f)["features"]
    return {x["properties"]["WD24CD"]: x for x in features}


def setting_row(identifier, row, base):
    return [identifier, row["lat"], row["lon"], row["ward_code"], 1, 1 if base else 0]


def providers(rows):
    """Rows of the Ofsted extract that carry a place."""
    for row in rows:
        if row["lat"] and row["ward_code"]:
            yield setting_row("ofsted:" + row["Provider URN"], row, row["Provider subtype"] == "Full day care")


def schools(rows):
    for row in rows:
        if row["lat"] and row["ward_code"]:
            yield setting_row("school:" + row["urn"], row, True)


def write(path, settings, wards):
    """Writes the settings whose ward is on the map; returns how many were kept and how many were not."""
    kept = [s for s in settings if s[3] in wards]
    with open(path, "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["id", "lat", "lon", "ward", "weight", "can_be_base"])
        out.writerows(sorted(kept))
    return len(kept), len(settings) - len(kept)


def authority(data, out, name):
    six = data / "six-areas"
    map_path = six / f"wards-2024-05-{name}.geojson"
    wards = ward_codes(map_path)
    code = AUTHORITIES[name]
    with open_text(six / "ofsted-2021-08-31-placed.csv.gz") as f:
        settings = list(providers(csv.DictReader(f)))
    with open_text(six / "schools-2024-06.csv.gz") as f:
        settings += list(schools(r for r in csv.DictReader(f) if r["lad_code"] == code))
    (out / f"{name}.geojson").write_bytes(map_path.read_bytes())
    # Providers of the other five authorities fall away here: their wards are not on this map.
    kept, _ = write(out / f"{name}.csv", settings, wards)
    print(f"{name}: {len(wards)} wards, {kept} settings")


def england(data, out):
    whole = data / "england"
    map_path = whole / "wards-2024-05.geojson.gz"
    wards = ward_codes(map_path)
    with open_text(whole / "postcodes-2025-10.csv.gz") as f:
        places = {r["postcode"]: r for r in csv.DictReader(f)}
    settings = []
    with open_text(whole / "ofsted-2021-08-31.csv.gz") as f:
        for row in csv.DictReader(f):
            place = places.get(row["Postcode"].strip())
            if place and place["lat"] and place["ward_code"]:
                base = row["Provider subtype"] == "Full day care"
                settings.append(setting_row("ofsted:" + row["Provider URN"], place, base))
    with open_text(whole / "schools-2024-06.csv.gz") as f:
        settings += list(schools(csv.DictReader(f)))
    with gzip.open(map_path) as f:
        (out / "england.geojson").write_bytes(f.read())
    kept, lost = write(out / "england.csv", settings, wards)
    print(f"england: {len(wards)} wards, {kept} settings; {lost} left out, their ward is newer than the map")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path, help="folder to write to")
    parser.add_argument("--data", type=pathlib.Path, default=DATA, help="folder of the bundled files")
    parser.add_argument("--england", action="store_true", help="also the whole of England")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name in AUTHORITIES:
        authority(options.data, options.out, name)
    if options.england:
        england(options.data, options.out)


if __name__ == "__main__":
    main()
