"""The ground every part stands on: a fresh demonstration, its people signed in, copied for each part and engine."""

import shutil
import sqlite3
from pathlib import Path

import postgres
from client import Browser
from failing import expect
from house import House, command

ACCOUNTS = [
    "administrator", "hub-lead", "coordinator", "champion", "mentor", "adviser", "health-partner", "steering", "manager",
    "childminder", "funder",
]
ENGINES = ["sqlite", "postgresql"]


class Place:
    """One copy of the demonstration on one engine."""

    def __init__(self, engine, address, file=None, name=None):
        self.engine, self.address, self.file, self.name = engine, address, file, name

    def rows(self, sql):
        """Rows of a question asked past the program, every value as text."""
        if self.engine == "postgresql":
            return [tuple(row) for row in postgres.run(sql, self.name)]
        # Only to look: whoever may write would fold the journal in when closing, which is the program's own to do.
        connection = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=20)
        try:
            return [tuple("" if value is None else str(value) for value in row) for row in connection.execute(sql)]
        finally:
            connection.close()

    def change(self, sql):
        if self.engine == "postgresql":
            postgres.run(sql, self.name)
            return
        connection = sqlite3.connect(self.file, timeout=20)
        with connection:
            connection.execute(sql)
        connection.close()

    def column(self, sql):
        return [row[0] for row in self.rows(sql)]

    def remove(self):
        if self.name:
            postgres.drop(self.name)


class Ground:
    def __init__(self, folder, logs):
        self.folder, self.logs = Path(folder), Path(logs)
        self.cookies, self.bearer, self.token, self.hub = {}, "", "", ""
        self.file, self.backup = self.folder / "ground.sqlite", self.folder / "ground.backup"

    def log(self, name):
        return self.logs / f"prove-{name}.log"

    def make(self):
        """Loads the demonstration once and signs everybody in."""
        with House(f"sqlite:{self.file}", self.log("ground"), verb="demo") as house:
            for account in ACCOUNTS:
                self.cookies[account] = enter(house.port, account).cookies
            browser = Browser(house.port, self.cookies["administrator"])
            self.bearer, self.token = make_token(browser), browser.token_for_forms()
            hubs = [row[0] for row in Place("sqlite", "", self.file).rows("select id from hub where slug = 'four-quarters-hub'")]
            self.hub = f"hub:{hubs[0]}"
            house.stop()
        command("backup", str(self.backup), "--database", f"sqlite:{self.file}")
        postgres.create("prove_ground")
        command("restore", str(self.backup), "--database", postgres.url("prove_ground"))

    def place(self, engine, name, folder=None, tablespace=None):
        """A copy for one part, under a name of letters and digits."""
        if engine == "postgresql":
            database = f"prove_{name}"
            return Place(engine, postgres.create(database, "prove_ground", tablespace), name=database)
        file = Path(folder or self.folder) / f"{name}.sqlite"
        shutil.copyfile(self.file, file)
        return Place(engine, f"sqlite:{file}", file=file)


def enter(port, account):
    """Signs in as one of the demonstration's people with one press."""
    browser = Browser(port)
    answer = browser.post("/demo/sign-in", {"account": account})
    expect(answer.status == 303 and "eyhub" in browser.cookies, f"{account} could not enter the demonstration: {answer.status}")
    browser.cookies.pop("eyhub-visit", None)
    return browser


def make_token(browser):
    """A token for programs that may do all its owner may."""
    form = next(form for form in browser.page("/account/tokens").forms if form.action == "/account/tokens")
    pairs = [(name, value or "prove") for name, value, _, kind in form.fields if kind != "submit"]
    answer = browser.post("/account/tokens", pairs, token=False)
    expect(answer.status in (200, 201), f"no token could be made: {answer.status} {answer.text[-800:]}")
    words = answer.text.replace("<", " ").replace(">", " ").split()
    return max((word for word in words if word.isascii() and word.replace("-", "").replace("_", "").isalnum()), key=len)
