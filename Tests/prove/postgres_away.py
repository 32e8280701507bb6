"""Part 5: PostgreSQL dies under load and comes back. Meanwhile everybody is told so; afterwards eyhub goes on by itself."""

import threading
import time
from collections import Counter

import postgres
import writers
from client import SECONDS, Browser, Hung, Lost
from failing import expect
from house import House, wait_until

TIMES = 8
# How long after its return the first page and the first write must succeed, in seconds; on a slow machine ten times as long more as the
# two took just before PostgreSQL died, under the same load.
SOON = 5
PATHS = ["/settings", "/staff/people", "/staff/audit", "/api/v1/settings", "/"]


class Reader(threading.Thread):
    def __init__(self, house, ground):
        super().__init__(daemon=True)
        self.house, self.ground, self.statuses, self.faults, self.ending = house, ground, Counter(), [], threading.Event()

    def run(self):
        browser = Browser(self.house.port, self.ground.cookies["administrator"])
        while not self.ending.is_set():
            for path in PATHS:
                try:
                    answer = browser.get(path)
                except (Lost, Hung) as trouble:
                    self.faults.append(f"{path}: {type(trouble).__name__} {trouble}")
                    continue
                self.statuses[answer.status] += 1
                if answer.status == 503:
                    if "cannot be reached just now" not in answer.text or not answer.header("Retry-After"):
                        self.faults.append(f"{path}: 503 without plain words: {answer.text[-300:]}")
                elif answer.status != 200:
                    self.faults.append(f"{path}: {answer.status}")


def counted(readers):
    return Counter({status: sum(reader.statuses[status] for reader in readers) for status in (200, 503)})


def postgres_away(ground, _):
    place = ground.place("postgresql", "away")
    with House(place.address, ground.log("away")) as house:
        pid = house.process.pid
        readers = [Reader(house, ground) for _ in range(3)]
        for reader in readers:
            reader.start()
        everybody = writers.start(house, ground, "a", 3)
        slowest = max(absence(house, ground, lambda: counted(readers)) for _ in range(TIMES))
        for thread in [*readers, *everybody]:
            thread.ending.set()
        for thread in [*readers, *everybody]:
            thread.join()
        expect(house.is_running and house.process.pid == pid, "eyhub ended when PostgreSQL did")
        house.stop()
    faults = writers.together(readers, "faults") + writers.together(everybody, "faults")
    expect(not faults, f"{len(faults)} answers were not clean: {faults[:2]}")
    statuses = counted(readers)
    expect(statuses[503] > 0, "nobody noticed that PostgreSQL was away: that is no proof")
    kept = writers.Kept(place)
    expect(not list(kept.faults()), f"{list(kept.faults())}")
    taken, refused, unknown = (set(writers.together(everybody, what)) for what in ("taken", "refused", "unknown"))
    expect(taken <= kept.things, f"acknowledged and lost: {sorted(taken - kept.things)[:5]}")
    expect(not refused & kept.things, f"said to be unchanged, and there: {sorted(refused & kept.things)[:5]}")
    return [
        f"PostgreSQL died {TIMES} times (pg_ctl stop -m immediate) and came back; eyhub was the same process throughout",
        f"reading: {statuses[200]} answers 200, {statuses[503]} answers 503 in plain words with Retry-After, no other, none missing",
        f"writing: {len(taken)} acknowledged and all there, {len(refused)} refused and none there, {len(unknown)} told that it is in doubt",
        f"at the slowest {slowest:.1f} s after the return both reading and writing worked again",
    ]


def absence(house, ground, statuses):
    """One death and return; how long eyhub took to work again, in seconds. `statuses` tells how readers were answered so far."""
    browser = Browser(house.port, ground.cookies["administrator"])
    browser.token = ground.token
    usual = works(browser, "before PostgreSQL died", SECONDS)
    noticed = statuses()[503]
    postgres.manage("crash")
    wait_until("a reader notices that PostgreSQL is away", SECONDS, lambda: statuses()[503] > noticed)
    expect(browser.get("/health").status == 200, "/health needs the database")
    expect(browser.get("/ready").status == 503, "/ready does not notice that the database is away")
    postgres.manage("again")
    return works(browser, "after PostgreSQL came back", SOON + 10 * usual)


def works(browser, when, seconds):
    """Waits until a page is read and a write succeeds; how long that took."""
    began = time.monotonic()
    wait_until(f"a page is read {when}", seconds, lambda: browser.get("/staff/people").status == 200)
    wait_until(f"a write succeeds {when}", seconds, lambda: browser.post("/account/mail", {"wish": "daily"}).status == 303)
    return time.monotonic() - began
