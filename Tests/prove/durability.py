"""Part 2: kill -9 in the middle of writing, two hundred times on each engine: nothing acknowledged is lost, nothing is half done."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import postgres
import writers
from failing import expect
from ground import ENGINES
from house import House, wait_until
from sink import Sink

ROUNDS = 200
WRITERS = 4
# Every so often PostgreSQL itself dies too, and recovers from its journal.
SERVER_DIES_EVERY = 20


def durability(ground, seed):
    with ThreadPoolExecutor(2) as pool:
        return [line for lines in pool.map(lambda engine: Trial(ground, engine, seed).run(), ENGINES) for line in lines]


class Trial:
    def __init__(self, ground, engine, seed):
        self.ground, self.engine, self.chance = ground, engine, random.Random(f"{seed} {engine}")
        self.place = ground.place(engine, f"durability_{engine}")
        self.taken, self.maybe, self.refused = set(), set(), set()
        # Message-ID and number of each attempt whose postman died: a claim holds ten minutes, so looking after each death finds all. On a
        # slow machine ten minutes pass meanwhile, the letter is tried again, and that attempt may die too.
        self.doubtful = set()
        self.deaths, self.server_deaths = 0, 0

    def run(self):
        with Sink(seconds=0.002) as sink:
            house = House(self.place.address, self.ground.log(f"durability-{self.engine}"), **sink.surroundings)
            for number in range(1, ROUNDS + 1):
                self.round(house, number)
            self.finish(house, sink)
            return self.judge(sink)

    def round(self, house, number):
        house.start()
        everybody = writers.start(house, self.ground, f"r{number}", WRITERS)
        # When there is something to lose; then at any moment of what is written next.
        writers.until_one_has_something(everybody)
        time.sleep(self.chance.uniform(0, 0.4))
        if self.engine == "postgresql" and number % SERVER_DIES_EVERY == 0:
            postgres.manage("crash")
            self.server_deaths += 1
        house.kill()
        self.deaths += 1
        for writer in everybody:
            writer.stop()
        if self.engine == "postgresql" and number % SERVER_DIES_EVERY == 0:
            postgres.manage("again")
        faults = writers.together(everybody, "faults")
        expect(not faults, f"{self.engine}, round {number}: {faults[:1]}")
        self.taken |= set(writers.together(everybody, "taken"))
        self.maybe |= set(writers.together(everybody, "unknown"))
        self.refused |= set(writers.together(everybody, "refused"))
        self.doubtful |= set(self.place.rows("select message_id, attempts from outbox where state = 'sending'"))
        # After each death: what was acknowledged in this round is there, and nothing is half done.
        if self.engine == "sqlite" or number % 10 == 0 or number == ROUNDS:
            self.compare(number)

    def compare(self, number):
        kept = writers.Kept(self.place)
        faults = list(kept.faults())
        lost, invented = self.taken - kept.things, kept.things - self.taken - self.maybe
        expect(not faults, f"{self.engine}, round {number}: {faults}")
        expect(not lost, f"{self.engine}, round {number}: acknowledged and lost: {sorted(lost)[:10]}")
        expect(not invented, f"{self.engine}, round {number}: said to be not there, and there: {sorted(invented)[:10]}")

    def finish(self, house, sink):
        """A last start posts what is left; letters in doubt are waited for no ten minutes but a moment."""
        self.place.change("update outbox set claimed_until = '2000-01-01T00:00:00Z' where state = 'sending'")
        with house:
            wait_until(
                f"{self.engine}: every letter has left", 3_600,
                lambda: self.place.column("select count(*) from outbox where state in ('queued', 'sending') and is_urgent = 1") == ["0"])
            house.stop()
        if self.engine == "sqlite":
            expect(self.place.column("pragma integrity_check") == ["ok"], "SQLite finds its file damaged")
            expect(self.place.rows("pragma foreign_key_check") == [], "rows point to rows that are not there")

    def judge(self, sink):
        self.compare(ROUNDS)
        states = dict(self.place.rows("select state, count(*) from outbox where to_address like '%@sink.example.org' group by state"))
        posted = set(self.place.column("select message_id from outbox where state = 'sent'"))
        came = set(sink.letters)
        twice = {name for name, times in sink.letters.items() if times > 1}
        in_doubt = Counter(name for name, _ in self.doubtful)
        expect(set(states) == {"sent"}, f"{self.engine}: letters in other states at the end: {states}")
        expect(posted <= came, f"{self.engine}: marked as sent and never came: {sorted(posted - came)[:5]}")
        expect(came <= posted, f"{self.engine}: came and are not in the box: {sorted(came - posted)[:5]}")
        too_often = [name for name in twice if sink.letters[name] > 1 + in_doubt[name]]
        expect(not too_often, f"{self.engine}: came again without having been in doubt: {sorted(too_often)[:5]}")
        also = f" and PostgreSQL itself {self.server_deaths} times" if self.server_deaths else ""
        return [
            f"{self.engine}: eyhub was killed {self.deaths} times{also}, with {WRITERS} writers at work",
            f"{self.engine}: {len(self.taken)} writes were acknowledged, 0 of them lost; {len(self.maybe)} had no clear answer, each wholly "
            f"there or not at all; {len(self.refused)} were answered “nothing was changed”, and nothing was",
            f"{self.engine}: {len(came)} letters left for {len(posted)} in the box; {len(in_doubt)} were in doubt after a death, "
            f"{len(twice)} of these came again under one Message-ID, once for each doubt at most, no other did",
        ]
