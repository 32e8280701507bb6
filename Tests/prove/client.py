"""A browser of the plainest kind: one connection, cookies, and every byte of a request ours to choose."""

import http.client
import socket
from dataclasses import dataclass
from urllib.parse import urlencode

from forms import Page

# Far longer than any answer takes, the drawing of areas included, on a slow machine that does ten other things: beyond it we call it
# hung. It is no measure of speed (benchmarks are, on a machine that does nothing else).
SECONDS = 60
FORM = "application/x-www-form-urlencoded"


class Lost(Exception):
    """The line broke before an answer came: whether the request was carried out is not known."""


class Away(Lost):
    """Nobody listens: nothing was sent."""


class Hung(Exception):
    """No answer within SECONDS."""


@dataclass
class Answer:
    status: int
    headers: list
    body: bytes

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def is_page(self):
        return (self.header("Content-Type") or "").startswith("text/html")


class Browser:
    """Cookies may be given, as those of somebody who signed in before."""

    def __init__(self, port, cookies=None, seconds=SECONDS):
        self.port, self.cookies, self.seconds = port, dict(cookies or {}), seconds
        self.socket, self.token = None, None

    def exchange(self, request, method="GET"):
        """Sends the bytes of a whole request and reads one answer."""
        self.connect()
        try:
            self.socket.sendall(request)
            return self.read(method)
        except TimeoutError:
            self.close()
            raise Hung(request[:200]) from None
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Lost(str(error)) from None

    def connect(self):
        if self.socket is not None:
            return
        try:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=self.seconds)
        except OSError as error:
            raise Away(str(error)) from None
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(self, method="GET"):
        response = http.client.HTTPResponse(self.socket, method=method)
        response.begin()
        answer = Answer(response.status, response.getheaders(), response.read())
        if response.will_close:
            self.close()
        for key, value in answer.headers:
            if key.lower() == "set-cookie":
                name, _, rest = value.partition("=")
                self.keep(name, rest.partition(";")[0], "Max-Age=0" in value)
        return answer

    def keep(self, name, value, is_gone):
        if is_gone:
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value
        # The token of forms follows from the cookie.
        self.token = None

    def request(self, method, path, body=b"", headers=None, content_type=None):
        """Headers given as None are left out."""
        lines = {
            "Host": f"127.0.0.1:{self.port}", "Sec-Fetch-Site": "same-origin",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()) or None,
            "Content-Type": content_type, "Content-Length": str(len(body)) if body or method == "POST" else None,
        } | (headers or {})
        head = method.encode() + b" " + (path if isinstance(path, bytes) else path.encode()) + b" HTTP/1.1\r\n"
        for name, value in lines.items():
            if value is not None:
                head += f"{name}: {value}\r\n".encode("utf-8", "surrogateescape")
        return head + b"\r\n" + body

    def send(self, method, path, body=b"", headers=None, content_type=None):
        return self.exchange(self.request(method, path, body, headers, content_type), method)

    def get(self, path, **headers):
        return self.send("GET", path, headers=headers)

    def page(self, path):
        """The page at the path, its forms and links read; follows where it leads on to."""
        for _ in range(5):
            answer = self.get(path)
            if answer.status not in (301, 302, 303, 307, 308):
                break
            path = answer.header("Location")
        return Page(path, answer.text)

    def post(self, path, fields, token=True):
        """Posts a form with the token of this browser."""
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields)
        if token:
            pairs.append(("token", self.token_for_forms()))
        return self.send("POST", path, urlencode(pairs).encode(), content_type=FORM)

    def token_for_forms(self):
        if self.token is None:
            self.token = self.page("/account" if "eyhub" in self.cookies else "/sign-in").token
        return self.token

    def close(self):
        if self.socket is not None:
            self.socket.close()
            self.socket = None
