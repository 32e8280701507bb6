"""How much memory the server holds with England loaded and nothing to do, and how soon after its start it answers."""
import time

from measuring import server, wrk
from measuring.figure import Figure, middle, shown, spread

from searching import questions

STARTS = 7


def measure(place):
    england = place.england()
    starts = []
    for _ in range(STARTS):
        with server.eyhub(place, england) as ours:
            starts.append(ours.first_answer * 1000)
    with server.eyhub(place, england) as ours:
        asked = questions.ask(ours, england, count=50)
        time.sleep(3)
        idle, most = ours.memory_mb(), ours.memory_mb("VmHWM")
        wrk.ask(ours, wrk.write_paths(place.folder / "idle.txt", map(questions.page_path, asked)), seconds=4)
        time.sleep(3)
        after = ours.memory_mb()
    return [
        Figure(
            "serve", "server at rest, England loaded and searched", idle, "MB", "under", 150,
            note=f"{shown(most, 'MB')} at its most while it took England up; {shown(after, 'MB')} at rest after a storm of "
            "searches",
            details={"idle_mb": idle, "most_mb": most, "after_load_mb": after}),
        Figure(
            "serve", "from the start of the process to the first answer of /", middle(starts), "ms", "under", 300,
            note=f"slowest of {STARTS}: {shown(max(starts), 'ms')}", details={"ms": spread(starts)}),
    ]
