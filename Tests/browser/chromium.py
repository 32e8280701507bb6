"""Opens Debian's Chromium and does what a person would: shared by axe.py and look.py.

pages.json:

    {"pages": [
      {"name": "Search", "path": "/settings", "states": [
        {"name": "fresh"},
        {"name": "nothing found", "do": [["fill", "Name", "zzz"], ["press", "Search"]], "expect": "No setting"},
        {"name": "error", "do": [["fill", "Postcode", "!"], ["press", "Search"]], "status": 422}
      ]}
    ]}

"as" of a page names one of the demonstration's people ("Leila Haddad, hub lead") to be signed in as; without it pages under
/staff are opened by the administrator and all others by a stranger.

A page without states has one, "fresh". Each state starts by opening the page's path, then does its actions in order:

    ["fill", TARGET, text]     ["choose", TARGET, option]     ["check", TARGET]     ["upload", TARGET, file]
    ["press", TARGET]          ["goto", path]                 ["see", text]         ["key", "Escape"]

A TARGET is what a person reads: a field's label, a button's or link's words; "css:SELECTOR" where there are no words.
The first match counts. "status" is the answer's code after the last step (200 unless said); "expect" is text to see.
"""

import json
import os
import shutil
import time
from contextlib import contextmanager
from urllib.parse import urljoin

from playwright.sync_api import Error, sync_playwright

# How long an action may wait for its target, and a page for its answer. They end what never comes; they are no measure of speed, which
# is the machine's. (The selftest, where something never comes on purpose, says less.)
ACTION_SECONDS = int(os.environ.get("EYHUB_ACTION_SECONDS", "60"))
PAGE_SECONDS = START_SECONDS = 300
# What a page does after a press is done in turns of its own: an answer that came is first read, then shown or followed.
TURN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))"


@contextmanager
def chromium():
    """A running Chromium, closed at the end: in its sandbox where the system allows one (it allows root none)."""
    program = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    if not program:
        raise SystemExit("Chromium is not installed: run scripts/setup test")
    with sync_playwright() as playwright:
        flags = ["--disable-dev-shm-usage", "--font-render-hinting=none"]
        try:
            browser = playwright.chromium.launch(
                executable_path=program, args=flags, chromium_sandbox=os.geteuid() != 0, timeout=START_SECONDS * 1000
            )
        except Error:
            browser = playwright.chromium.launch(
                executable_path=program, args=flags, chromium_sandbox=False, timeout=START_SECONDS * 1000
            )
        try:
            yield browser
        finally:
            browser.close()


def new_page(browser, width=1280, height=900, dark=False):
    """A page of a person who has never been here. Nothing moves, so that colours are at rest when looked at."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/London",
    )
    page = context.new_page()
    page.set_default_timeout(ACTION_SECONDS * 1000)
    page.set_default_navigation_timeout(PAGE_SECONDS * 1000)
    return page


def states_of(path):
    """(page, state) pairs of a pages.json, each a dictionary with every key set."""
    with open(path, encoding="utf-8") as file:
        pages = json.load(file)["pages"]
    for page in pages:
        for state in page.get("states", [{"name": "fresh"}]):
            yield page, {"do": [], "status": 200, "expect": None, **state}


def find(page, target, roles):
    if target.startswith("css:"):
        return page.locator(target[4:]).first
    found = page.get_by_label(target, exact=True) if not roles else None
    for role in roles:
        one = page.get_by_role(role, name=target, exact=True)
        found = one if found is None else found.or_(one)
    return found.first


class Visitor:
    """Opens a state and remembers the last answer's code and all that went wrong on the way."""

    def __init__(self, page, base):
        self.page, self.base = page, base.rstrip("/")
        self.status, self.troubles, self.person = 0, [], None
        # Forms and pages that were sent for and have not come yet.
        self.awaited = set()
        page.on("console", self.heard)
        page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        page.on("response", self.answered)
        page.on("request", self.asked)
        page.on("requestfailed", self.failed)
        page.on("requestfinished", lambda request: self.awaited.discard(request))

    def heard(self, message):
        # A page that answers 422 on purpose is noted by Chromium too: its code is checked by `status` instead.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"console: {message.text}")

    def answered(self, response):
        if response.request.is_navigation_request():
            if response.frame == self.page.main_frame and not 300 <= response.status < 400:
                self.status = response.status
        elif response.request.method == "POST" and response.request.resource_type == "fetch":
            # A form that keep.js sends answers in the page's place.
            if not 300 <= response.status < 400:
                self.status = response.status
        elif response.status >= 400:
            self.troubles.append(f"{response.status} for {response.url}")

    def asked(self, request):
        if request.resource_type in ("document", "fetch"):
            self.awaited.add(request)
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.troubles.append(f"asked another server: {request.url}")

    def failed(self, request):
        self.awaited.discard(request)
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"{request.failure}: {request.url}")

    def open(self, page, state):
        """Goes there; returns the troubles of this state only."""
        staff = "Ada Okafor, administrator" if page["path"].startswith("/staff") else None
        # What an account is taken over with is asked again ten minutes after signing in, so those pages are looked at freshly.
        self.sign_in(page.get("as", staff), anew=page["path"].startswith(("/account", "/second-step")))
        self.status, self.troubles = 0, []
        self.awaited.clear()
        self.page.goto(self.base + page["path"], wait_until="load")
        for action in state["do"]:
            self.act(*action)
        self.settle()
        if self.status != state["status"]:
            self.troubles.append(f"answered {self.status}, not {state['status']}")
        if state["expect"]:
            try:
                self.page.get_by_text(state["expect"]).first.wait_for(state="visible")
            except Error:
                self.troubles.append(f"does not show: {state['expect']}")
        return self.troubles

    def settle(self):
        """Waits until nothing is under way any more: no form that was sent, no page that was sent for, twice in a row."""
        quiet, end = 0, time.monotonic() + PAGE_SECONDS
        while quiet < 2 and time.monotonic() < end:
            self.page.wait_for_load_state("load")
            try:
                self.page.evaluate(TURN)
            except Error:
                # The page gave way to another.
                quiet = 0
                continue
            quiet = 0 if self.awaited else quiet + 1
            if self.awaited:
                self.page.wait_for_timeout(20)

    def sign_in(self, person, anew=False):
        """Becomes one of the demonstration's people, or a stranger."""
        if person == self.person and not anew:
            return
        self.page.context.clear_cookies()
        if person:
            self.page.goto(self.base + "/sign-in", wait_until="load")
            find(self.page, person, ["button"]).click()
            self.settle()
        self.person = person

    def act(self, verb, target, value=None):
        page = self.page
        if verb == "goto":
            page.goto(urljoin(self.base + "/", target.lstrip("/")), wait_until="load")
        elif verb == "press":
            find(page, target, ["button", "link"]).click()
            self.settle()
        elif verb == "fill":
            find(page, target, []).fill(value)
        elif verb == "choose":
            find(page, target, []).select_option(label=value)
        elif verb == "check":
            find(page, target, []).check()
        elif verb == "upload":
            find(page, target, []).set_input_files(value)
        elif verb == "key":
            page.keyboard.press(target)
        elif verb == "see":
            page.get_by_text(target).first.wait_for(state="visible")
        else:
            raise SystemExit(f"pages.json: no such action: {verb}")
