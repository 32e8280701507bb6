"""Makes two editions of the Ofsted file that belong together, for testing the change of framework:

    samples/ofsted-2021-08-31-before-report-cards.csv   the 2021 shape, 180 invented settings
    samples/ofsted-2025-12-31-report-cards.csv          the shape since November 2025: 120 real rows and
                                                        179 of the same invented settings (one has gone)

No copy of a file in the newer shape was to hand, so the real rows keep the real facts of 2021 under the new
column names. A report card is invented everywhere, so it stands only on invented settings: their URNs begin
EY990, their names end "(invented)". Nothing made up is said of a real setting.
"""

import random

from shared import DATA, csv_text, read_rows, write

GRADES = ["Exceptional", "Strong standard", "Expected standard", "Needs attention", "Urgent improvement"]
WEIGHTS = [3, 27, 52, 15, 3]
REIF = "EYR REIF: Most recent: "
AREAS = [
    "Inclusion",
    "Curriculum and teaching",
    "Achievement",
    "Behaviour, attitudes and establishing routines",
    "Children's welfare and wellbeing",
    "Leadership and governance",
]
# The new name of each column, and the 2021 column it takes its value from (None: no such thing then).
COLUMNS = [
    ("Provider URN", "Provider URN"),
    ("Registration date", "Registration date"),
    ("Provider type", "Provider type"),
    ("Provider subtype", "Provider subtype"),
    ("Provider status", "Provider status"),
    ("Individual register combinations", "Individual Register combinations"),
    ("Provider Early Years Register flag", "Provider Early Years Register Flag"),
    ("Provider Compulsory Childcare Register flag", "Provider Compulsory Childcare Register Flag"),
    ("Provider Voluntary Childcare Register flag", "Provider Voluntary Childcare Register Flag"),
    ("Registered person URN", "Registered person URN"),
    ("Registered person name", "Registered_Person_Name"),
    ("Provider name", "Provider name"),
    ("Provider address line 1", "Provider address line 1"),
    ("Provider address line 2", "Provider address line 2"),
    ("Provider address line 3", "Provider address line 3"),
    ("Provider town", "Provider town"),
    ("Provider postcode", "Postcode"),
    ("Telephone number", "Telephone Number"),
    ("Parliamentary constituency", "Parliamentary constituency"),
    ("Local authority", "Local authority"),
    ("Region", "Region"),
    ("Ofsted region", "Ofsted region"),
    ("Deprivation band", "Deprivation Band"),
    ("Places", "Places"),
    (REIF + "Inspection date", None),
    (REIF + "Inspection visit type", None),
    (REIF + "Inspection number", None),
    (REIF + "Safeguarding standards met?", None),
    *[(REIF + area, None) for area in AREAS],
    ("EYR OEIF: Most recent: Full inspection date", "Most recent full: Inspection date"),
    ("EYR OEIF: Most recent: Full inspection number", "Most recent full: Inspection number"),
    ("EYR OEIF: Most recent: Quality of education", "Quality of education"),
    ("EYR OEIF: Most recent: Behaviour and attitudes", "Behaviour and attitudes"),
    ("EYR OEIF: Most recent: Personal development", "Personal development"),
    ("EYR OEIF: Most recent: Safeguarding is effective?", "Safeguarding is effective?"),
    ("EYR OEIF/CIF: Most recent: Overall effectiveness", "Most recent full: Overall effectiveness"),
    (
        "EYR OEIF/CIF: Most recent: Effectiveness of leadership and management",
        "Effectiveness of leadership and management",
    ),
    ("EYR OEIF NCOR: Most recent: Inspection date", "NCOR: Inspection date"),
    ("EYR OEIF NCOR: Most recent: Inspection number", "NCOR: Inspection number"),
    ("EYR OEIF NCOR: Most recent: Overall effectiveness", "NCOR: Overall effectiveness"),
    ("EYR OEIF OOSC: Most recent: Inspection date", None),
    ("EYR OEIF OOSC: Most recent: Inspection number", None),
    ("EYR OEIF OOSC: Most recent: Overall effectiveness", None),
    ("CR: Most recent: Inspection date", "CR: Inspection date"),
    ("CR: Most recent: Inspection number", "CR: Inspection number"),
    ("CR: Compliance", "CR: Overall effectiveness"),
    ("CCR requirements suitability", "CCR requirements suitability"),
    ("VCR requirements suitability", "VCR requirements suitability"),
]
FIRST = "Acorn Bluebell Café Daisy Elm Fern Hazel Ivy Juniper Larch Maple Oak Poppy Rowan Sorrel Willow".split()
SECOND = ["Nursery", "Pre-school", "Day Nursery", "Playgroup", "Kindergarten", "After School Club", "Crèche"]


