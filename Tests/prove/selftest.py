"""That the judge can say no: a proof that cannot fail is none. Run before the fuzzing."""

from client import Answer
from failing import expect
from hostile import MARK
from judge import HEADERS, faults

GOOD = [*HEADERS.items(), ("content-type", "text/html; charset=utf-8")]
BAD = {
    "a fault of ours": Answer(500, GOOD, b"sorry"),
    "a value as a tag": Answer(200, GOOD, f"<p><{MARK}></p>".encode()),
    "a value as an attribute": Answer(200, GOOD, f'<input value="" on{MARK}="x">'.encode()),
    "a database's words": Answer(422, GOOD, b"UNIQUE constraint failed: person.email_key"),
    "a type of ours": Answer(404, GOOD, b"Store.StoreError.faulty"),
    "a header from a value": Answer(200, [*GOOD, ("X-Probe", "here")], b""),
    "another site": Answer(303, [*GOOD, ("Location", "//example.org")], b""),
} | {f"no {left}": Answer(200, [pair for pair in GOOD if pair[0] != left], b"a page") for left in HEADERS}


def selftest():
    expect(not list(faults(Answer(200, GOOD, f"<p>&lt;{MARK}&gt; {MARK}</p>".encode()))), "the judge finds fault with a good answer")
    expect(not list(faults(Answer(303, [*GOOD, ("Location", "/start")], b""))), "the judge finds fault with a good redirect")
    for name, answer in BAD.items():
        expect(list(faults(answer)), f"the judge lets pass: {name}")
    return len(BAD)
