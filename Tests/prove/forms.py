"""Reads the forms and links of a page, as a browser would find them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


@dataclass
class Form:
    action: str
    method: str
    multipart: bool
    # (name, value it has, values it may take, kind) in the page's order.
    fields: list = field(default_factory=list)

    def filled(self):
        """Name and value pairs as a browser would send them untouched, each choice on its first real value."""
        pairs = []
        for name, value, choices, kind in self.fields:
            if kind in ("checkbox", "submit", "file"):
                continue
            pairs.append((name, value or next((choice for choice in choices if choice), "")))
        return pairs

    @property
    def names(self):
        return tuple(sorted({name for name, *_ in self.fields if name != "token"}))


class Page(HTMLParser):
    def __init__(self, path, text):
        super().__init__(convert_charrefs=True)
        self.path, self.forms, self.links, self.form, self.select = path, [], [], None, None
        self.feed(text)

    @property
    def token(self):
        found = [value for form in self.forms for name, value, *_ in form.fields if name == "token"]
        return found[0] if found else None

    def local(self, address):
        """The address as a path of this server, None if it leads elsewhere."""
        parts = urlsplit(urljoin(f"http://here{self.path}", address))
        if parts.scheme != "http" or parts.netloc != "here":
            return None
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        if tag == "a" and at.get("href"):
            path = self.local(at["href"])
            if path:
                self.links.append(path)
        elif tag == "form":
            action = self.local(at.get("action") or self.path)
            self.form = Form(action, at.get("method", "get").lower(), at.get("enctype") == "multipart/form-data")
            if action:
                self.forms.append(self.form)
        elif self.form is not None and tag in ("input", "textarea", "select", "button") and at.get("name"):
            kind = at.get("type", "submit" if tag == "button" else "text") if tag != "select" else "select"
            if kind == "radio":
                self.radio(at)
                return
            entry = [at["name"], at.get("value") or "", [], kind]
            self.form.fields.append(entry)
            if tag == "select":
                self.select = entry
        elif tag == "option" and self.select is not None:
            self.select[2].append(at.get("value") or "")
            if "selected" in at:
                self.select[1] = at.get("value") or ""

    def radio(self, at):
        for entry in self.form.fields:
            if entry[0] == at["name"] and entry[3] == "radio":
                entry[2].append(at.get("value") or "")
                return
        self.form.fields.append([at["name"], "", [at.get("value") or ""], "radio"])

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
