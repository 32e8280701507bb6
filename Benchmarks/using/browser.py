"""As much of a browser as it takes: one connection kept open, cookies, forms filled and sent, times taken."""
import asyncio
import dataclasses
import html.parser
import time
import urllib.parse


class Refused(Exception):
    """An answer that a person would take for a failure."""


@dataclasses.dataclass
class Answer:
    method: str
    path: str
    status: int
    headers: dict
    body: bytes
    # From the first byte sent to the last byte read.
    seconds: float

    @property
    def location(self):
        """Where the answer sends us, as a path on the same site."""
        parts = urllib.parse.urlsplit(self.headers.get("location", ""))
        return urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))

    def forms(self):
        reader = FormReader()
        reader.feed(self.body.decode())
        return reader.forms

    def form(self, action):
        """What the page's form with that action would send, nothing changed."""
        for form in self.forms():
            if form["action"] == action:
                return form["fields"]
        raise Refused(f"{self.path} answered {self.status} and has no form to {action}")


class Browser:
    """`source` is the address it asks from: the server sees people, not one machine."""

    def __init__(self, port, source="127.0.0.1", told=None):
        self.port, self.source = port, source
        self.cookies = {}
        self.link = None
        # Is told of every answer.
        self.told = told or (lambda answer: None)

    async def get(self, path):
        return await self._follow(await self.send_get(path))

    async def send_get(self, path):
        """Asks for a page; the answer as it came, not followed."""
        return await self._ask("GET", path)

    async def send(self, page, action, *, follow=True, **changes):
        """Sends the page's form to `action` with some of its fields changed."""
        fields = [(name, value) for name, value in page.form(action) if name not in changes]
        for name, value in changes.items():
            fields += [(name, one) for one in (value if isinstance(value, list) else [value])]
        answer = await self.send_fields(action, fields)
        return await self._follow(answer) if follow else answer

    async def send_fields(self, action, fields):
        """Sends a form; the answer as it came, not followed."""
        return await self._ask("POST", action, urllib.parse.urlencode(fields).encode())

    async def _follow(self, answer):
        for _ in range(5):
            if not 300 <= answer.status < 400:
                break
            answer = await self._ask("GET", answer.location)
        return answer

    async def _ask(self, method, path, body=b""):
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept: text/html"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += [f"Origin: http://127.0.0.1:{self.port}", "Content-Type: application/x-www-form-urlencoded",
                      f"Content-Length: {len(body)}"]
        packet = "\r\n".join(lines + ["", ""]).encode() + body
        for last in (False, True):
            fresh = self.link is None
            if fresh:
                self.link = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.source, 0), limit=1 << 22)
            started = time.perf_counter()
            try:
                self.link[1].write(packet)
                status, headers, content = await asyncio.wait_for(self._read(), 60)
                break
            except (asyncio.IncompleteReadError, ConnectionError):
                self.close()
                # A connection that was kept may have been closed meanwhile: browsers open another. A fresh one may not.
                if fresh or last:
                    raise
        answer = Answer(method, path, status, headers, content, time.perf_counter() - started)
        if headers.get("connection", "").lower() == "close":
            self.close()
        self.told(answer)
        return answer

    async def _read(self):
        reader = self.link[0]
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, headers = int(head[0].split(" ", 2)[1]), {}
        for line in head[1:-2]:
            name, _, value = line.partition(":")
            name, value = name.lower(), value.strip()
            if name == "set-cookie":
                self._keep(value)
            headers[name] = value
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body = b""
            while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
                body += (await reader.readexactly(size + 2))[:-2]
            await reader.readuntil(b"\r\n")
        elif "content-length" in headers:
            body = await reader.readexactly(int(headers["content-length"]))
        elif status in (204, 304):
            body = b""
        else:
            body = await reader.read()
        return status, headers, body

    def _keep(self, cookie):
        pair, *about = cookie.split(";")
        name, _, value = pair.partition("=")
        if any(word.strip().lower() == "max-age=0" for word in about):
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value

    def close(self):
        if self.link:
            self.link[1].close()
        self.link = None


class FormReader(html.parser.HTMLParser):
    """The forms of a page with what they would send."""

    def __init__(self):
        super().__init__()
        self.forms, self.select, self.area = [], None, None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.forms.append({"action": given.get("action", ""), "fields": []})
        elif self.forms and tag == "input" and given.get("name"):
            if given.get("type") not in ("checkbox", "radio", "file", "submit") or "checked" in given:
                self._add(given["name"], given.get("value", "on" if given.get("type") == "checkbox" else "") or "")
        elif self.forms and tag == "select":
            self.select, self.chosen = given.get("name"), None
        elif tag == "option" and self.select and (self.chosen is None or "selected" in given):
            self.chosen = given.get("value", "")
        elif self.forms and tag == "textarea":
            self.area, self.text = given.get("name"), ""

    def handle_data(self, data):
        if self.area:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "select" and self.select:
            self._add(self.select, self.chosen or "")
            self.select = None
        elif tag == "textarea" and self.area:
            self._add(self.area, self.text.removeprefix("\n"))
            self.area = None

    def _add(self, name, value):
        self.forms[-1]["fields"].append((name, value))
