"""Makes the hub: 400 settings, 4,000 people, 200 of them signed in. Everything through the program's own doors.

Registers are loaded with `eyhub import`. An administrator made with `eyhub user add` signs in, makes the hub, divides it and
invites everybody from pasted lists; each gets a letter, opens its link and joins; those whose role asks for it set up their
second step. Nothing is written into the database by us; ids and postcodes are read from it.
"""
import asyncio
import contextlib
import csv
import dataclasses
import pathlib
import re
import sqlite3

from measuring import child, server

from . import authenticator, names
from .browser import Browser, Refused
from .letters import Letterbox

SETTINGS, PEOPLE = 400, names.COUNT
AUTHORITY, NAME = "Barnet", "Barnet Early Years Hub"
LOADS = [
    ("wards", "wards-2024-05-barnet.geojson", "2024-05-01"), ("postcodes", "postcodes-2025-10.csv.gz", "2025-10-01"),
    ("deprivation", "deprivation-2025.csv.gz", "2025-10-30"), ("ofsted", "ofsted-2021-08-31.csv.gz", "2021-08-31"),
    ("schools", "schools-2024-06.csv.gz", "2024-06-01"),
]
# Who is what: by role, how many there are, and how many of these are signed in. The settings' people come on top.
TEAM = {
    "administrator": (4, 4), "hub-lead": (6, 6), "coordinator": (20, 20), "champion": (20, 20), "mentor": (10, 10),
    "adviser": (10, 10), "area-senco": (10, 10), "health-partner": (10, 10), "steering": (6, 6), "funder": (4, 4),
}
STAFF = {"manager": (SETTINGS, 60), "practitioner": (PEOPLE - SETTINGS - sum(count for count, _ in TEAM.values()), 40)}
SIGNED_IN = sum(signed_in for _, signed_in in [*TEAM.values(), *STAFF.values()])
NO_SECOND_STEP = {"practitioner", "funder"}
AT_ONCE = 24
# The same for every server over this hub, so that what one sealed the other can open. Of no use anywhere else.
KEY = {"EYHUB_SECRET_KEY": "the key of the benchmark, of no use elsewhere"}


@dataclasses.dataclass
class Person:
    name: str
    email: str
    role: str
    # `hub:ID`, `area:ID:HUB`, `setting:ID:HUB` or nothing, as the form for invitations says it.
    over: str
    cookies: dict | None = None

    @property
    def setting(self):
        return self.over.split(":")[1] if self.over.startswith("setting:") else None


@dataclasses.dataclass
class Hub:
    database: pathlib.Path
    path: str
    # Of each setting of the hub: id and name.
    settings: list
    people: list
    # Ids of those that strangers may see, and postcodes of some.
    public: list
    postcodes: list

    @property
    def signed_in(self):
        return [person for person in self.people if person.cookies]


def address(number):
    """Everybody asks from an address of their own; all of 127.0.0.0/8 is this machine."""
    return f"127.{1 + number // 62500}.{number // 250 % 250}.{1 + number % 250}"


def make(place):
    if "hub" not in place.made:
        place.say(f"preparing: a hub of {SETTINGS} settings and {PEOPLE} people, invited and joined")
        place.made["hub"] = asyncio.run(_make(place, place.fresh("hub")))
    return place.made["hub"]


def read(database, sql, *values):
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, values).fetchall()


def settings_of(database):
    return read(database, """
        select s.id, coalesce(s.name, s.type) from setting s join hub h on h.name = ? where s.merged_into is null and (s.hub_id = h.id
        or s.hub_id is null and s.ward_code in (select ward_code from hub_ward where hub_id = h.id)) order by s.sort_key, s.id""", NAME)


async def _make(place, database):
    url = f"sqlite:{database}"
    for kind, file, day in LOADS:
        child.run([place.binary, "import", kind, place.data / "six-areas" / file, "--as-of", day, "--database", url])
    name, email = names.person(0)
    child.run([place.binary, "user", "add", email, "--name", name, "--administrator", "--database", url])
    box = Letterbox()
    await box.open()
    mail = {**KEY, "EYHUB_SMTP": f"smtp://127.0.0.1:{box.port}?starttls=off", "EYHUB_MAIL_FROM": "hub@example.org"}
    try:
        with server.eyhub(place, database, name="making", env=mail) as ours:
            first = Browser(ours.port)
            link = child.run([place.binary, "user", "link", email, "--public-url", ours.address, "--database", url]).out
            await enter(first, link.strip().removeprefix(ours.address), needs_second_step=True)
            path = await _divide(place, database, first)
            people = [Person(name, email, "administrator", "", dict(first.cookies)), *_roles(database)]
            await _invite(first, people[1:])
            if not await box.wait(PEOPLE - 1, patience=90):
                raise child.Failed(f"{len(box.links)} of {PEOPLE - 1} invitations came")
            first.close()
            await _join(ours.port, people[1:], box.links)
    finally:
        box.close()
    held = read(database, "select count(distinct person_id) from role where to_at is null")[0][0]
    shown = read(database, """
        select s.id, s.postcode from setting s join hub_ward w on w.ward_code = s.ward_code where s.hub_id is null and s.merged_into is null
        and s.status = 'open' and s.is_secret = 0 and s.is_early_years = 1 and s.postcode is not null order by s.id""")
    hub = Hub(database, path, settings_of(database), people, [row[0] for row in shown], sorted({row[1] for row in shown}))
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")  # What copies the file has all of it.
    if (held, len(hub.settings), len(hub.signed_in)) != (PEOPLE, SETTINGS, SIGNED_IN):
        raise child.Failed(f"the hub has {len(hub.settings)} settings, {held} people and {len(hub.signed_in)} signed in")
    return hub


