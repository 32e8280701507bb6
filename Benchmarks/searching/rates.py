"""Requests a second: the search page, beside an empty page of the same server, beside Datasette's JSON."""
from measuring import server, wrk
from measuring.figure import Figure, middle, shown, spread

from . import datasette, questions

ROUNDS = 5
SECONDS = 4
# The emptiest address there is: fifteen bytes of JSON, without the database.
EMPTY = "/health"
# A page as people see it, with the frame of all pages and two paragraphs: for the note.
WORDS = "/accessible-formats"


def measure(place):
    england = place.england()
    with server.eyhub(place, england) as ours:
        asked = questions.ask(ours, england)
        for question in asked[:20]:
            questions.check_page(ours, question)
        place.say("preparing: the same settings for Datasette")
        with datasette.start(place, england) as peer:
            datasette.check(ours, peer, asked[:50])
            files = {
                "page": wrk.write_paths(place.folder / "page.txt", map(questions.page_path, asked)),
                "empty": wrk.write_paths(place.folder / "empty.txt", [EMPTY]),
                "words": wrk.write_paths(place.folder / "words.txt", [WORDS]),
                **{
                    words: wrk.write_paths(place.folder / f"{words}.txt", [datasette.path(q, words) for q in asked])
                    for words in datasette.QUERIES
                },
            }
            runs = {name: [] for name in files}
            for number in range(-1, ROUNDS):
                for name, file in files.items():
                    told = wrk.ask(peer if name in datasette.QUERIES else ours, file, seconds=SECONDS if number >= 0 else 2)
                    if number >= 0:  # The first is to warm up.
                        runs[name].append(told)
    rate = {name: middle([told["per_second"] for told in told_all]) for name, told_all in runs.items()}
    details = {
        name: {key: spread([told[key] for told in told_all]) for key in told_all[0]} for name, told_all in runs.items()
    }
    times, plain, boxed = (
        middle([a["per_second"] / b["per_second"] for a, b in zip(runs[one], runs[other])])
        for one, other in (("empty", "page"), ("page", "search"), ("page", "boxed")))
    page = shown(rate["page"], "/s")
    return [
        Figure(
            "search", "search page over England: an empty page is faster by", times, "x", "at most", 3, ours=page,
            peer=f"{EMPTY} {shown(rate['empty'], '/s')}", details=details,
            note=f"{len(asked)} different searches, each HTML with {questions.FULL} rows, "
            f"{runs['page'][0]['bytes'] / 1000:.0f} kB; {WORDS}, a page of two paragraphs: {shown(rate['words'], '/s')}"),
        Figure(
            "search", "... beside Datasette's JSON, faster by", plain, "x", "at least", 50, ours=page,
            peer=f"Datasette {shown(rate['search'], '/s')}",
            note="the same query (kind, name part, distance reckoned in SQL), the same answers, checked"),
        Figure(
            "search", "... beside Datasette's JSON, its query tuned by hand", boxed, "x", "at least", 50, ours=page,
            peer=f"Datasette {shown(rate['boxed'], '/s')}", note="a box around the circle, cut out of an index first"),
    ]
