"""Fuzzes what people use: every form and page that each of the demonstration's people can find."""

import random
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import hostile
import judge
from client import FORM, Browser, Hung, Lost
from crawl import Crawl
from failing import Failed, expect
from ground import ACCOUNTS, enter
from house import House

# Who is fuzzed with how many requests: more for those who find more.
SHARE = {"administrator": 4, "hub-lead": 3, "coordinator": 2, None: 2}
UNIT = 400
# A form without its token may be refused for that, or for another fault of the request that is seen earlier.
REFUSED = range(400, 500)


class Fuzzer:
    """One person (or a stranger, None) with a house of their own, so that what one breaks stays theirs."""

    def __init__(self, ground, account, seed):
        self.account, self.name = account, account or "stranger"
        self.chance = random.Random(f"{seed} {self.name}")
        self.house = House(f"sqlite:{ground.place('sqlite', f'fuzz-{self.name}').file}", ground.log(f"fuzz-{self.name}"), verb="demo")
        self.browser, self.requests, self.counts, self.crawl = None, 0, {}, None
        # The last requests with the seconds each took: what led up to a fault.
        self.last = deque(maxlen=8)

    def run(self):
        with self.house:
            self.sign_in()
            self.crawl = Crawl(self.browser, self.check).run()
            expect(len(self.crawl.paths) > 5 and self.crawl.found, f"{self.name} found no pages")
            wanted = SHARE.get(self.account, 1) * UNIT
            while self.requests < wanted:
                self.step()
            self.sign_in()
            self.check(self.browser.get("/"), "GET / at the end")
            expect(self.house.is_running, f"eyhub ended while it was fuzzed as {self.name}")
            self.house.stop()
        return self

    def sign_in(self):
        if self.browser:
            self.browser.close()
        self.browser = Browser(self.house.port)
        if self.account:
            try:
                self.browser = enter(self.house.port, self.account)
            except Failed:
                # The fuzzing has forgotten this very person: whoever is left then is a stranger.
                self.account = None

    def check(self, answer, said, method="GET"):
        self.requests += 1
        self.counts[answer.status] = self.counts.get(answer.status, 0) + 1
        judge.check(answer, f"as {self.name}: {said}", method)

    def send(self, method, path, body=b"", headers=None, content_type=None):
        said = f"{method} {path!r} {content_type} {headers or ''} {body[:2_000]!r}"
        began = time.monotonic()
        try:
            answer = self.browser.send(method, path, body, headers, content_type)
        except (Hung, Lost) as trouble:
            what = "no answer" if isinstance(trouble, Hung) else f"the line broke ({trouble})"
            what = what if self.house.is_running else f"eyhub ended ({self.house.last_words()})"
            raise Failed(f"{what}: as {self.name}: {said}\n  before it:\n  " + "\n  ".join(self.last)) from None
        self.last.append(f"{time.monotonic() - began:.2f} s {answer.status} {said[:300]}")
        self.check(answer, said, method)
        return answer

    def step(self):
        kind = self.chance.random()
        if kind < 0.7:
            form = self.chance.choice(self.crawl.found)
            self.query(form) if form.method == "get" else self.post(form)
        elif kind < 0.85:
            self.send("GET", self.chance.choice(self.crawl.paths).split("?")[0] + "?" + self.some_query())
        elif kind < 0.95:
            self.send("GET", self.hostile_path())
        else:
            self.send(self.chance.choice(hostile.METHODS), self.chance.choice(self.crawl.paths))
        if self.account and "eyhub" not in self.browser.cookies:
            self.sign_in()

    def some_query(self):
        names = [name for form in self.crawl.found for name in form.names] + ["page", "sort", "q", "next", "done"]
        pairs = [(self.chance.choice(names), hostile.value(self.chance)[:2_000]) for _ in range(self.chance.randrange(1, 5))]
        return hostile.encoded(pairs).decode()

    def hostile_path(self):
        """A known path with one of its parts spoiled, or one from the list."""
        if self.chance.random() < 0.3:
            return self.chance.choice(hostile.PATHS)
        parts = self.chance.choice(self.crawl.paths).split("?")[0].split("/")
        value = hostile.encoded([("", hostile.value(self.chance)[:1_000])])[1:].decode()
        parts[self.chance.randrange(1, len(parts))] = value
        return "/".join(parts)

    def query(self, form):
        self.send("GET", form.action.split("?")[0] + "?" + hostile.encoded(self.spoiled(form)).decode()[:12_000])

    def spoiled(self, form):
        """The form filled in, with one, some or all of its values hostile, fields repeated or left out."""
        pairs = [(name, value) for name, value in form.filled() if name != "token"]
        if form.multipart:
            pairs.append(("file", self.chance.choice(hostile.FILES)))
        pairs += [(name, value) for name, value, _, kind in form.fields if kind == "checkbox" and self.chance.random() < 0.5]
        most = self.chance.choice([0.15, 0.15, 0.5, 1])
        spoiled = []
        for name, value in pairs:
            how = self.chance.random()
            if how < 0.95:
                spoiled.append((name, hostile.value(self.chance) if how < most else value))
            if self.chance.random() < 0.07:
                spoiled.append((name, hostile.value(self.chance)))
        if self.chance.random() < 0.1:
            spoiled.append((hostile.value(self.chance)[:500], hostile.value(self.chance)))
        return spoiled

    def post(self, form):
        how = self.chance.random()
        pairs = self.spoiled(form)
        if how < 0.15:
            self.without_token(form, pairs)
            return
        pairs.append(("token", self.browser.token_for_forms() or ""))
        if form.multipart or how > 0.93:
            self.send("POST", form.action, hostile.multipart(self.chance, pairs), None, "multipart/form-data; boundary=----prove")
        elif how < 0.75:
            self.send("POST", form.action, hostile.encoded(pairs), None, FORM)
        elif how < 0.85:
            self.send("POST", form.action, hostile.broken(self.chance, hostile.encoded(pairs)), None, FORM)
        else:
            self.send("POST", form.action, hostile.encoded(pairs), None, self.chance.choice(hostile.TYPES))

    def without_token(self, form, pairs):
        """No token, a wrong one, or a page of another site: none of these may ever succeed."""
        way = self.chance.choice(["none", "wrong", "empty", "other site", "silent"])
        headers = None
        if way == "wrong":
            pairs.append(("token", "0" * 43))
        elif way == "empty":
            pairs.append(("token", ""))
        elif way == "other site":
            headers = {"Sec-Fetch-Site": "cross-site"}
            pairs.append(("token", self.browser.token_for_forms() or ""))
        elif way == "silent":
            headers = {"Sec-Fetch-Site": None}
        answer = self.send("POST", form.action, hostile.encoded(pairs), headers, FORM)
        expect(answer.status in REFUSED, f"a form with token “{way}” succeeded as {self.name}: {form.action} {answer.status}")
        self.counts["without token"] = self.counts.get("without token", 0) + 1


def fuzz_forms(ground, seed):
    """Returns how many requests there were, and a sentence for each person."""
    fuzzers = [Fuzzer(ground, account, seed) for account in [*ACCOUNTS, None]]
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(Fuzzer.run, fuzzers))
    lines = []
    for fuzzer in done:
        refused = fuzzer.counts.pop("without token", 0)
        shown = ", ".join(f"{count} × {status}" for status, count in sorted(fuzzer.counts.items()))
        lines.append(
            f"{fuzzer.name}: {fuzzer.requests} requests over {len(fuzzer.crawl.paths)} pages and {len(fuzzer.crawl.found)} forms, "
            f"{refused} of them without a good token and all refused; {shown}")
    return sum(fuzzer.requests for fuzzer in done), lines
