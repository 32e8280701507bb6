"""The live picture and a setting's timeline, in a hub that logged 200,000 entries in five years: how long they take, few and many."""
import asyncio
import contextlib
import datetime
import random

from measuring import child, server
from measuring.figure import Figure, middle, shown, spread
from measuring.postgresql import PostgreSQL

from . import hub as hubs
from .beside import to_postgresql
from .browser import Browser, Refused

ENTRIES, EACH = 200_000, 80
# Measured first with so many, to see whether a timeline's page takes longer with ten times as many.
FEW = ENTRIES // 10
YEARS = 5
TIMES, TURNS = 60, 4
HOWS, OUTCOMES = ["call", "visit", "email", "message", "meeting"], ["spoke", "spoke", "spoke", "no-answer", "message-left"]
NOTES = [
    "Told them what the hub does and who is in it.", "They would like the dates of the autumn meetings.",
    "Asked about training on early communication.", "Short of staff this month; call again after half-term.",
]


async def log(port, cookies, slug, settings, count, dice):
    """Logs contacts through the form, with so many settings at once, until there are `count` more entries."""
    browser = Browser(port)
    browser.cookies = dict(cookies)
    path = f"/staff/network/{slug}/log"
    today = datetime.date.today()
    for _ in range(count // EACH):
        chosen = dice.sample(settings, EACH)
        page = await browser.get(f"{path}?{'&'.join(f'setting={one}' for one in chosen)}")
        day = today - datetime.timedelta(days=dice.randrange(YEARS * 365))
        answer = await browser.send(
            page, path, follow=False, how=dice.choice(HOWS), outcome=dice.choice(OUTCOMES), note=dice.choice(NOTES),
            day=f"{day.day}/{day.month}/{day.year}")
        if "done=logged" not in answer.location:
            raise Refused(f"a contact was not logged: {answer.status} {answer.location}")
    browser.close()


async def times(port, cookies, paths, expect):
    """Milliseconds of each page, asked for one after the other."""
    browser = Browser(port)
    browser.cookies = dict(cookies)
    all_times = []
    for number in range(TIMES + 5):
        answer = await browser.send_get(paths[number % len(paths)])
        if answer.status != 200 or expect not in answer.body:
            raise child.Failed(f"{answer.path} answered {answer.status}, or is not the page")
        # The first few find nothing ready.
        if number >= 5:
            all_times.append(answer.seconds * 1000)
    browser.close()
    return all_times


def pages(slug, settings):
    live = f"/staff/network/{slug}"
    return {
        "live": ([live, f"{live}?show=never-contacted", f"{live}?show=not-since", f"{live}?type=childminder"], b"The kinds side by side"),
        "timeline": ([f"{live}/settings/{one}" for one in settings[:20]], b"Together with"),
    }


def measure(place):
    made = hubs.make(place)
    file = place.copy(made.database, "network")
    lead = next(person for person in made.signed_in if person.role == "hub-lead")
    slug = made.path.rpartition("/")[2]
    settings = [row[0] for row in hubs.read(file, """
        select s.id from setting s join hub h on h.name = ? where s.merged_into is null and s.status = 'open' and s.is_early_years = 1
        and (s.hub_id = h.id or s.hub_id is null and s.ward_code in (select ward_code from hub_ward where hub_id = h.id)) order by s.id""",
        hubs.NAME)]
    asked = pages(slug, settings)
    dice = random.Random(4)
    place.say(f"preparing: {ENTRIES:,} entries in the timelines of {len(settings)} settings")

    def fill(count):
        with server.eyhub(place, file, name="network", env=hubs.KEY) as ours:
            asyncio.run(log(ours.port, lead.cookies, slug, settings, count, dice))

    fill(FEW)
    few = place.copy(file, "network-few")
    fill(ENTRIES - FEW)
    entries = hubs.read(file, "select count(*) from contact_setting")[0][0]
    if entries < ENTRIES:
        raise child.Failed(f"only {entries} entries were written")
    figures = []
    postgresql = PostgreSQL()
    with contextlib.ExitStack() as stack:
        stack.callback(postgresql.close)
        url = postgresql.create("network")
        filled = hubs.Hub(file, made.path, made.settings, made.people, made.public, made.postcodes)
        to_postgresql(place, filled, url)
        postgresql.psql("analyze", database="network")
        for name, database in [("SQLite", file), ("PostgreSQL", url)]:
            ours = stack.enter_context(server.eyhub(place, database, name=f"network-{name}", env=hubs.KEY))
            live = asyncio.run(times(ours.port, lead.cookies, *asked["live"]))
            figures.append(Figure(
                "network", f"live picture of {len(settings)} settings, {entries:,} entries, on {name}: half of the pages within",
                middle(live), "ms", "under", 50, details={"ms": spread(live)},
                note=f"the slowest of {len(live)} took {shown(max(live), 'ms')}; asked one after the other, as a whole answer read"))
            if name == "SQLite":
                before = stack.enter_context(server.eyhub(place, few, name="network-few", env=hubs.KEY))
                line, least = [], []
                # By turns, so that what else the machine does falls on both.
                for _ in range(TURNS):
                    least += asyncio.run(times(before.port, lead.cookies, *asked["timeline"]))
                    line += asyncio.run(times(ours.port, lead.cookies, *asked["timeline"]))
                figures.append(Figure(
                    "network", f"a setting's timeline with {entries:,} entries in the hub, beside {FEW:,}", middle(line) / middle(least),
                    "x", "at most", 1.5, ours=shown(middle(line), "ms"), peer=shown(middle(least), "ms"),
                    details={"ms": spread(line), "few_ms": spread(least)}, note="30 entries to a page, asked by turns"))
            else:
                line = asyncio.run(times(ours.port, lead.cookies, *asked["timeline"]))
                figures.append(Figure(
                    "network", f"a setting's timeline with {entries:,} entries, on {name}: half of the pages within", middle(line), "ms",
                    "under", 50, details={"ms": spread(line)}, note="30 entries to a page"))
    return figures
