"""Many different searches, each of which fills its page: name part, postcode, distance, kinds of setting."""
import contextlib
import json
import random
import sqlite3
import urllib.parse

from measuring import child

COUNT = 300
MILES = 5
KINDS = [
    ("day-nursery", "pre-school"), ("day-nursery", "school"), ("day-nursery", "nursery-school", "school"),
    ("day-nursery", "pre-school", "school"), ("day-nursery", "pre-school", "nursery-school", "out-of-school"),
]
PARTS = [
    "nurs", "pre", "school", "day", "child", "play", "little", "kids", "group", "prim", "st", "church", "park", "ran",
    "care", "first", "sun", "acad", "infant", "club",
]
# A page has this many rows; fewer would make it cheaper than promised.
FULL = 25


def ask(server, database, count=COUNT, seed=1):
    """`count` questions (part, postcode, kinds) that each find at least a page full, the same ones for the same data."""
    random_ = random.Random(seed)
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        postcodes = [row[0] for row in connection.execute(
            """select distinct postcode from setting where place_basis = 'live' and is_home = 0 and is_early_years = 1
            order by postcode""")]
    random_.shuffle(postcodes)
    questions = []
    for tried, postcode in enumerate(postcodes):
        question = (random_.choice(PARTS), postcode, random_.choice(KINDS))
        status, body = server.get(json_path(question))
        if status != 200:
            raise child.Failed(f"{json_path(question)} answered {status}: {body[:200]!r}")
        answer = json.loads(body)
        if answer["total"] >= FULL and not answer["forgiving"]:
            questions.append(question)
        if len(questions) == count:
            return questions
        if tried > 60 * count:
            break
    raise child.Failed(f"only {len(questions)} of {len(postcodes)} searches filled a page")


def query(question):
    part, postcode, kinds = question
    pairs = [("q", part), ("near", postcode), ("miles", str(MILES)), *(("type", kind) for kind in kinds)]
    return urllib.parse.urlencode(pairs)


def page_path(question):
    return f"/settings?{query(question)}"


def json_path(question):
    return f"/settings.json?{query(question)}"


def check_page(server, question):
    """The page is the whole thing: HTML with 25 rows."""
    status, body = server.get(page_path(question))
    rows = body.count(b"<tr") - 1
    if status != 200 or rows != FULL:
        raise child.Failed(f"{page_path(question)} answered {status} with {rows} rows")
