"""What people click on, by what they are, and how long they think in between."""
import random

from . import names

# Seconds between two pages, drawn evenly: somebody who reads what they opened.
THINK = (5.0, 10.0)
# Words that are in many names, and some that are in none.
WORDS = ["school", "nursery", "primary", "pre-school", "st", "finchley", "montessori", "littel", "zzz"]
TEAM = ["administrator", "hub-lead", "coordinator", "champion", "mentor", "adviser", "area-senco", "health-partner"]


class Day:
    """One person's clicks. Everybody has a setting of their own to correct, so that nobody writes over another."""

    def __init__(self, browser, person, hub, number):
        self.browser, self.person, self.hub = browser, person, hub
        self.dice = random.Random(number)
        self.own = person.setting or hub.settings[-1 - number % len(hub.settings)][0]
        self.corrected = 0
        slug = hub.path.rpartition("/")[2]
        some = lambda: self.dice.choice(hub.settings)[0]
        word = lambda: self.dice.choice(WORDS)
        near = lambda: self.dice.choice(hub.postcodes).replace(" ", "+")
        clicks = [
            (6, lambda: "/"), (12, lambda: f"/settings?q={word()}"), (6, lambda: f"/settings?near={near()}&miles=3"),
            (14, lambda: f"/settings/{self.dice.choice(hub.public)}"), (4, lambda: f"/hubs/{slug}"),
            (6, lambda: "/account"), (1, lambda: "/account/data"), (2, self.choose_mail),
        ]
        if person.role in TEAM:
            clicks += [
                (10, lambda: "/staff"), (14, lambda: f"/staff/settings?q={word()}"), (14, lambda: f"/staff/settings/{some()}"),
                (8, lambda: hub.path), (3, lambda: "/staff/hubs"),
                (8, lambda: f"/staff/network/{slug}"), (6, lambda: f"/staff/network/{slug}/settings/{some()}"), (2, lambda: "/staff/next"),
            ]
        if person.role in ("administrator", "hub-lead", "coordinator", "adviser", "manager"):
            clicks += [
                (6, lambda: "/staff/people"), (6, lambda: f"/staff/people?q={self.dice.choice(names.LAST).lower()}"),
                (3, lambda: f"/staff/people?page={self.dice.randint(2, 60)}" if person.role != "manager" else "/staff/people"),
            ]
        if person.role in ("administrator", "hub-lead", "coordinator", "adviser"):
            clicks += [(3, lambda: "/staff/faults")]
        if person.role == "manager":
            clicks += [(6, lambda: "/own"), (8, lambda: f"/own/{self.own}"), (2, lambda: f"/own/{self.own}/timeline"), (2, lambda: f"/own/{self.own}/preview")]
        if person.role == "administrator":
            clicks += [
                (6, lambda: "/staff/audit"), (3, lambda: f"/staff/audit?page={self.dice.randint(2, 50)}"), (2, lambda: "/staff/mail"),
            ]
        # A coordinator may correct in their own mini-hub only.
        if person.role in ("administrator", "hub-lead", "manager"):
            clicks += [(6, self.correct)]
        self.weights, self.clicks = zip(*clicks)

    def pause(self):
        return self.dice.uniform(*THINK)

    async def click(self):
        chosen = self.dice.choices(self.clicks, self.weights)[0]
        path = chosen()
        if isinstance(path, str):
            await self.browser.get(path)
        else:
            await path

    async def correct(self):
        """Corrects the telephone number of a setting: the form, what is typed, the setting again."""
        # A manager does it on the setting's own pages, the team in its record.
        path = f"/own/{self.own}/edit" if self.person.role == "manager" else f"/staff/settings/{self.own}/correct"
        page = await self.browser.get(path)
        self.corrected += 1
        await self.browser.send(page, path, telephone=f"020 7946 {self.corrected % 1000:04}", reason="Told by the manager by telephone")

    async def choose_mail(self):
        page = await self.browser.get("/account")
        await self.browser.send(page, "/account/mail", wish=self.dice.choice(["at-once", "daily", "weekly"]))
