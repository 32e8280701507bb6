"""200 people clicking through the hub, as people do: how long they wait, whether anybody is refused, what the server holds."""
import asyncio
import collections
import os
import sys

from measuring import child, server
from measuring.figure import Figure, middle, shown

from . import hub as hubs
from .browser import Browser
from .day import THINK, Day

# A shorter run is for trying: EYHUB_BENCH_MINUTES.
MINUTES = float(os.environ.get("EYHUB_BENCH_MINUTES", "10"))
# Memory is looked at so often.
EVERY = 10
FLAT = 1.05


class Tally:
    def __init__(self):
        # Milliseconds of each answer, by the kind of page; answers and failures that somebody would see.
        self.times = collections.defaultdict(list)
        self.refused = []

    def told(self, answer):
        kind = kind_of(answer)
        self.times[kind].append(answer.seconds * 1000)
        if not 200 <= answer.status < 400:
            self.refused.append(f"{kind}: {answer.status}")

    @property
    def all(self):
        return [ms for times in self.times.values() for ms in times]


def kind_of(answer):
    """`GET /staff/settings/…`: the page without its id and its query."""
    path, _, query = answer.path.partition("?")
    parts = ["…" if len(part) > 20 and "-" in part and part.count("-") >= 3 else part for part in path.split("/")]
    return f"{answer.method} {'/'.join(parts)}{'?' if query else ''}"


def slowest(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


async def people(ours, hub, tally, seconds, memory):
    """Everybody begins at some moment of the first think time, and goes on until the time is over."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds

    async def one(number, person):
        browser = Browser(ours.port, hubs.address(number), tally.told)
        browser.cookies = dict(person.cookies)
        day = Day(browser, person, hub, number)
        await asyncio.sleep(day.dice.uniform(0, THINK[1]))
        while loop.time() < end:
            try:
                await day.click()
            except Exception as reason:  # Whatever it is, a person did not get their page.
                tally.refused.append(f"{person.role}: {reason!r}"[:200])
                browser.close()
            await asyncio.sleep(day.pause())
        browser.close()

    async def look():
        start = loop.time()
        while loop.time() < end:
            memory.append((loop.time() - start, ours.memory_mb()))
            await asyncio.sleep(EVERY)

    await asyncio.gather(look(), *(one(number, person) for number, person in enumerate(hub.signed_in)))


def held(memory, start, end):
    """The middle of what was held between two tenths of the time."""
    last = memory[-1][0] or 1
    return middle([mb for at, mb in memory if start * last / 10 <= at <= end * last / 10] or [memory[-1][1]])


def measure(place):
    made = hubs.make(place)
    database = place.copy(made.database, "load")
    tally, memory = Tally(), []
    with server.eyhub(place, database, name="load", env=hubs.KEY) as ours:
        asyncio.run(people(ours, made, tally, MINUTES * 60, memory))
        most = ours.memory_mb("VmHWM")
    if not tally.times:
        raise child.Failed("nobody got a page")
    times = tally.all
    # The first tenth is for warming up; the half is told besides, so that one sees what still grows from what grew once.
    early, half, late = held(memory, 1, 2), held(memory, 4, 5), held(memory, 8, 10)
    rate = len(times) / (MINUTES * 60)
    worst = ", ".join(
        f"{kind} {shown(slowest(ms, 0.95), 'ms')}"
        for kind, ms in sorted(tally.times.items(), key=lambda pair: -slowest(pair[1], 0.95))[:3])
    kinds = {
        kind: {"count": len(ms), "p50_ms": round(middle(ms), 2), "p95_ms": round(slowest(ms, 0.95), 2)}
        for kind, ms in sorted(tally.times.items())
    }
    writes = sum(len(ms) for kind, ms in tally.times.items() if kind.startswith("POST"))
    for line, count in collections.Counter(tally.refused).most_common(5):
        print(f"  refused {count} x {line}", file=sys.stderr)
    return [
        Figure(
            "load", f"{len(made.signed_in)} people clicking for {MINUTES:g} minutes: 95 of 100 pages within", slowest(times, 0.95), "ms",
            "under", 100, ours=shown(rate, "/s"), details={"kinds": kinds},
            note=f"{len(times)} answers, {writes} of them to a form sent; half within {shown(middle(times), 'ms')}, 99 of 100 within "
            f"{shown(slowest(times, 0.99), 'ms')}, the slowest {shown(max(times), 'ms')}; {sum(THINK) / 2:g} s of thinking between two "
            f"clicks; the slowest kinds: {worst}"),
        Figure(
            "load", "... refused or failed", len(tally.refused), "", "at most", 0,
            note="anything but 2xx and 3xx, and every connection that broke", details={"refused": tally.refused[:50]}),
        Figure(
            "load", "... memory at the end over the second minute", late / early, "x", "at most", FLAT, ours=shown(late, "MB"),
            peer=f"second minute {shown(early, 'MB')}",
            note=f"{shown(half, 'MB')} in the fifth minute; {shown(most, 'MB')} at its most; looked at every {EVERY} s",
            details={"memory_mb": [[round(at), round(mb, 1)] for at, mb in memory], "most_mb": most}),
    ]
