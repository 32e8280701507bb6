"""Whether the files are as data/README.md says: each listed file there with its rows, and no file unlisted.

python3 data/make/check.py
"""

import csv
import io
import json
import re
import sys

from shared import DATA, read_bytes

ROW = re.compile(r"^\| `([^`]+)` \|.*\| *([\d,]*)(?:, (no header|from line \d+))? *\|$")


def text_of(path):
    raw = read_bytes(path)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def rows_of(path, note):
    """Records below the header, or features of a map."""
    text = text_of(path)
    if ".geojson" in path.name:
        return len(json.loads(text)["features"])
    records = sum(1 for _ in csv.reader(io.StringIO(text, newline="")))
    if note == "no header":
        return records
    return records - (int(note.split()[-1]) - 1 if note else 1)


def main():
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    listed, wrong = set(), []
    for name, rows, note in filter(None, (m and m.groups() for m in map(ROW.match, readme.splitlines()))):
        path = DATA / name
        listed.add(name)
        if not path.is_file():
            wrong.append(f"{name} is in the list and not in the folder")
        elif rows and rows_of(path, note) != int(rows.replace(",", "")):
            wrong.append(f"{name} has {rows_of(path, note):,} rows, not {rows}")
    present = {
        str(p.relative_to(DATA))
        for p in DATA.rglob("*")
        if p.is_file() and p.parent.name not in ("make", "__pycache__")
    }
    wrong += [f"{name} is in the folder and not in the list" for name in sorted(present - listed - {"README.md"})]
    for line in wrong:
        print(f"ERROR: {line}")
    print(f"{len(listed)} files listed, {len(wrong)} faults")
    sys.exit(1 if wrong or not listed else 0)


main()