def later_name(index, name):
    """What the same invented setting is called in the later edition: every tenth one has a new name."""
    return name.replace("(invented)", "\x96 under new management (invented)") if index % 10 == 9 else name


def invented(model, index, chance):
    """A setting of a real row's type, places, postcode and authority, without its name, house and inspections."""
    row = dict(model)
    redacted = row["Provider name"] == "REDACTED"
    row["Provider URN"] = f"EY990{index:03d}"
    if not redacted:
        row["Provider name"] = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {index + 1} (invented)"
        row["Provider address line 1"] = f"{chance.randrange(1, 200)} Example Road"
        row["Provider address line 2"] = chance.choice(["", "Exampleton"])
        row["Provider address line 3"] = ""
    columns = list(row)
    for column in columns[columns.index("Most recent full: Inspection number") :]:
        row[column] = ""
    number = 70_000_000 + index
    if row["Provider Early Years Register Flag"] == "Y" and index % 5:
        row["Most recent full: Inspection number"] = str(number)
        row["Most recent full: Inspection date"] = f"{1 + index % 28:02d}/{1 + index % 12:02d}/2019"
        grade = str(chance.choices([1, 2, 3, 4], [15, 75, 8, 2])[0])
        for column in ("Most recent full: Overall effectiveness", "Effectiveness of leadership and management"):
            row[column] = grade
    return row


def report_card(row, index, chance):
    """Invented inspections of November and December 2025: two in three settings have one, of every kind."""
    out = {}
    on_early_years = row["Provider Early Years Register Flag"] == "Y"
    number, day = str(80_000_000 + index), f"{1 + index % 28:02d}/12/2025"
    if index % 3 == 2:
        return out
    if on_early_years and row["Provider subtype"] == "Out-of-school day care":
        kind = "EYR OEIF OOSC: Most recent: "
        result = "Met" if index % 4 else "Not Met (with actions)"
        return {
            kind + "Inspection date": day,
            kind + "Inspection number": number,
            kind + "Overall effectiveness": result,
        }
    if on_early_years and index % 10 == 0:
        kind = "EYR OEIF NCOR: Most recent: "
        result = "Met" if index % 20 else "Not Met (enforcement)"
        return {
            kind + "Inspection date": day,
            kind + "Inspection number": number,
            kind + "Overall effectiveness": result,
        }
    if not on_early_years:
        kind = "CR: Most recent: "
        return {kind + "Inspection date": day, kind + "Inspection number": number, "CR: Compliance": "Met"}
    grades = chance.choices(GRADES, WEIGHTS, k=len(AREAS))
    out[REIF + "Inspection date"] = day
    out[REIF + "Inspection visit type"] = "Full inspection"
    out[REIF + "Inspection number"] = number
    out[REIF + "Safeguarding standards met?"] = "Not met" if "Urgent improvement" in grades else "Met"
    for area, grade in zip(AREAS, grades):
        out[REIF + area] = grade
    if index % 17 == 0:
        out[REIF + "Achievement"] = "-"
    return out


def main():
    rows = read_rows(DATA / "six-areas/ofsted-2021-08-31.csv.gz")
    header, records = rows[0], [dict(zip(rows[0], r)) for r in rows[1:]]
    chance = random.Random(20251231)
    real = chance.sample(records, 120)
    settings = [invented(model, i, chance) for i, model in enumerate(chance.sample(records, 180))]

    before = [header] + [[row[c] for c in header] for row in settings]
    write(DATA / "samples/ofsted-2021-08-31-before-report-cards.csv", csv_text(before))

    after = []
    for row in real:
        # As one real edition of 2025 had it: a no-break space after the authority's name.
        row = (
            dict(row, **{"Local authority": row["Local authority"] + "\xa0"}) if row["Postcode"] != "REDACTED" else row
        )
        after.append([row[old] if old else "" for _, old in COLUMNS])
    for index, row in enumerate(settings[:-1]):
        cards = report_card(row, index, chance)
        row = dict(row, **{"Provider name": later_name(index, row["Provider name"])})
        after.append([cards.get(new, row[old] if old else "") for new, old in COLUMNS])
    title = [
        ["Childcare providers and inspections as at 31 December 2025 \x96 made for testing: report cards are invented"],
        ["Note: providers with no inspection under a framework have blanks in its columns."],
    ]
    text = csv_text(title + [[new for new, _ in COLUMNS]] + after, ending="\r\n")
    # "\x96" stands for the byte that cp1252 reads as an en dash.
    raw = "".join("\u2013" if c == "\x96" else c for c in text).encode("cp1252")
    write(DATA / "samples/ofsted-2025-12-31-report-cards.csv", raw)


main()
