"""Values nobody should send, and bodies that are not what they say. All chance comes from the generator given."""

from urllib.parse import quote_from_bytes

# What must never come back as code: see judge.py.
MARK = "xss-probe"

VALUES = [
    b"", b" ", b"0", b"-1", b"1e999", b"NaN", b"-0", b"99999999999999999999999999", b"2147483648", b"9223372036854775808", b"0x1f", b"1.5",
    b"true", b"null", b"[]", b"{}", b"../../../../etc/passwd", b"/", b"//example.org", b"https://example.org/", b"javascript:alert(1)",
    b"2026-02-30", b"9999-99-99", b"0000-00-00", b"-271821-04-20", b"25:61",
    f"<{MARK}>".encode(), f"\"><{MARK} onload=x>".encode(), f"' on{MARK}='x".encode(), f"\" on{MARK}=\"x".encode(),
    f"<script>{MARK}</script>".encode(), f"<svg/onload={MARK}>".encode(), b"&lt;&amp;&#60;", b"{{7*7}}${7*7}<%=7*7%>",
    b"' or '1'='1", b"'; drop table setting; --", b"\" or 1=1 --", b"1) union all values (1,2,3) --", b"\\'; rollback; --", b"?1 $1 :a @b",
    b"%", b"%%", b"%s%n%x", b"_%_", b"\\", b"a\\0b", b"=cmd|'/c calc'!A1", b"+1", b"@SUM(1)",
    b"\x00", b"a\x00b", b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\x80" * 20,
    b"line\r\nX-Probe: here", b"line\nBcc: all@example.org", b"\r\n\r\n<html>", b"\t\x0b\x0c\x1b[31m\x7f",
    "é".encode() * 300, "e\u0301".encode() * 300, "\u202egnp.exe".encode(), "\u200b\ufeff".encode(), "😀".encode() * 200, "İıſK".encode(),
    "شروق".encode(), "ｕｎｄｅｆｉｎｅｄ".encode(), b"a" * 300, b"A" * 5_001, b"9" * 400, b"," * 2_000, b"\n" * 3_000, b"a@" * 200,
    b"name@example.org", b"Ann, ann@example.org\nann@example.org;;;<>", b"E15 4QZ", b"e154qz ", b"on", b"yes", b"hub:", b"hub:a:b:c", b"setting::",
]
# Files for the forms that take them.
FILES = [
    b"", b"\x00" * 100, b"\x1f\x8b\x08\x00" + b"\xff" * 50, b"PK\x03\x04" + b"\x00" * 60, b"Provider URN,Provider name\r\n\"never closed",
    b"a,b,c\n" * 500, b"\xff\xfe" + "Provider URN,Provider name\n1,2\n".encode("utf-16-le"), b"{\"type\":\"FeatureCollection\",\"features\":[{}]}",
    b"[" * 5_000, b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", b"<a" + b" b='c'" * 1_000,
    b"Postcode,Latitude,Longitude\nE15 4QZ,999,NaN\n", b"%PDF-1.4", b"GIF89a", b"WD24CD,WD24NM\n" + b"E05\xff,x\n" * 40,
]
TYPES = [
    "application/json", "text/plain", "", "application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a", "application/octet-stream", "text/html;;;;", "é/ü",
]
METHODS = ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW", "get", "HEAD", "PROPFIND"]
PATHS = [
    b"/%", b"/%zz", b"/%00", b"/a%2f..%2f..%2fetc/passwd", b"/../../etc/passwd", b"//example.org/x", b"/\\example.org", b"/%ff%fe", b"/.git/config",
    b"/assets/../../x", b"/assets/%2e%2e%2fx", b"/" + b"a" * 7_000, b"/" + b"a/" * 800, b"/staff/%0d%0aX-Probe:%20here", b"/?" + b"a=1&" * 3_000,
    b"/settings?" + b"q=" + b"x" * 9_000, b"/settings?%ff=%ff&=&&&=x", b"/settings?near=%00", b"/*", b"*", b"/\xc3\xa9", b"/;a=b", b"/ ;",
    b"/settings/" + f"%3C{MARK}%3E".encode(), b"/api/v1/%3Cx%3E", b"/sign-in?next=//example.org", b"/sign-in?next=https://example.org", b"/health/",
]


def encoded(pairs):
    """A form's body. Whatever is not plain is written in percent, so that every byte arrives."""
    return b"&".join(quote_from_bytes(as_bytes(name)).encode() + b"=" + quote_from_bytes(as_bytes(value)).encode() for name, value in pairs)


def as_bytes(value):
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogateescape")


def value(chance):
    """One hostile value: from the list, doubled, cut, or mere noise."""
    kind = chance.random()
    picked = chance.choice(VALUES)
    if kind < 0.75:
        return picked
    if kind < 0.85:
        return picked + chance.choice(VALUES)
    if kind < 0.95:
        return chance.randbytes(chance.randrange(1, 60))
    return b"y" * chance.choice([254, 255, 256, 4_096, 65_537, 200_000])


def multipart(chance, pairs, boundary=b"----prove"):
    """A body with files, whole or broken somewhere."""
    body = b""
    for name, content in pairs:
        shown = as_bytes(name).replace(b'"', b"%22").replace(b"\r", b"").replace(b"\n", b"")
        body += b"--" + boundary + b'\r\nContent-Disposition: form-data; name="' + shown + b'"'
        if name == "file":
            body += b'; filename="' + chance.choice([b"a.csv", b"../../x.csv", b"\xff.csv", b"a.xlsx", b"", b"a" * 300 + b".csv.gz"]) + b'"'
        body += b"\r\n\r\n" + as_bytes(content) + b"\r\n"
    body += b"--" + boundary + b"--\r\n"
    if chance.random() < 0.5 and len(body) > 10:
        body = body[: chance.randrange(1, len(body))]
    return body


def broken(chance, body):
    """A plain form's body with noise in it: broken percent signs, stray bytes, a cut."""
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(body) + 1)
        body = body[:at] + chance.choice([b"%", b"%z", b"%0", b"&&", b"=", b"\xff", b"+", b";", b"%00", b"%c3"]) + body[at:]
    return body
