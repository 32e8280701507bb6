"""Requests a second of signed-in people's reading pages, beside the same kind of pages in pretix."""
import asyncio
import contextlib

from measuring import child, server, wrk
from measuring.figure import Figure, middle, shown, spread
from measuring.postgresql import PostgreSQL

from . import hub as hubs
from . import names, peer
from .browser import Browser

ROUNDS = 5
# pretix gets longer: it answers so few that a short time would be told by chance.
SECONDS, PRETIX_SECONDS = 4, 12
CONNECTIONS = 16
WORDS = ["school", "nursery", "primary"]
# Rows that a list must show, on both sides: settings (25 to a page) and people (50).
ROWS = {"settings": 25, "people": 50}
READERS = ("administrator", "hub-lead", "coordinator")


def ours_path(hub, kind, number):
    return {
        "settings": f"/staff/settings?q={WORDS[number % len(WORDS)]}",
        "setting": f"/staff/settings/{hub.settings[number * 7 % len(hub.settings)][0]}",
        "people": f"/staff/people?q={names.LAST[number % len(names.LAST)].lower()}",
    }[kind]


def pretix_path(hub, kind, number):
    return {
        "settings": f"/control/events/?query={WORDS[number % len(WORDS)]}",
        "setting": f"/control/event/{peer.ORGANIZER}/e{number * 7 % len(hub.settings)}/",
        "people": f"/control/organizer/{peer.ORGANIZER}/customers?query={names.LAST[number % len(names.LAST)].lower()}&page_size=50",
    }[kind]


KINDS = ["settings", "setting", "people"]


class Side:
    """One program with its sessions, and the files of what is asked of it: a third of each kind, and each kind alone."""

    def __init__(self, place, name, running, path_of, hub, cookies, seconds):
        self.name, self.running, self.seconds = name, running, seconds
        self.asked = [
            (kind, path_of(hub, kind, number), cookies[number % len(cookies)]) for number in range(100) for kind in KINDS]
        self.files = {
            which: wrk.write_paths(
                place.folder / f"{name}-{which}.txt",
                [f"{path}\t{cookie}" for kind, path, cookie in self.asked if which in ("all", kind)])
            for which in ["all", *KINDS]
        }
        self.runs = {which: [] for which in self.files}

    def run(self, which, seconds=None, keep=True):
        told = wrk.ask(self.running, self.files[which], seconds=seconds or self.seconds, connections=CONNECTIONS)
        if keep:
            self.runs[which].append(told)

    def rate(self, which="all"):
        return middle([told["per_second"] for told in self.runs[which]])

    async def check(self):
        """What is measured is the page, and not a way to the door: each is there, with all its rows."""
        browser = Browser(self.running.port)
        for kind, path, cookie in self.asked[:3 * CONNECTIONS]:
            browser.cookies = dict(pair.split("=", 1) for pair in cookie.split("; "))
            answer = await browser.send_get(path)
            rows = max(0, answer.body.count(b"<tr") - 1)
            if answer.status != 200 or rows < ROWS.get(kind, 0):
                raise child.Failed(f"{self.name}: {path} answered {answer.status} with {rows} rows")
        browser.close()


def to_postgresql(place, made, url):
    """The same hub, sessions and all, on PostgreSQL: backed up from the one and restored in the other."""
    file = place.folder / "hub.backup"
    child.run([place.binary, "backup", file, "--force", "--database", f"sqlite:{made.database}"])
    child.run([place.binary, "restore", file, "--database", url])


def measure(place):
    made = hubs.make(place)
    cookies = [
        "; ".join(f"{name}={value}" for name, value in person.cookies.items())
        for person in made.signed_in if person.role in READERS][:CONNECTIONS]
    postgresql = PostgreSQL()
    with contextlib.ExitStack() as stack:
        stack.callback(postgresql.close)
        url = postgresql.create("hub")
        to_postgresql(place, made, url)
        postgresql.psql("analyze", database="hub")
        file = place.copy(made.database, "beside")
        on_sqlite = stack.enter_context(server.eyhub(place, file, name="beside", env=hubs.KEY))
        on_postgresql = stack.enter_context(server.eyhub(place, url, name="beside-postgresql", env=hubs.KEY))
        there = stack.enter_context(peer.Pretix(place, postgresql, made, CONNECTIONS))
        others = asyncio.run(sign_in_all(there))
        sides = [
            Side(place, "sqlite", on_sqlite, ours_path, made, cookies, SECONDS),
            Side(place, "postgresql", on_postgresql, ours_path, made, cookies, SECONDS),
            Side(place, "pretix", there.server, pretix_path, made, others, PRETIX_SECONDS),
        ]
        for side in sides:
            asyncio.run(side.check())
            side.run("all", keep=False)
        for _ in range(ROUNDS):
            for side in sides:
                side.run("all")
        for which in KINDS:
            for side in sides:
                side.run(which)
        for side in sides:
            asyncio.run(side.check())
    return figures(*sides)


async def sign_in_all(there):
    return [await there.sign_in(number) for number in range(CONNECTIONS)]


def figures(sqlite, postgresql, other):
    def line(ours, work, note, details=None):
        ratio = middle([a["per_second"] / b["per_second"] for a, b in zip(ours.runs["all"], other.runs["all"])])
        kinds = ", ".join(f"{which} {ours.rate(which) / other.rate(which):.0f} x" for which in KINDS)
        return Figure(
            "pretix", work, ratio, "x", "at least", 100, ours=shown(ours.rate(), "/s"), peer=f"pretix {shown(other.rate(), '/s')}",
            note=f"by kind: {kinds}; {note}", details=details or {})

    details = {
        side.name: {which: {key: spread([told[key] for told in runs]) for key in runs[0]} for which, runs in side.runs.items()}
        for side in (sqlite, postgresql, other)
    }
    return [
        line(
            postgresql, f"reading pages of signed-in people beside pretix {peer.version()}, both on PostgreSQL",
            f"{CONNECTIONS} connections; a list of settings found, one of them, a list of people found; "
            f"pretix answers half within {shown(middle([told['p50_ms'] for told in other.runs['all']]), 'ms')}", details),
        line(
            sqlite, "... ours on SQLite, as a hub has it",
            f"ours answers half within {shown(middle([told['p50_ms'] for told in sqlite.runs['all']]), 'ms')}"),
    ]
