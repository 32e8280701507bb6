"""What must hold of every answer, whatever was asked."""

import re

from failing import Failed
from hostile import MARK

# On every answer that the program itself gives. Not on the bare "400 Bad Request" of the HTTP parser, which has no body.
HEADERS = {
    "content-security-policy": "default-src 'self'", "x-content-type-options": "nosniff", "x-frame-options": "DENY",
    "referrer-policy": "same-origin", "cross-origin-opener-policy": "same-origin", "cache-control": "",
}
# Words of the inside, which no answer may show. None of them is among the values we send.
INSIDE = re.compile(
    rb"Swift\.|\.swift\b|StoreError|FormProblem|DecodingError|NIOCore|Hummingbird|GRDB|SQLITE_|SQLite error|libpq|sqlstate|PQexec|"
    rb"syntax error|constraint failed|violates|no such column|no such table|Fatal error|Thread \d|0x[0-9a-f]{12}|stack trace|backtrace|"
    rb"Optional\(|\bselect .{1,40} from\b|insert into |/\.build/|/Sources/|/\.work/", re.IGNORECASE)
LIVE = re.compile(rf"<{MARK}|<script>{MARK}|<svg/onload={MARK}|<[a-z][^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)* on{MARK}=".encode())


def faults(answer, method="GET"):
    """All that is wrong with an answer, in words."""
    names = {name.lower(): value for name, value in answer.headers}
    if answer.status >= 500 and not (answer.status == 501 and method not in ("GET", "POST")):
        yield f"answered {answer.status}"
    if is_parsers(answer):
        return
    for name, start in HEADERS.items():
        if name not in names or not names[name].startswith(start):
            yield f"without the header {name}"
    if "x-probe" in names:
        yield "a header came out of a value"
    if answer.status in (301, 302, 303, 307, 308) and not re.match(r"/(?![/\\])", names.get("location", "")):
        yield f"leads away, to {names.get('location')!r}"
    if "server" in names and re.search(r"\d", names["server"]):
        yield "names a version of the server"
    if found := INSIDE.search(answer.body):
        yield f"shows its inside: {found.group()!r}"
    if MARK.encode() in answer.body and answer.is_page and LIVE.search(answer.body):
        yield "a value became code of the page"


def is_parsers(answer):
    """The HTTP parser's own refusal: no request came to us at all."""
    return answer.status == 400 and not answer.body and answer.header("Content-Type") is None


def check(answer, said, method="GET"):
    found = list(faults(answer, method))
    if found:
        raise Failed(f"{'; '.join(found)}\n  request: {said}\n  answer: {answer.status} {answer.body[:300]!r}")