async def enter(browser, path, needs_second_step):
    """Signs in with a link or an invitation, and sets up the second step."""
    page = await browser.send(await browser.get(path), path)
    if needs_second_step:
        page = await browser.get("/second-step/set-up")
        key = re.search(rb"Key: <code>([A-Z2-7]+)</code>", page.body)
        if not key:
            raise Refused(f"{path} led to {page.path} ({page.status}), which shows no key")
        page = await browser.send(page, "/second-step/set-up", code=authenticator.code(key.group(1).decode()))
    if page.status != 200:
        raise Refused(f"{path} led to {page.path} ({page.status})")


async def _divide(place, database, first):
    """Makes the hub with the settings it needs, and its mini-hubs."""
    code = read(database, "select code from authority where name = ?", AUTHORITY)[0][0]
    page = await first.get(f"/staff/hubs/new/wards?step=wards&authority={code}")
    page = await first.send(page, "/staff/hubs", name=NAME, ward=[row[0] for row in read(database, "select code from ward")])
    path = page.path.partition("?")[0]
    _add(place, database, path.rpartition("/")[2], SETTINGS - len(settings_of(database)))
    page = await first.send(await first.get(f"{path}/schemes/new"), f"{path}/schemes")
    scheme = page.path.partition("?")[0]
    page = await first.send(page, f"{scheme}/draw", count="4")
    plan = page.path.partition("?")[0]
    page = await first.get(f"{plan}/publish")
    page = await first.send(page, f"{plan}/publish", accept="yes")
    if "done=published" not in page.path:
        raise Refused(f"{plan} was not published: {page.status}")
    return path


def _add(place, database, slug, missing):
    """The council's list: settings that no register names, so that there are as many as promised."""
    postcodes = read(database, "select distinct postcode from setting s join ward w on w.code = s.ward_code order by 1")
    path = place.folder / "list.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Reference", "Setting name", "Setting type", "Postcode", "Places"])
        for number in range(missing):
            rows.writerow([f"L{number}", f"{names.LAST[number]} Pre-school", "Pre-school", postcodes[number * 7][0], 24])
    child.run([place.binary, "import", "list", path, "--hub", slug, "--as-of", "2026-01-05", "--database", f"sqlite:{database}"])


def _roles(database):
    """Who is to be what, the first administrator left out."""
    hub = read(database, "select id from hub where name = ?", NAME)[0][0]
    areas = [row[0] for row in read(database, "select id from area order by position")]
    settings = [row[0] for row in settings_of(database)]
    people = []
    for role, (count, _) in {**TEAM, **STAFF}.items():
        for number in range(count - (role == "administrator")):
            over = {
                "administrator": "", "coordinator": f"area:{areas[number % len(areas)]}:{hub}",
                **dict.fromkeys(STAFF, f"setting:{settings[number % len(settings)]}:{hub}"),
            }.get(role, f"hub:{hub}")
            people.append(Person(*names.person(len(people) + 1), role, over))
    return people


async def _invite(first, people):
    """A pasted list for each role and what it is over."""
    lists = {}
    for person in people:
        lists.setdefault((person.role, person.over), []).append(f"{person.name}, {person.email}")
    page = await first.get("/staff/people/invite?role=administrator")
    for (role, over), lines in lists.items():
        done = await first.send(page, "/staff/people/invite", follow=False, role=role, over=over, people="\n".join(lines))
        if "done=invited" not in done.location:
            raise Refused(f"{role} over {over} could not be invited: {done.status}")


async def _join(port, people, links):
    """Everybody opens their letter; those who are to be signed in keep their session."""
    left = {role: signed_in - (role == "administrator") for role, (_, signed_in) in {**TEAM, **STAFF}.items()}
    chosen = []
    for person in people:
        chosen.append(left[person.role] > 0)
        left[person.role] -= 1
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(number, person):
        async with turn:
            browser = Browser(port, address(number))
            try:
                stays = chosen[number]
                await enter(browser, links[person.email], stays and person.role not in NO_SECOND_STEP)
                person.cookies = dict(browser.cookies) if stays else None
            finally:
                browser.close()

    await asyncio.gather(*(one(number, person) for number, person in enumerate(people)))
