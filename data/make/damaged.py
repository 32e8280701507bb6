"""Makes samples/damaged: small files with a fault an importer meets sooner or later. All settings are invented."""

import gzip
import json

from shared import DATA, csv_text, read_rows, write

HEADER = read_rows(DATA / "six-areas/ofsted-2021-08-31.csv.gz")[0]
OUT = DATA / "samples/damaged"


def setting(number, **changes):
    """One sound row of the 2021 shape; `changes` names columns by their last words in snake case."""
    row = dict.fromkeys(HEADER, "")
    row.update(
        {
            "Web link": "Web link",
            "Provider URN": f"EY991{number:03d}",
            "Registration date": "01/09/2015",
            "Provider type": "Childcare on non-domestic premises",
            "Provider subtype": "Full day care",
            "Provider status": "Active",
            "Individual Register combinations": "ALL",
            "Provider Early Years Register Flag": "Y",
            "Provider Compulsory Childcare Register Flag": "Y",
            "Provider Voluntary Childcare Register Flag": "Y",
            "Provider name": f"Example Nursery {number}",
            "Provider address line 1": f"{number} Example Road",
            "Provider town": "London",
            "Postcode": "E15 4QZ",
            "Parliamentary constituency": "West Ham",
            "Local authority": "Newham",
            "Region": "London",
            "Ofsted region": "London",
            "Deprivation Band": "Deprived",
            "Places": "40",
            "Places including estimates": "40",
            "Most recent full: Inspection number": f"100{number:05d}",
            "Most recent full: Inspection date": "06/07/2021",
            "Most recent full: Overall effectiveness": "2",
        }
    )
    for column, value in changes.items():
        assert column in row, column
        row[column] = value
    return [row[c] for c in HEADER]


def table(*rows):
    return csv_text([HEADER, *rows])


def change(number, column, value):
    return setting(number, **{column: value})


def main():
    sound = [setting(n) for n in range(1, 4)]
    text = table(*sound)

    short, long = setting(2)[:20], setting(3) + ["one", "too many"]
    write(OUT / "ragged-rows.csv", csv_text([HEADER, setting(1), short, long, setting(4)]))
    line = "Provider address line 1"
    write(OUT / "excel-house-number.csv", table(change(1, line, "09-Oct"), change(2, line, "Oct-12"), setting(3)))
    day, inspected = "Registration date", "Most recent full: Inspection date"
    dates = [
        change(1, day, "31/02/2020"),
        change(2, inspected, "29/02/2019"),
        change(3, inspected, "2021-13-01"),
        change(4, day, "00/00/0000"),
        change(5, day, "43709"),
        change(6, day, "29/02/2020"),
        change(7, day, "03/09/2015 00:00"),
    ]
    write(OUT / "impossible-dates.csv", table(*dates))
    write(OUT / "wrong-file.csv", "Stop,Route,Time\nTown Hall,12,08:15\nStation,12,08:21\n")
    write(OUT / "header-missing.csv", csv_text(sound))
    write(OUT / "column-missing.csv", csv_text([[c.replace("Provider URN", "Reference") for c in HEADER], *sound]))
    accents = [change(1, "Provider name", "Les Petits \u2013 Crèche Zoë"), change(2, "Postcode", "E15 4QZ\xa0")]
    write(OUT / "cp1252.csv", table(*accents), encoding="cp1252")
    write(OUT / "duplicate-urns.csv", table(setting(1), setting(2), change(1, "Places", "55"), setting(3)))
    write(OUT / "bom.csv", csv_text([HEADER, *sound], ending="\r\n"), encoding="utf-8-sig")
    write(OUT / "utf-16.csv", text, encoding="utf-16")
    write(OUT / "semicolons.csv", text.replace(",", ";"))
    write(
        OUT / "unclosed-quote.csv",
        csv_text([HEADER, setting(1)])
        + text.splitlines()[2].replace("Example Nursery", '"Example')
        + "\n"
        + text.splitlines()[3]
        + "\n",
    )
    write(OUT / "null-bytes.csv", table(change(1, "Provider name", "Example\0 Nursery"), setting(2)))
    write(OUT / "header-only.csv", csv_text([HEADER]))
    write(OUT / "empty.csv", "")
    values = [
        change(1, "Places", "many"),
        change(2, "Places", "-4"),
        change(3, "Provider URN", "EY12"),
        change(4, "Provider URN", ""),
        change(5, "Provider type", "Zoo"),
        change(6, "Provider Early Years Register Flag", "Maybe"),
        change(7, "Postcode", "NOT A CODE"),
        change(8, "Most recent full: Overall effectiveness", "7"),
        change(9, "Individual Register combinations", "EYR-XYZ"),
        change(10, "Local authority", "Atlantis"),
        change(11, "Places", "0"),
        setting(12),
    ]
    write(OUT / "wrong-values.csv", table(*values))
    packed = gzip.compress(text.encode(), mtime=0)
    (OUT / "cut-short.csv.gz").write_bytes(packed[: len(packed) // 2])
    (OUT / "not-gzip.csv.gz").write_bytes(text.encode())
    (OUT / "not-a-workbook.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    write(
        OUT / "postcodes.csv",
        "\n".join(
            [
                "postcode,lat,lon,lad_code,ward_code,lsoa21_code",
                "E15 4QZ,51.5377,0.0023,E09000025,E05013926,E01003612",
                "E15 4QZ,51.5377,0.0023,E09000025,E05013926,E01003612",
                "NOT A CODE,51.5,0.0,E09000025,E05013926,E01003612",
                "E15 4XX,91.0,0.0,E09000025,E05013926,E01003612",
                "E15 4XY,,,E09000025,E05013926,E01003612",
                "E15 4XZ,51.5,0.0,,,",
                "e154aa,51.5,0.0,E09000025,E05013926,E01003612",
            ]
        )
        + "\n",
    )
    square = [[[0, 51], [0, 52], [1, 52], [1, 51], [0, 51]]]
    wards = [
        (
            {"WD24CD": "E05000001", "WD24NM": "Sound", "LAD24CD": "E09000025"},
            {"type": "Polygon", "coordinates": square},
        ),
        ({"WD24CD": "E05000002", "WD24NM": "No shape", "LAD24CD": "E09000025"}, None),
        ({"WD24NM": "No code", "LAD24CD": "E09000025"}, {"type": "Polygon", "coordinates": square}),
        (
            {"WD24CD": "E05000004", "WD24NM": "Open ring", "LAD24CD": "E09000025"},
            {"type": "Polygon", "coordinates": [square[0][:3]]},
        ),
        (
            {"WD24CD": "E05000005", "WD24NM": "Eastings", "LAD24CD": "E09000025"},
            {
                "type": "Polygon",
                "coordinates": [[[540000, 180000], [541000, 180000], [541000, 181000], [540000, 180000]]],
            },
        ),
    ]
    features = [{"type": "Feature", "properties": p, "geometry": g} for p, g in wards]
    write(OUT / "wards.geojson", json.dumps({"type": "FeatureCollection", "features": features}) + "\n")
    write(
        OUT / "feed-cut-short.xml", "<OfstedChildcareRegisterLocalAuthorityExtract><Registration><ReferenceNumber>EY99"
    )
    write(
        OUT / "feed-expanding-entities.xml",
        '<?xml version="1.0"?>\n'
        '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;">]>\n'
        "<OfstedChildcareRegisterLocalAuthorityExtract><Registration><ReferenceNumber>&d;</ReferenceNumber>"
        "</Registration></OfstedChildcareRegisterLocalAuthorityExtract>\n",
    )


main()
