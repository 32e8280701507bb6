"""The search page's slowest hundredth with one, two and four times England's settings."""
import contextlib
import sys

from measuring import child, server, wrk
from measuring.figure import Figure, middle, shown, spread

from . import questions

SIZES = [1, 2, 4]
ROUNDS = 7
SECONDS = 4
# Few at once: the time of a page is asked for, not how long a queue gets.
CONNECTIONS = 2


def measure(place):
    england = place.england()
    with contextlib.ExitStack() as running:
        servers, settings = {}, {}
        for size in SIZES:
            path = england
            if size > 1:
                place.say(f"preparing: England {size} times")
                path = place.copy(england, f"england-{size}")
                done = child.run([sys.executable, "-m", "searching.multiply", path, size], env=child.environment())
                settings[size] = int(done.out)
            servers[size] = running.enter_context(server.eyhub(place, path, name=f"eyhub-{size}"))
        asked = questions.ask(servers[1], england)
        for size in SIZES:
            questions.check_page(servers[size], asked[0])
        paths = wrk.write_paths(place.folder / "page.txt", map(questions.page_path, asked))
        runs = {size: [] for size in SIZES}
        for number in range(-1, ROUNDS):
            for size in SIZES:
                told = wrk.ask(servers[size], paths, seconds=SECONDS if number >= 0 else 2, connections=CONNECTIONS)
                if number >= 0:  # The first is to warm up.
                    runs[size].append(told)
        memory = {size: round(servers[size].memory_mb(), 1) for size in SIZES}
    p99 = {size: middle([told["p99_ms"] for told in runs[size]]) for size in SIZES}
    p50 = {size: middle([told["p50_ms"] for told in runs[size]]) for size in SIZES}
    first, last = SIZES[0], SIZES[-1]
    return [
        Figure(
            "growth", "p99 of the search page, England four times over", p99[last] / p99[first], "x", "under", 1.5,
            ours=" ".join(shown(p99[size], "") for size in SIZES) + " ms", peer="with 1, 2, 4 times England",
            note=f"half of the pages within {', '.join(shown(p50[size], '') for size in SIZES)} ms; the copies lie among the "
            "originals, so every circle holds four times as many",
            details={
                "settings": settings, "memory_mb": memory,
                **{f"{size}": {key: spread([told[key] for told in runs[size]]) for key in runs[size][0]} for size in SIZES},
            }),
    ]
