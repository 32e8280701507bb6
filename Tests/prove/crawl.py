"""Goes through the house as one person and collects what can be asked of it: pages and forms, a few of each kind."""

import re

from forms import Page

ID = re.compile(r"(?<=/)(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-z-]*\d[0-9a-z-]{7,}|[A-Za-z0-9_-]{30,})(?=/|$)")
STARTS = [
    "/", "/start", "/account", "/staff", "/staff/people", "/staff/audit", "/staff/mail", "/settings", "/sign-in", "/about/permissions",
]


def kind(path):
    """The path without what only says which: ids, and the values of the query."""
    place, _, query = path.partition("?")
    return ID.sub("{id}", place) + "?" + "&".join(sorted(pair.split("=")[0] for pair in query.split("&")))


class Crawl:
    def __init__(self, browser, check, pages=150, of_a_kind=2):
        self.browser, self.check, self.most, self.of_a_kind = browser, check, pages, of_a_kind
        self.seen, self.paths, self.forms = {}, [], {}
        self.waiting = list(STARTS)

    def run(self):
        while self.waiting and len(self.paths) < self.most:
            self.visit(self.waiting.pop(0))
        return self

    def visit(self, path):
        path = path.split("#")[0]
        name = kind(path)
        if path in self.paths or self.seen.get(name, 0) >= self.of_a_kind:
            return
        self.seen[name] = self.seen.get(name, 0) + 1
        self.paths.append(path)
        answer = self.browser.get(path)
        self.check(answer, f"GET {path}")
        if answer.status in (302, 303) and answer.header("Location"):
            self.waiting.append(answer.header("Location"))
        if not answer.is_page:
            return
        page = Page(path, answer.text)
        for form in page.forms:
            key = (form.method, kind(form.action), form.names)
            known = self.forms.setdefault(key, [])
            if len(known) < self.of_a_kind and form.action not in [other.action for other in known]:
                known.append(form)
        self.waiting += page.links

    @property
    def found(self):
        return [form for forms in self.forms.values() for form in forms]
