"""Makes samples/council-list.csv and .xlsx: a believable list as a council's family information service keeps it.

    python3 data/make/council_list.py          needs openpyxl

Invented, with one part taken from life: 18 rows repeat the public register's name, address and URN of real
group settings in Merton, untidied the way lists are. Everything else (groups, drop-ins, childminders, people,
telephone numbers, which are from the range kept for fiction) is made up and says nothing of anybody.
"""

import io
import random
import re
import zipfile
from datetime import date, datetime

from shared import DATA, csv_text, read_rows, write

HEADER = [
    "Ref",
    "Name of provision",
    "What is it?",
    "Ofsted No. (if any)",
    "Address",
    "P/Code",
    "Ward",
    "Ages (yrs)",
    "No. of chn",
    "Contact",
    "Tel.",
    "E-mail",
    "Updated",
    "Notes / opening",
]
# Name, kind as typed, and a letter shared by entries that are one place written twice.
GROUPS = [
    ("Little Explorers Stay & Play", "Stay and play", "A"),
    ("Stay and Play Little Explorers", "Stay & Play", "A"),
    ("Café des Petits", "Parent and toddler group", "B"),
    ("Cafe des Petits (French speaking)", "Toddler group", "B"),
    ("Mitcham Childminder Drop-in", "CM drop in", "C"),
    ("Mitcham Childminders' Drop-In", "Childminder drop-in", "C"),
    ("St. Elsewhere's Church Toddlers", "Toddler group", "D"),
    ("Saint Elsewheres Toddlers", "Parent and toddler group", "D"),
    ("Teddy Bears Picnic Playgroup", "Playgroup", ""),
    ("Żabka Polish Saturday Group", "Toddler group", ""),
    ("Niños y Niñas", "Parent and toddler group", ""),
    ("Dads' Den", "Stay and play", ""),
    ("Sing & Sign with Zoë", "Music session", ""),
    ("Bumps to Babies", "Health centre session", ""),
    ("Wandle Baby Clinic", "Health centre", ""),
    ("Twins & More Club", "Parent and toddler group", ""),
    ("Tamil Mothers & Tots – Mitcham", "Toddler group", ""),
    ("Fun with Phonics", "stay and play", ""),
    ("Messy Monday", "Stay and Play", ""),
    ("SEND Saturday Stay and Play", "Stay and play", ""),
    ("Book Bugs at the Library", "Library session", ""),
    ("Rhyme Time", "Library session", "E"),
    ("Rhyme-time  (library)", "Library session", "E"),
    ("Forest Tots", "Playgroup", ""),
]
PEOPLE = "Aoife Brennan|Bola Adeyemi|Chloé Martin|Deepa Sivakumar|Ewa Nowak|Farah Khan|Grace Mensah|Hülya Şahin".split(
    "|"
)
PEOPLE += "Imran Ali|Joanne O'Neill|Kamala Devi|Leila Haddad|Marta García|Nia Pugh|Olu Bankole|Priya Nair".split("|")
ROADS = "Invented Road|Made Up Lane|Pretend Street|Sample Avenue|Story Close".split("|")


def untidy(name, chance):
    """A real name as it is retyped: capitals, doubled spaces, an abbreviation, one letter lost."""
    way = chance.randrange(5)
    if way == 0:
        return name.upper()
    if way == 1:
        return name.replace(" ", "  ", 1)
    if way == 2:
        return name.replace("Nursery", "Nsy").replace("Limited", "Ltd").replace("Pre-School", "Preschool")
    if way == 3 and len(name) > 8:
        return name[:5] + name[6:]
    return name + " "


