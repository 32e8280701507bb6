"""Several people who write at once through the pages, and remember exactly what they were told."""

import threading

from client import Away, Browser, Hung, Lost
from house import wait_until

# What a refusal says that promises that nothing is there.
NOTHING = ("Nothing was changed", "nothing could be saved")


class Writer(threading.Thread):
    """Writes one thing after another: invitations (row, trail and letter) and settings (row and trail) by turns.

    `taken` holds the names of what was acknowledged, `refused` of what was answered with "nothing was changed", `unknown` of what had no
    answer. `faults` are answers that should not have been.
    """

    def __init__(self, house, ground, name, allowed=(503,), most=None, until_refused=None):
        super().__init__(daemon=True)
        self.house, self.ground, self.name, self.allowed = house, ground, name, allowed
        self.most, self.until_refused = most, until_refused
        self.taken, self.refused, self.unknown, self.faults, self.statuses = [], [], [], [], {}
        self.ending, self.count = threading.Event(), 0

    def run(self):
        browser = Browser(self.house.port, self.ground.cookies["administrator"])
        browser.token = self.ground.token
        while not self.ending.is_set() and not self.has_enough:
            self.count += 1
            try:
                self.write(browser)
            except Lost:
                break
            except Hung as hung:
                self.faults.append(f"no answer to {hung}")
        browser.close()

    @property
    def has_enough(self):
        return self.count == self.most or len(self.refused) == self.until_refused

    def write(self, browser):
        thing = f"{self.name}-{self.count}"
        if self.count % 2:
            path, fields = "/staff/people/invite", {
                "role": "mentor", "over": self.ground.hub, "people": f"Person {thing}, {thing}@sink.example.org"}
        else:
            path, fields = "/staff/settings/new", {"type": "other", "name": f"Setting {thing}"}
        try:
            answer = browser.post(path, fields)
        except Away:
            raise
        except (Lost, Hung):
            self.unknown.append(thing)
            raise
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        if answer.status == 303:
            self.taken.append(thing)
        elif answer.status in self.allowed and any(words in answer.text for words in NOTHING):
            self.refused.append(thing)
        elif answer.status in self.allowed:
            self.unknown.append(thing)
        else:
            self.faults.append(f"{answer.status} {answer.text[-600:]}")

    def stop(self):
        self.ending.set()
        # It ends with the answer it waits for, which has its own limit: what it was told is whole only then.
        self.join()


def start(house, ground, prefix, count, **more):
    writers = [Writer(house, ground, f"{prefix}w{number}", **more) for number in range(count)]
    for writer in writers:
        writer.start()
    return writers


def until_each_has(writers, count):
    """Waits until each of them has so many things acknowledged, or has met a fault, which is told of later."""
    wait_until(
        f"each of {len(writers)} writers has {count} things acknowledged", 1_200,
        lambda: all(len(writer.taken) >= count or writer.faults or not writer.is_alive() for writer in writers))


def until_one_has_something(writers):
    wait_until("a write is acknowledged", 1_200, lambda: any(writer.taken or writer.faults for writer in writers))


def together(writers, what):
    return [thing for writer in writers for thing in getattr(writer, what)]


class Kept:
    """What of the writers' things is in a place now."""

    INVITED = "select replace(email, '@sink.example.org', '') from invitation where email like '%@sink.example.org'"
    TOLD = "select replace(to_address, '@sink.example.org', '') from outbox where to_address like '%@sink.example.org'"
    IN_TRAIL = """select replace(i.email, '@sink.example.org', '') from audit a join invitation i on a.subject = 'invitation:' || i.id
        where a.action = 'identity.invited'"""
    ADDED = "select replace(name, 'Setting ', '') from setting where name like 'Setting %-%'"
    ADDED_IN_TRAIL = """select replace(s.name, 'Setting ', '') from audit a join setting s on a.subject = 'setting:' || s.id
        where a.action = 'directory.setting.added' and s.name like 'Setting %-%'"""

    def __init__(self, place):
        self.invited, self.told, self.in_trail = (sorted(place.column(sql)) for sql in (self.INVITED, self.TOLD, self.IN_TRAIL))
        self.added, self.added_in_trail = (sorted(place.column(sql)) for sql in (self.ADDED, self.ADDED_IN_TRAIL))
        self.things = set(self.invited) | set(self.added)

    def faults(self):
        """Row, trail and letter are there together or not at all, and each once."""
        if not self.invited == self.told == self.in_trail:
            odd = set(self.invited) ^ set(self.told) | set(self.invited) ^ set(self.in_trail)
            yield f"invitations, letters and trail differ: {len(self.invited)}, {len(self.told)}, {len(self.in_trail)}: {sorted(odd)[:5]}"
        if self.added != self.added_in_trail:
            yield f"settings and trail differ: {len(self.added)}, {len(self.added_in_trail)}"
        if len(self.things) != len(self.invited) + len(self.added):
            yield "something is there twice"
