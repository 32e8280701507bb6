"""Part 4: two copies of the program on one PostgreSQL behave as one."""

import threading
from collections import Counter

import writers
from client import SECONDS, Browser
from failing import expect
from house import House, command, wait_until
from sink import Sink

LETTERS = 150
PAIRS = 20


def two_copies(ground, _):
    place = ground.place("postgresql", "two")
    with Sink(seconds=0.002) as sink:
        one = House(place.address, ground.log("two-1"), **sink.surroundings)
        two = House(place.address, ground.log("two-2"), **sink.surroundings)
        with one, two:
            lines = [
                sign_in_on_one(one, two, place), attempts(one, two, place), same_moment(one, two, ground, place),
                letters(one, two, ground, place, sink)]
            one.stop()
            two.stop()
    return lines


def sign_in_on_one(one, two, place):
    """A link opened on one copy; acting, and signing out, on the other."""
    link = command("user", "link", "childminder@demo.example.org", "--database", place.address).strip().split("/", 3)[3]
    here = Browser(one.port)
    here.token = here.page(f"/{link}").token
    expect(here.post(f"/{link}", {}).status == 303 and "eyhub" in here.cookies, "the link did not sign in")
    again = Browser(two.port)
    expect(again.get(f"/{link}").status == 410, "the link works a second time, on the other copy")
    there = Browser(two.port, here.cookies)
    there.cookies.pop("eyhub-visit", None)
    expect(there.get("/account").status == 200, "who signed in on one copy is a stranger on the other")
    answer = there.post("/account/mail", {"wish": "weekly"})
    expect(answer.status == 303, f"acting on the other copy: {answer.status}")
    wish = place.column("select mail_wish from person where email = 'childminder@demo.example.org'")
    expect(wish == ["weekly"], f"what was done on the other copy is not there: {wish}")
    expect(there.post("/sign-out", {}).status == 303, "could not sign out on the other copy")
    expect(here.get("/account").status == 303, "signed out on one copy and still in on the other")
    return "signed in on one, acted and signed out on the other; the used link is used on both"


def attempts(one, two, place):
    """Ten wrong passphrases for one account within a quarter of an hour, wherever they are tried."""
    told = []
    browsers = [Browser(one.port), Browser(two.port)]
    for number in range(14):
        fields = {"account": "mentor@demo.example.org", "passphrase": f"wrong {number}"}
        told.append(browsers[number % 2].post("/sign-in", fields).status)
    expect(told == [422] * 10 + [429] * 4, f"wrong passphrases on two copies by turns were answered {told}")
    return "10 wrong passphrases by turns were heard, 4 more refused with 429 on either copy"


def same_moment(one, two, ground, place):
    """The same hub made on both copies at the same moment, again and again: two hubs, or one and a clear no, never a fault."""
    page = Browser(one.port, ground.cookies["administrator"]).page("/staff/hubs/new/wards?step=wards&authority=E09000025")
    form = next(form for form in page.forms if form.action == "/staff/hubs")
    pairs = [(name, value) for name, value in form.filled() if name not in ("token", "name")]
    ward = next((name, value) for name, value, choices, kind in form.fields if kind == "checkbox")
    statuses, barrier = Counter(), threading.Barrier(2)

    def make(house):
        browser = Browser(house.port, ground.cookies["administrator"])
        browser.token = ground.token
        for number in range(PAIRS):
            barrier.wait(SECONDS)
            statuses[browser.post("/staff/hubs", [*pairs, ward, ("name", f"Twin {number}")]).status] += 1

    threads = [threading.Thread(target=make, args=(house,)) for house in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect(sum(statuses.values()) == 2 * PAIRS and set(statuses) <= {303, 409, 422, 503}, f"the same at once: {dict(statuses)}")
    made = int(place.column("select count(*) from hub where name like 'Twin %'")[0])
    told = int(place.column("select count(*) from audit where action = 'directory.hub.created' and after like 'Twin %'")[0])
    expect(made == told == statuses[303], f"{statuses[303]} hubs were acknowledged, {made} are there, {told} are in the trail")
    expect(made > 0, f"no hub could be made: {dict(statuses)}")
    slugs = place.column("select slug from hub")
    expect(len(slugs) == len(set(slugs)), "two hubs share an address")
    return (
        f"{2 * PAIRS} times the same hub at the same moment: {dict(statuses)}; exactly those answered with 303 are there, each under its "
        "own address")


def letters(one, two, ground, place, sink):
    """Both write and both post."""
    everybody = [
        writer for number, house in enumerate((one, two))
        for writer in writers.start(house, ground, f"c{number}", 2, most=LETTERS // 2)]
    for writer in everybody:
        writer.join()
    faults = writers.together(everybody, "faults")
    expect(not faults, f"writing through two copies: {faults[:1]}")
    wait_until(
        "every letter has left", 3_600, lambda: place.column("select count(*) from outbox where state in ('queued', 'sending')") == ["0"])
    kept = writers.Kept(place)
    expect(not list(kept.faults()), f"{list(kept.faults())}")
    expect(kept.things == set(writers.together(everybody, "taken")), "what was acknowledged and what is there differ")
    states = dict(place.rows("select state, count(*) from outbox group by state"))
    twice = [name for name, times in sink.letters.items() if times > 1]
    expect(set(states) == {"sent"} and not twice, f"letters: {states}, {len(twice)} came twice")
    expect(len(sink.letters) == int(states["sent"]) >= LETTERS // 2, f"{len(sink.letters)} letters came of {states}")
    return (
        f"{len(sink.letters)} letters by two postmen: each came exactly once. (Posting is the only standing job there is: no other "
        "could run twice)")