def rows():
    chance = random.Random(315)
    placed = read_rows(DATA / "six-areas/ofsted-2021-08-31-placed.csv.gz")
    records = [dict(zip(placed[0], r)) for r in placed[1:]]
    merton = [r for r in records if r["Local authority"] == "Merton" and r["Postcode"] != "REDACTED"]
    postcodes = read_rows(DATA / "six-areas/postcodes-2025-10.csv.gz")
    places = [dict(zip(postcodes[0], r)) for r in postcodes[1:]]
    places = [p for p in places if p["lad_name"] == "Merton"]
    out = []

    def updated():
        return date(2024 + chance.randrange(2), 1 + chance.randrange(12), 1 + chance.randrange(28))

    def add(name, kind, urn, address, postcode, ward, ages, size, person, note):
        telephone = f"020 7946 0{chance.randrange(1000):03d}" if person else ""
        email = f"{person.split()[0].lower()}@example.org" if person and person.isascii() else ""
        ref = f"FIS/{len(out) + 1:03d}"
        row = [ref, name, kind, urn, address, postcode, ward, ages, size, person, telephone, email, updated(), note]
        out.append(row)

    for index, record in enumerate(chance.sample(merton, 18)):
        lines = [record[c].strip() for c in ("Provider address line 1", "Provider address line 2", "Provider town")]
        address = ", ".join(line for line in lines if line)
        urn = record["Provider URN"]
        urn = ["", urn.lower(), f" {urn}", urn, urn, urn][index % 6]
        postcode = record["Postcode"] if index % 4 else record["Postcode"].replace(" ", "").lower()
        kinds = {"Full day care": "Day nursery", "Sessional day care": "Pre-school"}
        kind = kinds.get(record["Provider subtype"], "Out of school")
        name, size = untidy(record["Provider name"], chance), int(record["Places"])
        add(name, kind, urn, address, postcode, record["ward_name"], "", size, "", "")
    # Somebody typed one setting in twice, the second time without its number.
    twice = out[4]
    add(twice[1].strip().title(), twice[2], "", twice[4], twice[5], twice[6], "", twice[8], "", "same as FIS/005??")

    halls = {}
    for name, kind, letter in GROUPS:
        hall = f"{chance.choice(['Church Hall', 'Community Centre', 'Library'])}, {chance.choice(ROADS)}, Merton"
        hall, place = halls.setdefault(letter or name, (hall, chance.choice(places)))
        note = chance.choice(
            ["Tues 10-11.30 term time", "Mon & Weds am", "1st Sat of month", "Drop in, no booking", ""]
        )
        size, person = chance.choice([12, 15, 20, 30]), chance.choice(PEOPLE)
        add(name, kind, "", hall, place["postcode"], place["ward_name"], "0-4", size, person, note)

    wards = sorted({p["ward_name"] for p in places})
    for index in range(16):
        # Childminders come with a ward and, as the council promised them, no address.
        person = PEOPLE[index]
        notes = ["Vacancies: 1", "full", "Term time only", "Speaks Urdu, Polish", "School run: Sample Primary", ""]
        name = " ".join(reversed(person.split(maxsplit=1)))
        urn = f"EY992{index:03d}" if index % 4 else ""
        add(name, "Childminder", urn, "", "", wards[index % len(wards)], "0-8", 6, person, chance.choice(notes))

    add("", "Childminder", "", "", "", wards[0], "", "", "", "name withheld, ring team")
    add(
        "Rainbow Room",
        "Sensory room",
        "n/a",
        "Sample Avenue",
        "SW19 9ZZ",
        "",
        "0 - 5",
        "?",
        "Nia Pugh",
        "postcode wrong?",
    )
    return out


def workbook(table):
    """A title and a blank line over the header, real dates and numbers, a second sheet, same bytes each time."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = "Groups & CMs"
    sheet.append(["Merton early years list (invented, for testing)"])
    sheet.merge_cells("A1:F1")
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    sheet.append(HEADER)
    for row in table:
        sheet.append([None if cell == "" else cell for cell in row])
    for cell in sheet["M"][3:]:
        cell.number_format = "dd/mm/yyyy"
    sheet.freeze_panes = "A4"
    notes = book.create_sheet("READ ME")
    notes.append(["Please do not add columns. Ring the team with changes."])
    day = datetime(2026, 1, 5, 9, 0)
    book.properties.created = book.properties.modified = day
    first = io.BytesIO()
    book.save(first)
    second = io.BytesIO()
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in sorted(old.namelist()):
            content = old.read(entry)
            if entry == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-01-05T09:00:00Z", content)
            info = zipfile.ZipInfo(entry, (2026, 1, 5, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return second.getvalue()


def main():
    table = rows()
    shown = [[c.strftime("%d/%m/%y") if isinstance(c, date) else c for c in row] for row in table]
    write(DATA / "samples/council-list.csv", csv_text([HEADER, *shown], ending="\r\n"), encoding="utf-8-sig")
    write(DATA / "samples/council-list.xlsx", workbook(table))


main()
